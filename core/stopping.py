"""Waiting that ends at once when the process is told to stop."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import TypeVar

_T = TypeVar("_T")


async def until(stop: asyncio.Event, work: Coroutine[None, None, _T]) -> _T | None:
    """Return what `work` returns, or None when `stop` comes first, which cancels the work."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        stopping.cancel()
        working.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """Let time pass, or until `stop` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
