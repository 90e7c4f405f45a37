"""Sends what is due: one lane per channel, so that a slow channel never holds up another."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import stamina
from redis.asyncio import Redis
from sqlalchemy.exc import DBAPIError

from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from notifier.channels.base import Channel, Misconfigured, Outcome, OutgoingMessage, Retryable, Throttled
from notifier.deliveries import repository
from notifier.deliveries.clock import server_time
from notifier.deliveries.repository import Claimed, Settlement
from notifier.deliveries.settlement import after_call, given_back, without_call
from notifier.deliveries.signals import Pause, WakeUps
from notifier.subscriptions.models import ContactRow

_log = get_logger(__name__)

_POLL_SECONDS = 1.5

OpenAddress = Callable[[ContactRow], str]
Limiter = Callable[[str, int], Coroutine[None, None, None]]
"""Waits until so many messages may go out on the channel of that name."""


@dataclass(frozen=True)
class Pace:
    """How much a lane takes at once; a lease is far longer than the longest call."""

    batch: int = 50
    concurrency: int = 10
    lease: timedelta = timedelta(seconds=60)


DEFAULT_PACE = Pace()


@dataclass(frozen=True)
class Tools:
    """What every lane works with; `jitter` returns a fraction from 0 to 1."""

    database: Database
    redis: Redis
    clock: Clock
    open_address: OpenAddress
    jitter: Callable[[], float] = random.random
    limiter: Limiter | None = None


class Worker:
    """Runs the lanes of this process; any number of processes may run the same lanes."""

    def __init__(self, tools: Tools, channels: Iterable[Channel], pace: Pace = DEFAULT_PACE) -> None:
        self._lanes = [Lane(tools, channel, pace) for channel in channels]

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; calls in flight are finished first and what was not begun is given back."""
        async with asyncio.TaskGroup() as group:
            for lane in self._lanes:
                group.create_task(lane.run(stop))
            group.create_task(stop.wait())


class Lane:
    """The loop of one channel."""

    def __init__(self, tools: Tools, channel: Channel, pace: Pace = DEFAULT_PACE) -> None:
        self._tools = tools
        self._channel = channel
        self._pace = pace
        self._pause = Pause(tools.redis, channel.name)
        self.is_misconfigured = False

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until `stop` is set, or until the provider refuses our account."""
        wake_ups = WakeUps(self._tools.redis, self._channel.name)
        try:
            while not stop.is_set() and not self.is_misconfigured:
                if not await self._safe_step(stop):
                    await _first(stop.wait(), wake_ups.wait(_POLL_SECONDS))
        finally:
            await wake_ups.close()

    async def _safe_step(self, stop: asyncio.Event) -> int:
        try:
            return await self.step(stop)
        except Exception as error:
            # The lane goes on; what was claimed is due again when its lease ends.
            _log.error("a lane failed", channel=self._channel.name, error=type(error).__name__, exc_info=error)
            return 0

    async def step(self, stop: asyncio.Event) -> int:
        """Claim and send one batch; return how many deliveries were claimed."""
        if await self._is_resting():
            return 0
        token, claimed, waiting = await self._claim()
        while waiting and not await self._is_resting():
            wave = waiting[: self._pace.concurrency]
            await self._permission(len(wave), stop)
            if stop.is_set():
                break
            waiting = waiting[self._pace.concurrency :]
            await self._send_wave(token, wave)
        await self._record(token, [given_back(delivery) for delivery in waiting])
        return claimed

    async def _is_resting(self) -> bool:
        return self.is_misconfigured or await self._pause.until() > self._tools.clock.now()

    async def _claim(self) -> tuple[str, int, list[Claimed]]:
        """Lease a batch and settle what must not be sent; return the token, how many there were and the rest."""
        async with self._tools.database.write() as session:
            now = await server_time(session, self._tools.clock.now())
            token, claimed = await repository.claim(
                session, self._channel.name, self._pace.batch, now, self._pace.lease
            )
            settled = [settlement for delivery in claimed if (settlement := without_call(delivery, now))]
            await repository.finish(session, token, settled, now)
        done = {settlement.delivery_id for settlement in settled}
        return token, len(claimed), [delivery for delivery in claimed if delivery.id not in done]

    async def _permission(self, count: int, stop: asyncio.Event) -> None:
        if self._tools.limiter:
            await _first(stop.wait(), self._tools.limiter(self._channel.name, count))

    async def _send_wave(self, token: str, wave: Sequence[Claimed]) -> None:
        # At no moment are more calls open or unrecorded than one wave: so many may repeat after a kill, no more.
        async with self._tools.database.write() as session:
            now = await server_time(session, self._tools.clock.now())
            ours = await repository.mark_sending(session, token, [d.id for d in wave], now, self._pace.lease)
        started = [delivery for delivery in wave if delivery.id in ours]
        outcomes = await asyncio.gather(*(self._send(delivery) for delivery in started))
        for outcome in outcomes:
            await self._heed(outcome)
        now, jitter = self._tools.clock.now(), self._tools.jitter
        pairs = zip(started, outcomes, strict=True)
        await self._record(token, [after_call(delivery, outcome, now, jitter) for delivery, outcome in pairs])

    async def _send(self, delivery: Claimed) -> Outcome:
        try:
            address = self._tools.open_address(delivery.contact)
        except Exception as error:
            _log.error("address cannot be opened", delivery=delivery.id, error=type(error).__name__)
            return Retryable("address_unreadable")
        message = OutgoingMessage(delivery.broadcast.title, delivery.broadcast.body, delivery.id)
        return await self._channel.send(address, message)

    async def _heed(self, outcome: Outcome) -> None:
        """Rest when the provider asks for it, stop when it refuses our account."""
        match outcome:
            case Throttled(until):
                await self._pause.begin(until, self._tools.clock.now())
            case Misconfigured(code):
                self.is_misconfigured = True
                _log.critical(
                    "channel stopped: correct its settings and restart", channel=self._channel.name, code=code
                )

    async def _record(self, token: str, settlements: Sequence[Settlement]) -> None:
        """Write down what became of deliveries; tried again, because an answer forgotten is a message repeated."""
        if not settlements:
            return
        async for attempt in stamina.retry_context(on=DBAPIError, attempts=5, timeout=20):
            with attempt:
                async with self._tools.database.write() as session:
                    now = await server_time(session, self._tools.clock.now())
                    recorded = await repository.finish(session, token, settlements, now)
        if recorded < len(settlements):
            other = len(settlements) - recorded
            _log.info("settled by a report before, or no longer ours", channel=self._channel.name, deliveries=other)


async def _first(*waits: Coroutine[None, None, object]) -> None:
    """Return when the first is done; the others are cancelled."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
