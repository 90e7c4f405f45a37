"""What waits in the queue, and what the providers answered lately: for the people who look after the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import IS_OPEN, DeliveryState

LOOKED_BACK = timedelta(days=1)
"""Broadcasts of so long ago count for the errors of providers."""


@dataclass(frozen=True)
class QueuePart:
    """The open deliveries of a channel and a priority; 0 is the most urgent.

    `due` could go out now, `later` are not due yet or their broadcast is paused, `leased` are in the hands of a worker;
    `oldest_due` (UTC) is since when the longest waiting one is due.
    """

    channel: str
    priority: int
    due: int
    later: int
    leased: int
    oldest_due: datetime | None


@dataclass(frozen=True)
class ProviderError:
    """An error code of a channel among the broadcasts of the last day; `last_at` (UTC) is None while none is final."""

    channel: str
    code: str
    count: int
    last_at: datetime | None


async def queue(session: AsyncSession, now: datetime) -> Sequence[QueuePart]:
    """Return what is open, by channel and priority."""
    halted = select(BroadcastRow.id).where(BroadcastRow.state != "sending")
    is_leased = (DeliveryRow.state == DeliveryState.LEASED.value) & (DeliveryRow.due_at > now)
    is_due = (DeliveryRow.due_at <= now) & DeliveryRow.broadcast_id.not_in(halted)
    kind = case((is_leased, "leased"), (is_due, "due"), else_="later").label("kind")
    opened = select(DeliveryRow.channel, DeliveryRow.priority, DeliveryRow.due_at, kind).where(text(IS_OPEN)).subquery()
    columns = (opened.c.channel, opened.c.priority, opened.c.kind)
    query = select(*columns, func.count(), func.min(opened.c.due_at)).group_by(*columns)
    parts: dict[tuple[str, int], dict[str, tuple[int, datetime]]] = {}
    for channel, priority, what, count, oldest in await session.execute(query):
        parts.setdefault((channel, priority), {})[what] = count, oldest
    return [
        QueuePart(
            channel,
            priority,
            due=found["due"][0] if "due" in found else 0,
            later=found["later"][0] if "later" in found else 0,
            leased=found["leased"][0] if "leased" in found else 0,
            oldest_due=found["due"][1] if "due" in found else None,
        )
        for (channel, priority), found in sorted(parts.items())
    ]


async def provider_errors(session: AsyncSession, now: datetime) -> Sequence[ProviderError]:
    """Return the error codes of the last day by channel, the most frequent first."""
    recent = select(BroadcastRow.id).where(BroadcastRow.created_at > now - LOOKED_BACK)
    columns = (DeliveryRow.channel, DeliveryRow.error)
    query = (
        select(*columns, func.count(), func.max(DeliveryRow.finished_at))
        .where(DeliveryRow.broadcast_id.in_(recent), DeliveryRow.error.is_not(None))
        .group_by(*columns)
        .order_by(func.count().desc(), *columns)
    )
    rows = await session.execute(query)
    return [ProviderError(channel, code or "", count, last_at) for channel, code, count, last_at in rows]
