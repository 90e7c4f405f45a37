"""Publishing: a broadcast and one delivery per subscriber, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.clock import server_time
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState
from notifier.subscriptions.models import ContactRow, SubscriptionRow


class BroadcastKind(StrEnum):
    """An alert goes out first and rather twice than never; an announcement rather never than twice."""

    ALERT = "alert"
    ANNOUNCEMENT = "announcement"

    @property
    def priority(self) -> int:
        """Return the place in the queue; the lowest goes first."""
        return 0 if self is BroadcastKind.ALERT else 10


@dataclass(frozen=True)
class Broadcast:
    """What is to be sent; `key` is the same each time the same thing is published, e.g. "alert:2026-11-23:pm10"."""

    key: str
    kind: BroadcastKind
    topic: str
    title: str
    body: str
    created_at: datetime
    expires_at: datetime | None = None


async def publish(session: AsyncSession, broadcast: Broadcast) -> int:
    """Store the broadcast with a delivery for each active subscriber of its topic, and return its id.

    Publishing a key again sends nothing twice; it reaches only those who subscribed in the meantime.
    """
    now = await server_time(session, broadcast.created_at)
    columns = {"key", "topic", "title", "body", "created_at", "expires_at"}
    values = {name: getattr(broadcast, name) for name in columns}
    row = {**values, "kind": broadcast.kind.value, "priority": broadcast.kind.priority}
    await session.execute(_insert(session, BroadcastRow).values(row).on_conflict_do_nothing())
    broadcast_id = (await session.scalars(select(BroadcastRow.id).where(BroadcastRow.key == broadcast.key))).one()
    await _enqueue(session, broadcast_id, now)
    return broadcast_id


async def _enqueue(session: AsyncSession, broadcast_id: int, now: datetime) -> None:
    audience = (
        select(
            BroadcastRow.id,
            ContactRow.id,
            ContactRow.channel,
            BroadcastRow.priority,
            literal(DeliveryState.PENDING.value),
            literal(now, DeliveryRow.due_at.type),
            literal(0),
        )
        .join(SubscriptionRow, SubscriptionRow.topic == BroadcastRow.topic)
        .join(ContactRow, ContactRow.id == SubscriptionRow.contact_id)
        .where(BroadcastRow.id == broadcast_id, SubscriptionRow.ended_at.is_(None), ContactRow.state == "active")
    )
    columns = ["broadcast_id", "contact_id", "channel", "priority", "state", "due_at", "attempts"]
    insert = _insert(session, DeliveryRow).from_select(columns, audience)
    await session.execute(insert.on_conflict_do_nothing())


def _insert(session: AsyncSession, table: type[BroadcastRow | DeliveryRow]) -> "sqlite.Insert | postgresql.Insert":
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)
