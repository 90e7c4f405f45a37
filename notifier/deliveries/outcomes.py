"""What became of the deliveries of broadcasts, counted by channel and state."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState


@dataclass(frozen=True)
class Outcome:
    """How many deliveries of a channel are in a state; `reason` is the code of what went wrong, if anything did."""

    channel: str
    state: DeliveryState
    reason: str | None
    count: int


async def outcomes(session: AsyncSession, broadcast_ids: Collection[int]) -> Mapping[int, Sequence[Outcome]]:
    """Return the outcomes of each broadcast; one without deliveries is left out."""
    columns = (DeliveryRow.broadcast_id, DeliveryRow.channel, DeliveryRow.state, DeliveryRow.error)
    query = select(*columns, func.count()).where(DeliveryRow.broadcast_id.in_(sorted(broadcast_ids)))
    found: dict[int, list[Outcome]] = {}
    for broadcast_id, channel, state, error, count in await session.execute(
        query.group_by(*columns).order_by(*columns)
    ):
        found.setdefault(broadcast_id, []).append(Outcome(channel, DeliveryState(state), error, count))
    return found
