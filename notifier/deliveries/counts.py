"""Deliveries counted: what became of the messages of some broadcasts, for whoever watches or looks back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState


@dataclass(frozen=True)
class DeliveryCount:
    """How many deliveries of a broadcast on a channel came to a state for a reason, and the parts paid for them."""

    broadcast_id: int
    channel: str
    state: DeliveryState
    error: str | None
    count: int
    parts: int


async def delivery_counts(session: AsyncSession, broadcasts: Collection[int] | Select[int]) -> list[DeliveryCount]:
    """Return the deliveries of these broadcasts; one that was repeated counts each time."""
    groups = DeliveryRow.broadcast_id, DeliveryRow.channel, DeliveryRow.state, DeliveryRow.error
    parts = func.coalesce(func.sum(DeliveryRow.parts), 0)
    query = select(*groups, func.count(), parts).where(DeliveryRow.broadcast_id.in_(broadcasts))
    return [
        DeliveryCount(broadcast, channel, DeliveryState(state), error, count, paid)
        for broadcast, channel, state, error, count, paid in await session.execute(
            query.group_by(*groups).order_by(*groups)
        )
    ]
