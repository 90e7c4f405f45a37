"""Fake servers as child processes: started by a command of ours, found again by their ports, waited for."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from nlu.endpoint import Endpoint
from nlu.serving.pace import Pace

FAKE_SERVER = str(Path(__file__).parent / "fake_server.py")
HASTY = Pace(poll=0.02, check=0.05, answer=0.5, start=20, restart=(0.0, 0.01), watch=0.02, drain=0.3)


class Children:
    """Notes the command of every child by its port, so that a test can find its process."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.ports: list[int] = []

    def __call__(self, port: int) -> Sequence[str]:
        self.ports.append(port)
        return [sys.executable, *self.arguments, str(port)]

    def pid(self, port: int) -> int | None:
        """Return the process that was started for `port`, None when it is gone."""
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if entry.name.isdigit() and self._serves(entry.joinpath("cmdline").read_bytes(), port):
                    return int(entry.name)
        return None

    def running(self) -> list[int]:
        """Return the ports whose process still runs."""
        return [port for port in self.ports if self.pid(port) is not None]

    def _serves(self, command: bytes, port: int) -> bool:
        return command.rstrip(b"\0").split(b"\0")[-2:] == [self.arguments[-1].encode(), str(port).encode()]


def port_of(endpoint: Endpoint | None) -> int:
    """Return the port of an endpoint that must be there."""
    assert endpoint is not None
    return int(endpoint.base_url.rpartition(":")[2])


async def until(condition: Callable[[], bool]) -> None:
    """Wait for another process; the test's own time limit is the bound."""
    while not condition():  # noqa: ASYNC110 - nothing in another process can set an event of ours
        await asyncio.sleep(0.005)
