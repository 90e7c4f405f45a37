"""Roles of the product as processes of their own, as an operator starts them, on loopback and in the demo's profile."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from bench.load import Place, as_text
from bench.part import NotMeasured
from core.http import http_client
from nlu.model import ROOT
from nlu.serving.process import stop
from nlu.serving.server import free_port

READY = "/health/ready"
_POLL_SECONDS = 0.05
_START_SECONDS = 180
NOWHERE = "http://127.0.0.1:9"
"""Nothing listens there: a measurement never asks the real GIOŚ."""


@dataclass(frozen=True)
class Hub:
    """A started role; `started` is what `time.perf_counter` said."""

    process: Process
    port: int
    started: float

    @property
    def url(self) -> str:
        """Address of its pages."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def chat(self) -> Place:
        """Where the first question of a new conversation goes."""
        return Place(self.port, "/api/v1/chat", as_text, self.process.pid)

    async def seconds_until(self, path: str, status: str | None = None) -> float:
        """Return the seconds from the start until `path` is answered, with this `status` in its JSON if one is given.

        Raises:
            NotMeasured: the process ended, or did not answer within a generous time.
        """
        try:
            async with http_client(timeout=5.0) as http, asyncio.timeout(_START_SECONDS):
                while not await self._answers(http, path, status):
                    if self.process.returncode is not None:
                        raise NotMeasured(f"the product ended with {self.process.returncode} instead of starting")
                    await asyncio.sleep(_POLL_SECONDS)
        except TimeoutError:
            raise NotMeasured(f"{path} was not answered within {_START_SECONDS} s") from None
        return time.perf_counter() - self.started

    async def _answers(self, http: httpx2.AsyncClient, path: str, status: str | None) -> bool:
        try:
            answer = await http.get(self.url + path)
        except httpx2.HTTPError:
            return False
        return answer.is_success and (status is None or answer.json()["status"] == status)


@asynccontextmanager
async def hub(role: str, database: str, **settings: str) -> AsyncIterator[Hub]:
    """Run a role on a database; it is gone at the end."""
    port = free_port()
    own = {"HUB_PROFILE": "demo", "DATABASE_URL": database, "PORT": str(port), "LOG_LEVEL": "ERROR"}
    environment = os.environ | own | {"GIOS_API_BASE": NOWHERE} | settings
    command = (sys.executable, "-m", "hub", role)
    started = time.perf_counter()
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=DEVNULL)
    try:
        yield Hub(child, port, started)
    finally:
        await stop(child)


def sqlite_in(folder: Path) -> str:
    """Return the address of a new SQLite file in a folder."""
    return f"sqlite:///{folder / 'hub.db'}"
