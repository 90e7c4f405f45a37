"""Writes down what a lane does: the stamp before a call, what was paid, what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

import stamina
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from core.logging import get_logger
from notifier.channels.base import Channel, OutgoingMessage
from notifier.deliveries import repository
from notifier.deliveries.clock import server_time
from notifier.deliveries.progress import progress_channel
from notifier.deliveries.repository import Claimed, Settlement
from notifier.deliveries.settlement import capped, given_back, without_call
from notifier.deliveries.signals import tell
from notifier.deliveries.states import DeliveryState
from notifier.spending.budget import next_day
from notifier.worker.pace import Pace
from notifier.worker.tools import Tools

_log = get_logger(__name__)

_PROGRESS_SECONDS = 1.0


@dataclass(frozen=True)
class Claim:
    """A leased batch: how many deliveries it had, and those of them that are to be sent."""

    count: int
    waiting: Sequence[Claimed]


@dataclass(frozen=True)
class Answer:
    """What became of a delivery; `paid` parts were paid for its call when it was stamped."""

    delivery: Claimed
    settlement: Settlement
    paid: int = 0


@dataclass(frozen=True)
class Stamped:
    """A wave after the stamp: calls that may be made now, and what must wait for the next day's budget.

    No call begins later than `at_latest` of the monotonic clock: from then on the lease may be another worker's.
    """

    calls: Sequence[Claimed] = ()
    capped: Sequence[Claimed] = ()
    at_latest: float = 0.0


class Ledger:
    """The account of one channel's deliveries."""

    def __init__(self, tools: Tools, channel: Channel, pace: Pace) -> None:
        self._tools = tools
        self._channel = channel
        self._pace = pace
        self._budget = tools.budgets.get(channel.name)
        self._told_at: dict[int, float] = {}
        self._known_time = tools.clock.now(), tools.clock.monotonic()
        # All of a broadcast have the same text, and counting one takes longer than sending it to a database.
        self._parts_of = lru_cache(64)(lambda title, body: channel.parts(OutgoingMessage(title, body, 0)))

    def message(self, delivery: Claimed) -> OutgoingMessage:
        """Return what the channel renders."""
        broadcast = delivery.broadcast
        return OutgoingMessage(
            broadcast.title, broadcast.text_for(self._channel.name), delivery.id, broadcast.expires_at
        )

    def parts(self, delivery: Claimed) -> int:
        """Return how many messages the provider counts for a delivery."""
        return self._parts_of(delivery.broadcast.title, delivery.broadcast.text_for(self._channel.name))

    def paid(self, delivery: Claimed) -> int:
        """Return how many messages are paid for when a delivery goes out; none on a channel that costs nothing."""
        return self.parts(delivery) if self._budget else 0

    async def claim(self, limit: int) -> Claim:
        """Lease a batch and settle what must not be sent."""
        async with self._tools.database.write() as session:
            now = await server_time(session, self._tools.clock.now())
            self._known_time = now, self._tools.clock.monotonic()
            token, claimed = await repository.claim(session, self._channel.name, limit, now, self._pace.lease)
            settled = [settlement for delivery in claimed if (settlement := without_call(delivery, now))]
            await repository.finish(session, token, settled, now)
        self._count(settled)
        self._tools.metrics.doubted(self._channel.name, sum(delivery.was_started for delivery in claimed))
        done = {settlement.delivery_id for settlement in settled}
        return Claim(len(claimed), [delivery for delivery in claimed if delivery.id not in done])

    async def turn(self, answers: Sequence[Answer], wave: Sequence[Claimed]) -> Stamped:
        """Record what became of calls and stamp the next ones, deliveries of one batch, in one unit of work.

        It is tried again when the database fails, because an answer forgotten is a message repeated.
        """
        async for attempt in stamina.retry_context(on=DBAPIError, attempts=5, timeout=20):
            with attempt:
                async with self._tools.database.write() as session:
                    now = self._now()
                    recorded = await self._record(session, answers, now)
                    stamped = await self._stamp(session, wave, now) if wave else Stamped()
        if recorded < len(answers):
            other = len(answers) - recorded
            _log.info("settled by a report before, or no longer ours", channel=self._channel.name, deliveries=other)
        self._count(answer.settlement for answer in answers)
        await self._tell({answer.delivery.broadcast.id for answer in answers})
        return stamped

    async def _record(self, session: AsyncSession, answers: Sequence[Answer], now: datetime) -> int:
        recorded = 0
        # The last answers of one batch come in while the next one is being sent.
        for token in {answer.delivery.token for answer in answers}:
            settled = [_booked(answer) for answer in answers if answer.delivery.token == token]
            recorded += await repository.finish(session, token, settled, now)
        unused = sum(answer.paid for answer in answers if not _is_paid(answer.settlement))
        if self._budget and unused:
            await self._budget.give_back(session, unused, now)
        return recorded

    async def _stamp(self, session: AsyncSession, wave: Sequence[Claimed], now: datetime) -> Stamped:
        """Stamp and pay for the calls about to be made; what may not be made any more is given back."""
        token = wave[0].token
        # A stamp leaves at least half of the lease.
        at_latest = self._tools.clock.monotonic() + self._pace.lease.total_seconds() / 2
        ours = await repository.mark_sending(session, token, [d.id for d in wave], now, self._pace.lease)
        calls = [delivery for delivery in wave if delivery.id in ours]
        paid = await self._pay(session, calls, now)
        too_dear = [delivery for delivery in calls if delivery.id not in paid]
        settled = [given_back(delivery) for delivery in wave if delivery.id not in ours]
        settled += [capped(delivery, "spend_cap", next_day(now), now) for delivery in too_dear]
        await repository.finish(session, token, settled, now)
        return Stamped([delivery for delivery in calls if delivery.id in paid], too_dear, at_latest)

    async def _pay(self, session: AsyncSession, calls: Sequence[Claimed], now: datetime) -> set[int]:
        """Return which calls are paid for: all of them, else as many as the day's cap allows."""
        parts = {delivery.id: self.parts(delivery) for delivery in calls}
        if self._budget is None or not calls or await self._budget.take(session, sum(parts.values()), now):
            return set(parts)
        return {id_ for id_, count in parts.items() if await self._budget.take(session, count, now)}

    def _count(self, settled: Iterable[Settlement]) -> None:
        for settlement in settled:
            if settlement.state is not DeliveryState.PENDING:
                self._tools.metrics.finished(self._channel.name, settlement.state.value)

    async def _tell(self, broadcasts: Iterable[int]) -> None:
        """Let those who watch know that there is news, once a second at most."""
        now = self._tools.clock.monotonic()
        for broadcast in broadcasts:
            if now - self._told_at.get(broadcast, -_PROGRESS_SECONDS) >= _PROGRESS_SECONDS:
                self._told_at[broadcast] = now
                await tell(self._tools.redis, progress_channel(broadcast))

    def _now(self) -> datetime:
        """Return the time of the server: as it was at the last claim, and what has passed since."""
        known, at = self._known_time
        return known + timedelta(seconds=self._tools.clock.monotonic() - at)


def _booked(answer: Answer) -> Settlement:
    is_paid = answer.paid and _is_paid(answer.settlement)
    return replace(answer.settlement, parts=answer.paid) if is_paid else answer.settlement


def _is_paid(settlement: Settlement) -> bool:
    """Whether the provider may bill the message."""
    is_unsent = settlement.state is DeliveryState.PENDING and not settlement.is_doubtful
    return not is_unsent and settlement.state is not DeliveryState.FAILED
