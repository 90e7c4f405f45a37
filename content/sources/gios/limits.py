"""Keeps our requests within what GIOŚ allows, so that it never has to refuse them."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from enum import Enum

from content.sources.gios.errors import GiosThrottledError
from core.clock import Clock

_WINDOW_SECONDS = 60.0
# A job that waits longer would hold up the shutdown; the next run of the job asks again anyway.
_LONGEST_WAIT_SECONDS = 5.0


class Kind(Enum):
    """The kinds of requests with their limits a minute, as two public projects quote the GIOŚ API page (2026)."""

    CURRENT = 1500
    LIST = 2


class RequestLimits:
    """Counts the requests of this process; only one process asks GIOŚ, the one with the scheduler."""

    def __init__(self, clock: Clock, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._taken = {kind: deque[float](maxlen=kind.value) for kind in Kind}

    async def take(self, kind: Kind) -> None:
        """Take the right to one request, after a short wait if need be.

        Raises:
            GiosThrottledError: the wait would be too long; the request must be left out this time.
        """
        wait = self._wait(kind)
        if wait > _LONGEST_WAIT_SECONDS:
            message = f"left out, for the next request of the kind {kind.name} is allowed in {wait:.0f} s"
            raise GiosThrottledError(message)
        self._taken[kind].append(self._clock.monotonic() + wait)
        if wait > 0:
            await self._sleep(wait)

    def has_room(self, kind: Kind) -> bool:
        """Whether a request could be made now, or after a short wait."""
        return self._wait(kind) <= _LONGEST_WAIT_SECONDS

    def _wait(self, kind: Kind) -> float:
        """Return the seconds until the oldest of the counted requests is a minute ago."""
        taken = self._taken[kind]
        if len(taken) < kind.value:
            return 0.0
        return max(0.0, taken[0] + _WINDOW_SECONDS - self._clock.monotonic())
