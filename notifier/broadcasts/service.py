"""Publishing: a broadcast and one delivery per subscriber, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.database import insert_into
from notifier.audience.filters import Audience
from notifier.audience.planning import Planned, plan
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.clock import server_time
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState


class BroadcastKind(StrEnum):
    """An alert goes out first and rather twice than never; an announcement rather never than twice."""

    ALERT = "alert"
    ANNOUNCEMENT = "announcement"

    @property
    def priority(self) -> int:
        """Return the place in the queue; the lowest goes first."""
        return 0 if self is BroadcastKind.ALERT else 10


class BroadcastState(StrEnum):
    """Whether its deliveries may go out; what is cancelled never goes on."""

    SENDING = "sending"
    PAUSED = "paused"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Broadcast:
    """What is to be sent; `key` is the same each time the same thing is published, e.g. "alert:7:4:2026-11-23".

    `variants` are texts of their own by channel. `audience` narrows down who of the topic gets it; None: everyone.
    """

    key: str
    kind: BroadcastKind
    topic: str
    title: str
    body: str
    created_at: datetime
    expires_at: datetime | None = None
    variants: Mapping[str, str] = field(default_factory=dict)
    is_severe: bool = False
    audience: Audience | None = None


async def publish(session: AsyncSession, broadcast: Broadcast) -> int:
    """Store the broadcast with a delivery for each of its audience, and return its id.

    Publishing a key again sends nothing twice; it reaches only those who subscribed in the meantime.
    """
    now = await server_time(session, broadcast.created_at)
    audience = broadcast.audience or Audience(topics=frozenset({broadcast.topic}))
    columns = ("key", "topic", "title", "body", "created_at", "expires_at", "is_severe")
    values = {name: getattr(broadcast, name) for name in columns} | {
        "kind": broadcast.kind.value,
        "priority": broadcast.kind.priority,
        "variants": dict(broadcast.variants),
        "audience": _json(audience),
    }
    await session.execute(insert_into(session, BroadcastRow).values(values).on_conflict_do_nothing())
    stored = (await session.scalars(select(BroadcastRow).where(BroadcastRow.key == broadcast.key))).one()
    await plan(session, audience, Planned(stored.id, stored.priority, now), now)
    return stored.id


async def set_state(session: AsyncSession, broadcast_id: int, state: BroadcastState, now: datetime) -> None:
    """Pause, resume or cancel a broadcast; what waits in a cancelled one is cancelled too, and it stays so."""
    alive = BroadcastRow.id == broadcast_id, BroadcastRow.state != BroadcastState.CANCELLED.value
    await session.execute(update(BroadcastRow).where(*alive).values(state=state.value))
    if state is BroadcastState.CANCELLED:
        moment = await server_time(session, now)
        # One whose call was begun may have arrived; what became of it is for the deliveries to find out.
        waiting = (
            DeliveryRow.broadcast_id == broadcast_id,
            DeliveryRow.state == DeliveryState.PENDING.value,
            DeliveryRow.sending_at.is_(None),
        )
        await session.execute(
            update(DeliveryRow).where(*waiting).values(state=DeliveryState.CANCELLED.value, finished_at=moment)
        )


def _json(audience: Audience) -> dict[str, Any]:
    """Return the filters that are set; sets as sorted lists."""
    filters = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in vars(audience).items()}
    return {name: value for name, value in filters.items() if value not in (None, [])}
