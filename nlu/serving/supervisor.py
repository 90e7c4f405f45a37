"""Keeps a server of one model running, and knows where it answers."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx2

from core.logging import get_logger
from nlu.endpoint import Endpoint
from nlu.serving.background import Background
from nlu.serving.pace import PATIENT, Pace
from nlu.serving.server import Smoke, StartFailed, running
from nlu.store import digest

_log = get_logger(__name__)


def server_command(python: Path, model: Path) -> Callable[[int], list[str]]:
    """Return the command that serves `model` on the port it is given, as it is now: a file changed later is refused."""
    interpreter, archive, checksum = str(python.absolute()), str(model.absolute()), digest(model)
    return lambda port: [interpreter, "-m", "nlu.rasa.serve", archive, str(port), checksum]


class RasaSupervisor:
    """Starts the server, restarts it after a crash or when it hangs, and leaves none behind.

    A server is offered once it answers and has passed `smoke`, if there is one.
    """

    def __init__(
        self,
        command: Callable[[int], Sequence[str]],
        http: httpx2.AsyncClient,
        pace: Pace = PATIENT,
        smoke: Smoke | None = None,
    ) -> None:
        self._command = command
        self._http = http
        self._pace = pace
        self._smoke = smoke
        self._endpoint: Endpoint | None = None
        self._tried = asyncio.Event()
        self._problem: str | None = None
        self._work = Background("the supervisor of the language model")

    def endpoint(self) -> Endpoint | None:
        """Return where the server answers, None unless it is ready; a restart changes it."""
        return self._endpoint

    async def start(self) -> None:
        """Begin to supervise; return at once."""
        self._work.start(self._supervise())

    async def wait_first_start(self) -> None:
        """Return when the server answers; raise `StartFailed` when its first start failed, though more are tried.

        Raises also what ended the supervision, such as a missing interpreter.
        """
        await self._work.until(self._tried)
        if self._problem is not None:
            raise StartFailed(self._problem)

    async def stop(self) -> None:
        """Stop the server and the supervision; return when the child is gone."""
        await self._work.stop()

    async def _supervise(self) -> None:
        failures = 0
        while True:
            was_ready = await self._run_once()
            failures = 0 if was_ready else failures + 1
            delay = self._pace.restart[min(failures, len(self._pace.restart) - 1)]
            _log.warning("the language model's server stopped; restarting", seconds=delay)
            await asyncio.sleep(delay)

    async def _run_once(self) -> bool:
        """Run one child until it ends or hangs; say whether it had been ready."""
        try:
            async with running(self._command, self._http, self._pace) as server:
                await server.come_up(self._smoke)
                self._endpoint = server.endpoint
                # Only after trouble is this news: a command that measures a model says nothing but its result.
                (_log.info if self._tried.is_set() else _log.debug)("a server of the language model is ready")
                self._first_start(None)
                try:
                    await server.until_silent()
                finally:
                    self._endpoint = None  # before it is stopped: nobody shall ask it any more
        except StartFailed as error:
            _log.warning("the language model's server did not start", reason=str(error))
            self._first_start(str(error))
            return False
        return True

    def _first_start(self, problem: str | None) -> None:
        if not self._tried.is_set():
            self._problem = problem
            self._tried.set()
