"""The chat against the bare model: `python -m bench.chat`, on loopback, bounded.

Every sentence is sent once, so that no cache answers. A row: clients at once, answers per second, milliseconds at the
50th and 95th percentile, and the ratio to the same row of the bare model.
"""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2

from api.app import create_app
from core.clock import SystemClock
from core.settings import load_settings
from hub import bootstrap
from hub.assistant import assistant
from hub.migrations.run import upgrade
from hub.model import serving, trained_model
from hub.run import api_services
from hub.topics import Topics
from nlu.client import RasaClient
from nlu.evaluation import read_sentences
from nlu.model import ROOT

REQUESTS = 400
CLIENTS = (1, 4, 16)


async def main() -> None:
    """Measure both and print the table."""
    sentences = _unique([text for _, text in read_sentences(ROOT / "nlu" / "rasa" / "tests" / "development.yml")])
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        settings = load_settings().model_copy(update={"database_url": f"sqlite:///{Path(folder) / 'hub.db'}"})
        base = await stack.enter_async_context(bootstrap.foundation(settings))
        await upgrade(base.database)
        model = await trained_model(settings, print)
        client, supervisor = await stack.enter_async_context(serving(settings, model, SystemClock()))
        if supervisor:
            await supervisor.wait_ready()
        topics = Topics(base)
        services = api_services(base, client, assistant(base, topics, client), topics)
        transport = httpx2.ASGITransport(create_app(services))
        web = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url="http://bench"))
        await _table(sentences, client, web)


async def _table(sentences: Iterator[str], client: RasaClient, web: httpx2.AsyncClient) -> None:
    async def parse(text: str) -> None:
        await client.parse(text)

    async def chat(text: str) -> None:
        (await web.post("/api/v1/chat", json={"text": text})).raise_for_status()

    print(f"{'':10} {'clients':>7} {'/s':>7} {'p50 ms':>7} {'p95 ms':>7} {'× /s':>6} {'× p95':>6}")
    for clients in CLIENTS:
        bare = await _measure(parse, sentences, clients)
        whole = await _measure(chat, sentences, clients)
        for name, (rate, p50, p95) in (("model", bare), ("chat", whole)):
            ratios = f"{rate / bare[0]:6.2f} {p95 / bare[2]:6.2f}"
            print(f"{name:10} {clients:7} {rate:7.0f} {p50:7.1f} {p95:7.1f} {ratios}")


async def _measure(
    ask: Callable[[str], Awaitable[None]], sentences: Iterator[str], clients: int
) -> tuple[float, float, float]:
    """Return answers per second and the 50th and 95th percentile in milliseconds."""
    took: list[float] = []

    async def one_client() -> None:
        for _ in range(REQUESTS // clients):
            started = time.perf_counter()
            await ask(next(sentences))
            took.append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    await asyncio.gather(*(one_client() for _ in range(clients)))
    percentiles = statistics.quantiles(took, n=20)
    return len(took) / (time.perf_counter() - started), percentiles[9], percentiles[18]


def _unique(sentences: list[str]) -> Iterator[str]:
    """Yield sentences without end, none of them twice."""
    for round_number in itertools.count():
        for sentence in sentences:
            yield f"{sentence} {round_number}" if round_number else sentence


if __name__ == "__main__":
    asyncio.run(main())
