"""Another delivery to those whom one failed to reach, each linked to the one it repeats."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.database import insert_into
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState
from notifier.subscriptions.models import ContactRow

MAX_ROUNDS = 3
"""Deliveries of one broadcast to one contact, the first included."""

_COPIED = ("broadcast_id", "contact_id", "channel", "priority")


async def repeat_failed(session: AsyncSession, broadcast_id: int, now: datetime) -> int:
    """Queue a delivery for each failed one of a broadcast that may get through now; return how many.

    Left out are numbers that were refused for good, contacts who are gone, and what has been repeated already. Done
    twice, nothing is queued twice. Wake the workers after the commit.
    """
    return await _repeat(session, now, DeliveryRow.broadcast_id == broadcast_id)


async def repeat_later(session: AsyncSession, delivery_id: int, due_at: datetime) -> None:
    """Queue a delivery in place of a failed one, unless the message is worth nothing by then."""
    await _repeat(session, due_at, DeliveryRow.id == delivery_id)


async def take_back(session: AsyncSession, delivery_id: int) -> None:
    """Cancel the repetition of a delivery that arrived after all, if it still waits."""
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.repeats_id == delivery_id, DeliveryRow.state == DeliveryState.PENDING.value)
        .values(state=DeliveryState.CANCELLED.value, error="arrived_after_all")
    )


async def _repeat(session: AsyncSession, due_at: datetime, *which: Any) -> int:  # noqa: ANN401 - conditions of SQL
    later = aliased(DeliveryRow)
    failed = (
        select(
            *(getattr(DeliveryRow, name) for name in _COPIED),
            literal(DeliveryState.PENDING.value),
            literal(due_at, DeliveryRow.due_at.type),
            literal(0),
            DeliveryRow.round + 1,
            DeliveryRow.id,
        )
        .join(BroadcastRow, BroadcastRow.id == DeliveryRow.broadcast_id)
        .join(ContactRow, ContactRow.id == DeliveryRow.contact_id)
        .where(*which, DeliveryRow.state == DeliveryState.FAILED.value, DeliveryRow.can_repeat)
        .where(DeliveryRow.round < MAX_ROUNDS - 1, ~exists().where(later.repeats_id == DeliveryRow.id))
        .where(BroadcastRow.state != "cancelled", ContactRow.state == "active")
        .where((BroadcastRow.expires_at.is_(None)) | (BroadcastRow.expires_at > due_at))
    )
    columns = [*_COPIED, "state", "due_at", "attempts", "round", "repeats_id"]
    queued = await session.execute(
        insert_into(session, DeliveryRow)
        .from_select(columns, failed)
        .on_conflict_do_nothing()
        .returning(DeliveryRow.id)
    )
    return len(queued.all())
