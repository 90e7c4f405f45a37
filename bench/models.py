"""Rasa servers for the measurements; those of the language model share one token, as NLU_URL wants them."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2

from bench.load import Place, as_text
from core.http import http_client
from core.settings import Settings
from hub.understanding.model import trained_model, trainer_of
from nlu.client import PARSE_PATH
from nlu.endpoint import Endpoint
from nlu.serving import process
from nlu.serving.pace import PATIENT
from nlu.serving.server import RasaServer, free_port
from nlu.serving.supervisor import server_command


@dataclass(frozen=True)
class Served:
    """A server that answers, and the id of its process."""

    endpoint: Endpoint
    pid: int

    @property
    def port(self) -> int:
        """Port on loopback."""
        return httpx2.URL(self.endpoint.base_url).port or 0


@dataclass(frozen=True)
class Models:
    """Servers of the model of the present sources."""

    servers: list[Served]

    def settings(self, count: int = 1) -> dict[str, str]:
        """Return the settings of a hub that asks so many of them."""
        chosen = [served.endpoint for served in self.servers[:count]]
        return {"NLU_URL": ",".join(endpoint.base_url for endpoint in chosen), "NLU_TOKEN": chosen[0].token}

    def place(self) -> Place:
        """Return where the first of them parses one sentence."""
        first = self.servers[0]
        target = first.endpoint.extensions(PARSE_PATH)["target"].decode()
        return Place(first.port, target, as_text, first.pid)


@asynccontextmanager
async def models(settings: Settings, count: int = 1) -> AsyncIterator[Models]:
    """Serve the model by so many processes."""
    command = server_command(settings.nlu_python, await trained_model(settings, trainer_of(settings), lambda _: None))
    async with serving(command, count) as servers:
        yield Models(servers)


@asynccontextmanager
async def serving(command: Callable[[int], Sequence[str]], count: int = 1) -> AsyncIterator[list[Served]]:
    """Run the command so many times, each for a port; yield once all answer; they are gone at the end."""
    token = secrets.token_urlsafe(32)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(http_client(timeout=5.0))
        started = []
        for _ in range(count):
            port = free_port()
            child = await process.start(command(port), {"NLU_TOKEN": token})
            stack.push_async_callback(process.stop, child)
            stack.callback(asyncio.create_task(_drain(child)).cancel)
            started.append((RasaServer(child, Endpoint(f"http://127.0.0.1:{port}", token), http, PATIENT), child.pid))
        await asyncio.gather(*(server.come_up(None) for server, _ in started))
        yield [Served(server.endpoint, pid) for server, pid in started]


async def _drain(child: asyncio.subprocess.Process) -> None:
    """Take what the child says, so that it never waits for a reader."""
    if child.stderr:
        await child.stderr.read()
