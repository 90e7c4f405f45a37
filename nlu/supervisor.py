"""Keeps the Rasa server running as a child process, and knows where it answers."""

import asyncio
import secrets
import socket
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import httpx2

from core.logging import get_logger
from nlu import process
from nlu.endpoint import Endpoint

_TOKEN_VARIABLE = "NLU_TOKEN"  # noqa: S105 - the name of a variable, not a secret
_STATUS_PATH = "/status"

_log = get_logger(__name__)


class ServerState(StrEnum):
    """What the supervised server is doing."""

    STARTING = "starting"
    READY = "ready"
    DOWN = "down"


@dataclass(frozen=True)
class Pace:
    """How patient the supervisor is, in seconds."""

    poll: float = 0.2  # between two questions whether a starting server is up
    check: float = 10.0  # between two questions whether a ready server is still answering
    answer: float = 2.0  # for one answer to such a question
    start: float = 120.0  # for a start
    misses: int = 3  # unanswered checks after which a server is restarted
    restart: tuple[float, ...] = (0.2, 1.0, 2.0, 5.0, 10.0)  # before the first, second … restart in a row


_PATIENT = Pace()


def server_command(python: Path, model: Path) -> Callable[[int], list[str]]:
    """Return the command that serves `model` on the port it is given."""
    return lambda port: [str(python.absolute()), "-m", "nlu.rasa.serve", str(model.absolute()), str(port)]


class RasaSupervisor:
    """Starts the server, restarts it after a crash or when it hangs, and leaves none behind."""

    def __init__(
        self, command: Callable[[int], Sequence[str]], http: httpx2.AsyncClient, pace: Pace = _PATIENT
    ) -> None:
        self._command = command
        self._http = http
        self._pace = pace
        self._state = ServerState.DOWN
        self._endpoint: Endpoint | None = None
        self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def state(self) -> ServerState:
        """What the server is doing now."""
        return self._state

    def endpoint(self) -> Endpoint | None:
        """Return where the server answers, None unless it is ready; a restart changes it."""
        return self._endpoint

    async def start(self) -> None:
        """Begin to supervise; return at once."""
        self._task = asyncio.create_task(self._supervise(), name="nlu supervisor")

    async def wait_ready(self) -> None:
        """Return when the server answers; raise what ended the supervision, such as a missing interpreter."""
        if self._task is None:
            raise RuntimeError("the supervisor has not been started")
        ready = asyncio.create_task(self._ready.wait())
        try:
            await asyncio.wait({ready, self._task}, return_when=asyncio.FIRST_COMPLETED)
            if self._task.done():
                await self._task
        finally:
            ready.cancel()

    async def stop(self) -> None:
        """Stop the server and the supervision; return when the child is gone."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _supervise(self) -> None:
        failures = 0
        try:
            while True:
                was_ready = await self._run_once()
                failures = 0 if was_ready else failures + 1
                delay = self._pace.restart[min(failures, len(self._pace.restart) - 1)]
                _log.warning("the language model's server stopped; restarting", seconds=delay)
                await asyncio.sleep(delay)
        finally:
            self._mark(ServerState.DOWN)

    async def _run_once(self) -> bool:
        """Run one child until it ends or hangs; say whether it had been ready."""
        port, token = _free_port(), secrets.token_urlsafe(32)
        endpoint = Endpoint(f"http://127.0.0.1:{port}", token)
        self._mark(ServerState.STARTING)
        child = await process.start(self._command(port), {_TOKEN_VARIABLE: token})
        log = asyncio.create_task(_relay(child, token))
        try:
            if not await self._comes_up(child, endpoint):
                return False
            self._mark(ServerState.READY, endpoint)
            await self._until_silent(child, endpoint)
            return True
        finally:
            self._mark(ServerState.DOWN)
            await process.stop(child)
            await log

    async def _comes_up(self, child: Process, endpoint: Endpoint) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.start):
                while not await self._answers(endpoint):
                    if await _ended(child, self._pace.poll):
                        return False
                return True
        return False

    async def _until_silent(self, child: Process, endpoint: Endpoint) -> None:
        missed = 0
        while missed < self._pace.misses and not await _ended(child, self._pace.check):
            missed = 0 if await self._answers(endpoint) else missed + 1

    async def _answers(self, endpoint: Endpoint) -> bool:
        try:
            async with asyncio.timeout(self._pace.answer):
                response = await self._http.get(
                    endpoint.url(_STATUS_PATH), extensions=endpoint.extensions(_STATUS_PATH)
                )
        except (httpx2.HTTPError, TimeoutError):
            return False
        return response.status_code == httpx2.codes.OK

    def _mark(self, state: ServerState, endpoint: Endpoint | None = None) -> None:
        self._state, self._endpoint = state, endpoint
        if state is ServerState.READY:
            self._ready.set()
        else:
            self._ready.clear()


async def _ended(child: Process, within: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            await child.wait()
    return child.returncode is not None


async def _relay(child: Process, token: str) -> None:
    """Log what the child says, without its token. The child itself leaves residents' sentences out (serve.py)."""
    if child.stderr:
        async for line in process.lines(child.stderr):
            _log.warning("the language model's server says", line=line.replace(token, "…"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
