"""Handles together what comes at the same time: what would be slow one by one costs hardly more for many."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.clock import Clock, SystemClock

_CLOCK = SystemClock()

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class _Waiting(Generic[Item, Result]):
    item: Item
    since: float
    result: asyncio.Future[Result]


class Together(Generic[Item, Result]):
    """Hands items, in the order in which they come, to `handle`, at most `most` at once.

    While `calls` calls of `handle` are under way, new items wait and share the next call. `handle` returns a result for
    each item, an exception for one that failed; what it raises is raised for each. With a `patience` (seconds) items
    that have waited longer are not handled any more.
    """

    def __init__(
        self,
        handle: Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception]]],
        *,
        most: int,
        calls: int = 1,
        patience: float | None = None,
        clock: Clock = _CLOCK,
    ) -> None:
        self._handle = handle
        self._most = most
        self._calls = calls
        self._patience = patience
        self._clock = clock
        self._waiting: list[_Waiting[Item, Result]] = []
        # Tasks of their own: a caller that is cancelled must not take the items of others with it.
        self._working: set[asyncio.Task[None]] = set()

    async def do(self, item: Item) -> Result:
        """Return the result of an item.

        Raises:
            TimeoutError: it waited longer than `patience` and was not handled.
            Exception: what `handle` returned for it or raised.
        """
        loop = asyncio.get_running_loop()
        waiting = _Waiting[Item, Result](item, self._clock.monotonic(), loop.create_future())
        self._waiting.append(waiting)
        if len(self._working) < self._calls:
            self._working.add(loop.create_task(self._work()))
        return await waiting.result

    async def _work(self) -> None:
        try:
            while taken := self._take():
                await self._handle_all(taken)
        finally:
            # Here, not in a callback of the task: an item that came in between would wait for ever.
            self._working.difference_update({asyncio.current_task()})

    async def _handle_all(self, taken: Sequence[_Waiting[Item, Result]]) -> None:
        results: Sequence[Result | Exception]
        try:
            results = await self._handle([waiting.item for waiting in taken])
        except Exception as error:
            results = [error] * len(taken)
        for waiting, result in zip(taken, results, strict=True):
            _settle(waiting, result)

    def _take(self) -> list[_Waiting[Item, Result]]:
        """Return the next items; those whose patience is at an end are told so, those given up are left out."""
        now = self._clock.monotonic()
        taken: list[_Waiting[Item, Result]] = []
        while self._waiting and len(taken) < self._most:
            waiting = self._waiting.pop(0)
            if self._patience is not None and now - waiting.since > self._patience:
                _settle(waiting, TimeoutError())
            elif not waiting.result.done():
                taken.append(waiting)
        return taken


def _settle(waiting: _Waiting[Item, Result], result: Result | Exception) -> None:
    if waiting.result.done():  # whoever waited has gone
        return
    if isinstance(result, Exception):
        waiting.result.set_exception(result)
    else:
        waiting.result.set_result(result)
