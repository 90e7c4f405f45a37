"""Work that goes on beside everything else until it is stopped."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress


class Background:
    """One piece of work in the background; what ends it early is raised to whoever waits for something of it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._task: asyncio.Task[None] | None = None

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Begin to work; return at once."""
        self._task = asyncio.create_task(work, name=self._name)

    async def until(self, event: asyncio.Event) -> None:
        """Return when the work has set the event; raise what ended the work before."""
        if self._task is None:
            message = f"{self._name} has not been started"
            raise RuntimeError(message)
        happened = asyncio.create_task(event.wait())
        try:
            await asyncio.wait({happened, self._task}, return_when=asyncio.FIRST_COMPLETED)
            if self._task.done():
                await self._task
        finally:
            happened.cancel()

    async def stop(self) -> None:
        """End the work; return when it has cleaned up."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
