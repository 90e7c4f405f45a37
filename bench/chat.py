"""The chat against the bare model and against Rasa's own REST channel, all in one run.

Five processes: Rasa with the model, Rasa's own server with its REST channel, the web application (`hub api`) on SQLite
and on PostgreSQL, and this one, which asks any of them by the same bare client. Each question begins a conversation.
Unique: no sentence comes twice, so no memory answers. Repeated: everyday questions, as in a smog episode.
"""

import itertools
import os
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select

from bench.hubs import READY, hub
from bench.load import WARM_UP_SECONDS, Answers, Place, as_rest, ask, interleaved, unique
from bench.models import models
from bench.rasa_rest import REST_PATH, rest_channel, rest_model
from bench.rows import Row, Target, at_least, at_most
from bench.town import database_urls
from core.database import Database
from core.settings import load_settings
from nlu.judging.evaluation import read_sentences
from nlu.model import RASA_PROJECT, ROOT

CLIENTS = (1, 16, 64)
ROUNDS, SECONDS = 3, 1.2
EVERYDAY = 50
MODEL, REST, CHAT = "bare /model/parse", "Rasa's REST channel", "chat"
ON_POSTGRESQL = f"{CHAT} (PostgreSQL)"
UNIQUE, _REPEATED = "unique", "repeated"
BYTES_A_QUESTION = "room of a conversation of one question, PostgreSQL"
_DEVELOPMENT = ROOT / RASA_PROJECT / "tests" / "development.yml"


async def measure() -> list[Row]:
    """Return a row for each kind of text, number of clients and target, and the room that a question takes."""
    texts: Mapping[str, Iterator[str]] = {UNIQUE: unique(sentences()), _REPEATED: itertools.cycle(everyday())}
    rows, asked = list[Row](), 0
    async with _places() as places:
        for kind, place in itertools.product(texts, places.values()):
            await ask(place, texts[kind], max(CLIENTS), WARM_UP_SECONDS, Answers())
        before = await _database_size()
        for kind, clients in itertools.product(texts, CLIENTS):
            answers = await interleaved(places, texts[kind], clients, ROUNDS, SECONDS)
            asked += len(answers[ON_POSTGRESQL].took)
            rows += _rows(kind, clients, answers)
        grown = await _database_size() - before
    return [*rows, Row(name=BYTES_A_QUESTION, value=grown / asked, unit="bytes")]


def row_name(target: str, kind: str, clients: int) -> str:
    """Return the name of a row."""
    return f"{target}, {kind} texts, {clients} client{'s' if clients > 1 else ''}"


def sentences() -> list[str]:
    """Return the development sentences, which the model has not learned."""
    return [text for _, text in read_sentences(_DEVELOPMENT)]


def everyday() -> list[str]:
    """Return fifty questions, one of each topic in turn, as many residents ask them on the same day."""
    topics: dict[str, list[str]] = {}
    for intent, text in read_sentences(_DEVELOPMENT):
        topics.setdefault(intent, []).append(text)
    by_turns = itertools.zip_longest(*topics.values())
    return [text for turn in by_turns for text in turn if text is not None][:EVERYDAY]


def _rows(kind: str, clients: int, answers: Mapping[str, Answers]) -> list[Row]:
    base = REST if kind == _REPEATED else MODEL
    return [
        Row(
            name=row_name(name, kind, clients),
            value=measured.rate,
            unit="/s",
            ratio=measured.rate / answers[base].rate if name != base else None,
            against=base if name != base else "",
            targets=_targets(name, kind, clients, answers[REST]),
            **measured.figures,
        )
        for name, measured in answers.items()
    ]


def _targets(name: str, kind: str, clients: int, rest: Answers) -> tuple[Target, ...]:
    """Return what is wanted where many ask: five times Rasa's channel, nearly the bare model, and no longer a tail."""
    if not name.startswith(CHAT) or clients == 1:
        return ()
    if kind == _REPEATED:
        return (at_least("ratio", 5),)
    tail = (at_most("p99", rest.figures["p99"]),) if clients == 16 else ()
    return (at_least("ratio", 0.8), *tail)


async def _database_size() -> float:
    """Return the bytes of the database that the chat on PostgreSQL writes."""
    opened = Database(os.environ["BENCH_DATABASE_URL"])
    try:
        async with opened.read() as session:
            return float(await session.scalar(select(func.pg_database_size(func.current_database()))) or 0)
    finally:
        await opened.close()


@asynccontextmanager
async def _places() -> AsyncIterator[dict[str, Place]]:
    """Start everything; yield where to ask."""
    settings = load_settings()
    own = await rest_model(settings)
    async with AsyncExitStack() as stack:
        rest = await stack.enter_async_context(rest_channel(settings, own))
        served = await stack.enter_async_context(models(settings))
        places = {MODEL: served.place(), REST: Place(rest.port, REST_PATH, as_rest, rest.pid)}
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for engine, url in database_urls(folder).items():
            web = await stack.enter_async_context(hub("api", url, **served.settings()))
            await web.seconds_until(READY, "ok")
            places[f"{CHAT} ({engine})"] = web.chat
        yield places
