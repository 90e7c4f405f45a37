"""The product as a newcomer starts it, on a database of its own that is thrown away afterwards."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from core.http import http_client
from nlu.serving.process import stop
from nlu.serving.server import free_port

_START_SECONDS = 600
_PASSWORD = re.compile(r"^Panel /panel: (\S+), hasło jednorazowe (\S+)$")
# Nothing listens there: the pictures show the demo's sample air, wherever they are taken.
_NO_GIOS = "http://127.0.0.1:9"
# So low that the last announcement of the story waits for the next day and can be paused.
_DAILY_CAP = "8"


@dataclass(frozen=True)
class Product:
    """The running demo: its address, its environment, and the one-time passwords of its staff by name."""

    url: str
    environment: dict[str, str]
    passwords: dict[str, str]

    async def command(self, *words: str) -> None:
        """Run a command of the hub beside it.

        Raises:
            RuntimeError: the command failed.
        """
        called = (sys.executable, "-m", "hub", *words)
        child = await asyncio.create_subprocess_exec(*called, env=self.environment, stdout=DEVNULL)
        if await child.wait():
            message = f"hub {' '.join(words)} failed"
            raise RuntimeError(message)


@asynccontextmanager
async def running(folder: Path, **settings: str) -> AsyncIterator[Product]:
    """Run the demo with a database in a folder; yield it once the model answers."""
    port = free_port()
    own = {"HUB_PROFILE": "demo", "DATABASE_URL": f"sqlite:///{folder / 'hub.db'}", "PORT": str(port)}
    own |= {"GIOS_API_BASE": _NO_GIOS, "SMS_DAILY_CAP": _DAILY_CAP, "LOG_LEVEL": "ERROR"}
    environment = os.environ | own | settings
    child = await asyncio.create_subprocess_exec(sys.executable, "-m", "hub", "run", env=environment, stdout=PIPE)
    printed = child.stdout or asyncio.StreamReader()
    try:
        async with asyncio.timeout(_START_SECONDS):
            passwords = await _passwords_until_ready(printed)
            await _until_it_understands(f"http://127.0.0.1:{port}")
        # Nobody may stop reading: a full pipe would halt the product.
        rest = asyncio.create_task(printed.read())
        yield Product(f"http://127.0.0.1:{port}", environment, passwords)
        rest.cancel()
    finally:
        await stop(child)


async def _passwords_until_ready(printed: asyncio.StreamReader) -> dict[str, str]:
    passwords: dict[str, str] = {}
    async for line in printed:
        text = line.decode().strip()
        if found := _PASSWORD.match(text):
            passwords[found[1]] = found[2]
        if text.startswith("Ready: "):
            return passwords
    message = "the product did not start"
    raise RuntimeError(message)


async def _until_it_understands(url: str) -> None:
    async with http_client(url, timeout=10) as http:
        while True:
            try:
                if (await http.get("/health/ready")).json()["status"] == "ok":
                    return
            except httpx2.TransportError:
                pass
            await asyncio.sleep(0.2)
