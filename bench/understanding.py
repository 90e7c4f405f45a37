"""The chat over one and over two processes of the language model.

Each has a web application of its own; all of them share the cores of this machine, and so does who asks: the gain is
that of this machine and grows where the second process has a core of its own.
"""

import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from bench.chat import everyday, sentences
from bench.hubs import READY, hub, sqlite_in
from bench.load import WARM_UP_SECONDS, Answers, ask, interleaved, unique
from bench.models import models
from bench.rows import Row
from core.settings import load_settings

CLIENTS = (16, 64)
ROUNDS, SECONDS = 4, 1.5
ONE, TWO = "one NLU process", "two NLU processes"


async def measure() -> list[Row]:
    """Return a row for each number of clients and of processes."""
    texts, rows = unique(sentences()), list[Row]()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        served = await stack.enter_async_context(models(load_settings(), 2))
        places = {}
        for count, name in ((1, ONE), (2, TWO)):
            own = folder / str(count)
            own.mkdir()
            web = await stack.enter_async_context(hub("api", sqlite_in(own), **served.settings(count)))
            await web.seconds_until(READY, "ok")
            places[name] = web.chat
            await ask(places[name], unique(everyday()), max(CLIENTS), WARM_UP_SECONDS, Answers())
        for clients in CLIENTS:
            rows += _rows(clients, await interleaved(places, texts, clients, ROUNDS, SECONDS))
    return rows


def _rows(clients: int, answers: dict[str, Answers]) -> list[Row]:
    one, two = answers[ONE], answers[TWO]
    what = f"chat, unique texts, {clients} clients"
    return [
        Row(name=f"{what}, {ONE}", value=one.rate, unit="/s", **one.figures),
        Row(
            name=f"{what}, {TWO}",
            value=two.rate,
            unit="/s",
            ratio=two.rate / one.rate,
            against=ONE,
            **two.figures,
        ),
    ]
