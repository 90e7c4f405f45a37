"""Brings to an end what no worker will claim any more, and finds what waits for too long.

Ages of the states that are not final: pending is expired or cancelled within `SWEEP_SECONDS`, and reported to staff
when it is due for `STUCK_AFTER`; a lease ends after a minute and is due again; unknown and sent are asked for at the
provider (`inquiries`) from two minutes and one hour on, for three days.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.settlement import SURE_AFTER
from notifier.deliveries.states import IS_OPEN, DeliveryState

SWEEP_SECONDS = 30.0
STUCK_AFTER = timedelta(minutes=10)


async def sweep(session: AsyncSession, now: datetime) -> int:
    """End waiting deliveries of expired and cancelled broadcasts; return how many."""
    expired = select(BroadcastRow.id).where(BroadcastRow.expires_at <= now)
    cancelled = select(BroadcastRow.id).where(BroadcastRow.state == "cancelled")
    ended = 0
    for broadcasts, state in ((cancelled, DeliveryState.CANCELLED), (expired, DeliveryState.EXPIRED)):
        waiting = _waits(now), DeliveryRow.broadcast_id.in_(broadcasts)
        # Its call may have reached the provider.
        started = {"state": DeliveryState.UNKNOWN.value, "error": "no_answer_recorded", "check_at": now + SURE_AFTER}
        ended += await _end(session, started, now, *waiting, DeliveryRow.sending_at.is_not(None))
        ended += await _end(session, {"state": state.value}, now, *waiting, DeliveryRow.sending_at.is_(None))
    return ended


async def stuck(session: AsyncSession, now: datetime) -> Mapping[str, int]:
    """Return by channel how many deliveries should have gone out long ago: no worker runs, or not fast enough."""
    halted = select(BroadcastRow.id).where(BroadcastRow.state != "sending")
    rows = await session.execute(
        select(DeliveryRow.channel, func.count())
        .where(text(IS_OPEN), DeliveryRow.due_at <= now - STUCK_AFTER, DeliveryRow.broadcast_id.not_in(halted))
        .group_by(DeliveryRow.channel)
    )
    return {row[0]: row[1] for row in rows}


def _waits(now: datetime) -> ColumnElement[bool]:
    """Return the condition that nobody has a delivery: it is pending, or its lease has ended."""
    pending, leased = DeliveryState.PENDING.value, DeliveryState.LEASED.value
    unowned = (DeliveryRow.state == leased) & (DeliveryRow.due_at <= now)
    return or_(DeliveryRow.state == pending, unowned) & text(IS_OPEN)


async def _end(session: AsyncSession, values: dict[str, object], now: datetime, *which: ColumnElement[bool]) -> int:
    ended = await session.scalars(
        update(DeliveryRow)
        .where(*which)
        .values(**values, lease_token=None, finished_at=now)
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(ended.all())
