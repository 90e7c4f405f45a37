"""A time that moves only while somebody sleeps, and what went out in it."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta

import time_machine


class Course:
    """A time that passes by sleeping; tasks side by side are woken in their order while `run` lets time pass."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller
        self._sleepers: list[tuple[int, int, asyncio.Event]] = []
        self._runs = False
        self._micro = 0

    @property
    def elapsed(self) -> float:
        return self._micro / 1_000_000

    def pass_to(self, micro: int) -> None:
        if micro > self._micro:
            self._traveller.shift(timedelta(microseconds=micro - self._micro))
            self._micro = micro

    async def sleep(self, seconds: float) -> None:
        at = self._micro + round(seconds * 1_000_000)
        if not self._runs:
            self.pass_to(at)
        elif at > self._micro:
            woken = asyncio.Event()
            self._sleepers.append((at, len(self._sleepers), woken))
            await woken.wait()

    async def run(self, *work: Coroutine[None, None, None], until: float) -> None:
        self._runs = True
        tasks = [asyncio.create_task(task) for task in work]
        while self.elapsed < until and not all(task.done() for task in tasks):
            for _ in range(30):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort(key=lambda sleeper: sleeper[:2])
                at, _, woken = self._sleepers.pop(0)
                self.pass_to(at)
                woken.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._sleepers.clear()
        self._runs = False


def busiest(moments: list[float], window: float, costs: list[int] | None = None) -> int:
    """Return the most that went out in any window of so many seconds."""
    costs = costs or [1] * len(moments)
    return max(
        sum(cost for at, cost in zip(moments, costs, strict=True) if start <= at < start + window - 1e-7)
        for start in moments
    )
