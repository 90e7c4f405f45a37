"""The chat against the bare model: `python -m bench.chat`, on loopback, bounded.

Three processes: Rasa with the model, the web application (`hub api`) that asks it, and this one, which asks either of
them by the same bare HTTP client: whatever the client costs, both rows pay. Every sentence is sent once, so that no
cache answers. A row: clients at once, answers per second, milliseconds at the 50th and 95th percentile, and the ratio
to the same row of the bare model.
"""

import asyncio
import itertools
import json
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx2
import uvloop

from bench.http import Connection
from core.http import http_client
from core.settings import load_settings
from hub.model import trained_model
from nlu.client import PARSE_PATH
from nlu.endpoint import Endpoint
from nlu.evaluation import read_sentences
from nlu.model import ROOT
from nlu.pace import PATIENT
from nlu.process import stop
from nlu.server import running
from nlu.supervisor import server_command

REQUESTS = 800
CLIENTS = (1, 4, 16)
WARM_UP = 100
CHAT_PATH = "/api/v1/chat"


async def main() -> None:
    """Measure both and print the table."""
    sentences = _unique([text for _, text in read_sentences(ROOT / "nlu" / "rasa" / "tests" / "development.yml")])
    settings = load_settings()
    command = server_command(settings.nlu_python, await trained_model(settings, print))
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(http_client(timeout=5.0))
        rasa = await stack.enter_async_context(running(command, http, PATIENT))
        await rasa.come_up(None)
        hub_port = await stack.enter_async_context(_hub(rasa.endpoint, http))
        model = (httpx2.URL(rasa.endpoint.base_url).port or 0, rasa.endpoint.extensions(PARSE_PATH)["target"].decode())
        await _table(sentences, {"model": model, "chat": (hub_port, CHAT_PATH)})


@asynccontextmanager
async def _hub(rasa: Endpoint, http: httpx2.AsyncClient) -> AsyncIterator[int]:
    """Run the web application on a database of its own; yield its port once it answers."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        own = {"DATABASE_URL": f"sqlite:///{Path(folder) / 'hub.db'}", "PORT": str(port), "LOG_LEVEL": "WARNING"}
        environment = os.environ | own | {"HUB_PROFILE": "demo", "NLU_URL": rasa.base_url, "NLU_TOKEN": rasa.token}
        command = (sys.executable, "-m", "hub", "api")
        child = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.DEVNULL)
        try:
            while not await _answers(http, port):
                if child.returncode is not None:
                    sys.exit("the web application did not start")
                await asyncio.sleep(0.2)
            yield port
        finally:
            await stop(child)


async def _answers(http: httpx2.AsyncClient, port: int) -> bool:
    try:
        return (await http.get(f"http://127.0.0.1:{port}/health/ready")).is_success
    except httpx2.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _table(sentences: Iterator[str], targets: dict[str, tuple[int, str]]) -> None:
    for target in targets.values():
        await _measure(target, sentences, 1, WARM_UP)
    print(f"{'':10} {'clients':>7} {'/s':>7} {'p50 ms':>7} {'p95 ms':>7} {'× /s':>6} {'× p95':>6}")
    for clients in CLIENTS:
        rows = {name: await _measure(target, sentences, clients, REQUESTS) for name, target in targets.items()}
        bare = rows["model"]
        for name, (rate, p50, p95) in rows.items():
            ratios = f"{rate / bare[0]:6.2f} {p95 / bare[2]:6.2f}"
            print(f"{name:10} {clients:7} {rate:7.0f} {p50:7.1f} {p95:7.1f} {ratios}")


async def _measure(
    target: tuple[int, str], sentences: Iterator[str], clients: int, requests: int
) -> tuple[float, float, float]:
    """Return answers per second and the 50th and 95th percentile in milliseconds."""
    took: list[float] = []

    async def one_client() -> None:
        async with Connection(*target) as connection:
            for _ in range(requests // clients):
                started = time.perf_counter()
                await connection.post(json.dumps({"text": next(sentences)}).encode())
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
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
