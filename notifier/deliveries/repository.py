"""The queue's queries: claim under a lease, stamp before the call, finish only while the lease is ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import IS_OPEN, DeliveryState
from notifier.subscriptions.models import ContactRow, SubscriptionRow


@dataclass(frozen=True)
class Claimed:
    """A delivery that is ours until its lease ends; `attempts` counts the calls made before."""

    id: int
    attempts: int
    was_started: bool
    """Whether an earlier owner started the call and never recorded an answer."""
    is_wanted: bool
    """Whether the contact is active and still subscribes to the topic."""
    broadcast: BroadcastRow
    contact: ContactRow


@dataclass(frozen=True)
class Settlement:
    """How a delivery leaves its lease: to a final state, or back to pending and due after `wait`."""

    delivery_id: int
    state: DeliveryState
    provider_id: str | None = None
    error: str | None = None
    wait: timedelta = timedelta(0)
    attempts: int = 0
    gone_contact: int | None = None
    """The contact whom the provider can no longer reach."""


async def claim(
    session: AsyncSession, channel: str, limit: int, now: datetime, lease: timedelta
) -> tuple[str, list[Claimed]]:
    """Lease up to `limit` due deliveries of a channel, most urgent first; return the lease's token and them."""
    token = uuid4().hex
    due = (
        select(DeliveryRow.id)
        .where(DeliveryRow.channel == channel, text(IS_OPEN), DeliveryRow.due_at <= now)
        .order_by(DeliveryRow.priority, DeliveryRow.due_at)
        .limit(limit)
        # Other workers pass over rows that are being claimed; SQLite has one writer at a time and ignores this.
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    leased = await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(select(due.c.id)))
        .values(state=DeliveryState.LEASED.value, lease_token=token, due_at=now + lease)
        .returning(DeliveryRow.id)
    )
    return token, await _load(session, leased.scalars().all())


async def _load(session: AsyncSession, ids: Sequence[int]) -> list[Claimed]:
    subscribed = exists().where(
        SubscriptionRow.contact_id == ContactRow.id,
        SubscriptionRow.topic == BroadcastRow.topic,
        SubscriptionRow.ended_at.is_(None),
    )
    rows = await session.execute(
        select(DeliveryRow.id, DeliveryRow.attempts, DeliveryRow.sending_at, subscribed, BroadcastRow, ContactRow)
        .join(BroadcastRow, BroadcastRow.id == DeliveryRow.broadcast_id)
        .join(ContactRow, ContactRow.id == DeliveryRow.contact_id)
        .where(DeliveryRow.id.in_(ids))
        .order_by(DeliveryRow.priority, DeliveryRow.id)
    )
    return [_claimed(row) for row in rows]


def _claimed(row: Row[int, int, datetime | None, bool, BroadcastRow, ContactRow]) -> Claimed:
    id_, attempts, sending_at, subscribed, broadcast, contact = row
    is_wanted = contact.state == "active" and subscribed
    return Claimed(id_, attempts, sending_at is not None, is_wanted, broadcast, contact)


async def mark_sending(
    session: AsyncSession, token: str, ids: Iterable[int], now: datetime, lease: timedelta
) -> set[int]:
    """Stamp the calls about to be made and extend the lease of all that `token` holds; return which are still ours."""
    await extend(session, token, now, lease)
    ours = await session.scalars(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(ids), *_held(token))
        # Counted here and not when claimed: a delivery that only waited in a killed worker has lost no attempt.
        .values(sending_at=now, attempts=DeliveryRow.attempts + 1)
        .returning(DeliveryRow.id)
    )
    return set(ours.all())


async def extend(session: AsyncSession, token: str, now: datetime, lease: timedelta) -> None:
    """Let the lease end one full `lease` from now."""
    await session.execute(update(DeliveryRow).where(*_held(token)).values(due_at=now + lease))


async def finish(session: AsyncSession, token: str, settlements: Sequence[Settlement], now: datetime) -> int:
    """Record what became of deliveries; those that another worker has claimed since are left to it.

    Returns how many were still ours. Contacts found to be gone end here, with all their subscriptions.
    """
    final = [_final(s, now) for s in settlements if s.state is not DeliveryState.PENDING]
    again = [_again(s, now) for s in settlements if s.state is DeliveryState.PENDING]
    connection = await session.connection()
    ours = update(DeliveryRow).where(DeliveryRow.id == bindparam("delivery"), *_held(token)).values(lease_token=None)
    recorded = 0
    if final:
        recorded += (await connection.execute(ours, final)).rowcount
    if again:
        # No call is open any more, so the next owner need not fear a repetition.
        recorded += (await connection.execute(ours.values(sending_at=None), again)).rowcount
    gone = [settlement.gone_contact for settlement in settlements if settlement.gone_contact is not None]
    if gone:
        await _end_contacts(session, gone, now)
    return recorded


def _final(settlement: Settlement, now: datetime) -> dict[str, object]:
    return {
        "delivery": settlement.delivery_id,
        "state": settlement.state.value,
        "finished_at": now,
        "provider_id": settlement.provider_id,
        "error": settlement.error,
    }


def _again(settlement: Settlement, now: datetime) -> dict[str, object]:
    return {
        "delivery": settlement.delivery_id,
        "state": settlement.state.value,
        "due_at": now + settlement.wait,
        "attempts": settlement.attempts,
        "error": settlement.error,
    }


async def _end_contacts(session: AsyncSession, contact_ids: Sequence[int], now: datetime) -> None:
    await session.execute(update(ContactRow).where(ContactRow.id.in_(contact_ids)).values(state="gone"))
    running = SubscriptionRow.contact_id.in_(contact_ids), SubscriptionRow.ended_at.is_(None)
    await session.execute(update(SubscriptionRow).where(*running).values(ended_at=now))


async def counts(session: AsyncSession, broadcast_id: int) -> dict[DeliveryState, int]:
    """Return how many deliveries of a broadcast are in each state; states without any are left out."""
    rows = await session.execute(
        select(DeliveryRow.state, func.count())
        .where(DeliveryRow.broadcast_id == broadcast_id)
        .group_by(DeliveryRow.state)
    )
    return {DeliveryState(state): count for state, count in rows}


async def of_contact(session: AsyncSession, contact_id: int) -> Sequence[DeliveryRow]:
    """Return what was sent to a contact, or waits to be, oldest first."""
    query = select(DeliveryRow).where(DeliveryRow.contact_id == contact_id).order_by(DeliveryRow.id)
    return (await session.scalars(query)).all()


def _held(token: str) -> tuple[ColumnElement[bool], ...]:
    return DeliveryRow.lease_token == token, DeliveryRow.state == DeliveryState.LEASED.value
