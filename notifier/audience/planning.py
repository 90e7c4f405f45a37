"""The plan of a broadcast: one delivery per recipient, written by one statement."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal
from sqlalchemy.ext.asyncio import AsyncSession

from core.database import insert_into
from notifier.audience.filters import Audience
from notifier.audience.query import recipients
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState


@dataclass(frozen=True)
class Planned:
    """The broadcast to which deliveries belong, their place in the queue, and when they are due."""

    broadcast_id: int
    priority: int
    due_at: datetime


async def plan(session: AsyncSession, audience: Audience, planned: Planned, now: datetime) -> int:
    """Write a delivery for each recipient that has none yet, and return how many were written.

    `now` is the moment at which the audience is looked at; planned again, only those who came since are added.
    """
    chosen = recipients(audience, now).add_columns(
        literal(planned.broadcast_id),
        literal(planned.priority),
        literal(DeliveryState.PENDING.value),
        literal(planned.due_at, DeliveryRow.due_at.type),
        literal(0),
    )
    columns = ["contact_id", "channel", "broadcast_id", "priority", "state", "due_at", "attempts"]
    insert = insert_into(session, DeliveryRow).from_select(columns, chosen).on_conflict_do_nothing()
    # Without the option PostgreSQL's driver does not keep how many rows an INSERT wrote.
    connection = await session.connection()
    return (await connection.execute(insert, execution_options={"preserve_rowcount": True})).rowcount
