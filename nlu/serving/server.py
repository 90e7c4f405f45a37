"""One Rasa server as a child process: started, found to answer and to understand, watched, stopped."""

import asyncio
import secrets
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import httpx2

from core.errors import HubError
from core.logging import get_logger
from nlu.endpoint import Endpoint
from nlu.serving import process
from nlu.serving.pace import Pace

_TOKEN_VARIABLE = "NLU_TOKEN"  # noqa: S105 - the name of a variable, not a secret
_STATUS_PATH = "/status"

_log = get_logger(__name__)

# What a server that answers must pass before it is offered; raises `StartFailed`.
Smoke = Callable[[Endpoint], Awaitable[None]]


class StartFailed(HubError):  # noqa: N818 - what happened, not a mistake in the call
    """A server did not come up, or did not understand plain sentences; the message says which."""


class RasaServer:
    """A started server; `endpoint` is valid from `come_up` on."""

    def __init__(self, child: Process, endpoint: Endpoint, http: httpx2.AsyncClient, pace: Pace) -> None:
        self.endpoint = endpoint
        self._child = child
        self._http = http
        self._pace = pace

    async def come_up(self, smoke: Smoke | None) -> None:
        """Return when the server answers and has passed `smoke`; raise `StartFailed`."""
        try:
            async with asyncio.timeout(self._pace.start):
                while not await self._answers():
                    if await self._ended(self._pace.poll):
                        raise StartFailed("its process ended before it answered")
                if smoke:
                    await smoke(self.endpoint)
        except TimeoutError:
            message = f"it was not ready within {self._pace.start:.0f} s"
            raise StartFailed(message) from None

    async def until_silent(self) -> None:
        """Return when the process has ended, or has not answered several times in a row."""
        missed = 0
        while missed < self._pace.misses and not await self._ended(self._pace.check):
            missed = 0 if await self._answers() else missed + 1

    async def _ended(self, within: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._child.wait()
        return self._child.returncode is not None

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(self._pace.answer):
                response = await self._http.get(
                    self.endpoint.url(_STATUS_PATH), extensions=self.endpoint.extensions(_STATUS_PATH)
                )
        except (httpx2.HTTPError, TimeoutError):
            return False
        return response.status_code == httpx2.codes.OK


@asynccontextmanager
async def running(
    command: Callable[[int], Sequence[str]], http: httpx2.AsyncClient, pace: Pace
) -> AsyncIterator[RasaServer]:
    """Run the command for a free port with a token of its own; the process is gone at the end."""
    port, token = free_port(), secrets.token_urlsafe(32)
    child = await process.start(command(port), {_TOKEN_VARIABLE: token})
    log = asyncio.create_task(_relay(child, token))
    try:
        yield RasaServer(child, Endpoint(f"http://127.0.0.1:{port}", token), http, pace)
    finally:
        try:
            await process.stop(child)
        finally:
            await log


async def _relay(child: Process, token: str) -> None:
    """Log what the child says, without its token. The child itself leaves residents' sentences out (serve.py)."""
    if child.stderr:
        async for line in process.lines(child.stderr):
            _log.warning("the language model's server says", line=line.replace(token, "…"))


def free_port() -> int:
    """Return a port of loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
