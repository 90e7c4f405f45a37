"""How far a broadcast has come: counted from the deliveries, so that it is true after any crash."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis.asyncio import Redis
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from notifier.deliveries.clock import server_time
from notifier.deliveries.counts import delivery_counts
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.signals import Listener
from notifier.deliveries.states import DeliveryState

_RATE_OVER = timedelta(minutes=1)
_LOOK_SECONDS = 5.0
_WAITING = (DeliveryState.PENDING, DeliveryState.LEASED)
_REACHED = (DeliveryState.SENT, DeliveryState.DELIVERED)


@dataclass(frozen=True)
class Progress:
    """A broadcast at a moment; `per_second` is the mean since the first message of the last minute.

    `finishes_at` is None while it stands still. `failures` counts by reason what failed, expired, went unknown or met a
    resident who is gone.
    """

    by_state: Mapping[DeliveryState, int]
    failures: Mapping[str, int]
    parts: int
    per_second: float
    at: datetime

    @property
    def total(self) -> int:
        """Return how many deliveries there are."""
        return sum(self.by_state.values())

    @property
    def waiting(self) -> int:
        """Return how many have not gone out yet."""
        return sum(self.by_state.get(state, 0) for state in _WAITING)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will go out."""
        return not self.waiting

    @property
    def finishes_at(self) -> datetime | None:
        """Return when the last one goes out if it goes on like this."""
        if not self.waiting or not self.per_second:
            return None
        return self.at + timedelta(seconds=self.waiting / self.per_second)


async def progress(session: AsyncSession, broadcast_id: int, now: datetime) -> Progress:
    """Count the deliveries of a broadcast; `now` is the clock of the database."""
    by_state, failures, parts = Counter[DeliveryState](), Counter[str](), 0
    for each in await delivery_counts(session, [broadcast_id]):
        by_state[each.state] += each.count
        parts += each.parts
        if each.state not in (*_WAITING, *_REACHED):
            failures[each.error or each.state.value] += each.count
    recent = (
        DeliveryRow.broadcast_id == broadcast_id,
        DeliveryRow.sending_at > now - _RATE_OVER,
        DeliveryRow.state.not_in([state.value for state in _WAITING]),
    )
    count, first = (await session.execute(select(func.count(), func.min(DeliveryRow.sending_at)).where(*recent))).one()
    per_second = count / max((now - first).total_seconds(), 1) if first else 0.0
    return Progress(by_state, failures, parts, per_second, now)


async def watch(database: Database, redis: Redis, clock: Clock, broadcast_id: int) -> AsyncIterator[Progress]:
    """Yield how far it is now, at each news and every few seconds, until it is over; without Redis only the latter."""
    listener = Listener(redis, progress_channel(broadcast_id))
    try:
        while True:
            async with database.read() as session:
                seen = await progress(session, broadcast_id, await server_time(session, clock.now()))
            yield seen
            if seen.is_over:
                return
            await listener.wait(_LOOK_SECONDS)
    finally:
        await listener.close()


def progress_channel(broadcast_id: int) -> str:
    """Return the name under which Redis carries the news of a broadcast."""
    return f"progress:{broadcast_id}"
