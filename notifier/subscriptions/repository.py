"""Queries on contacts, subscriptions and consents."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionRow


async def find_contact(session: AsyncSession, channel: str, digest: str, *, lock: bool = False) -> ContactRow | None:
    """Return the contact of an address by its keyed digest; `lock` makes others who change it wait."""
    query = select(ContactRow).where(ContactRow.channel == channel, ContactRow.address_digest == digest)
    return await session.scalar(query.with_for_update() if lock else query)


async def add_contact(session: AsyncSession, contact: ContactRow) -> ContactRow:
    """Store a new contact, or return the one that another process stored first; either way it is locked."""
    try:
        async with session.begin_nested():
            session.add(contact)
    except IntegrityError:
        found = await find_contact(session, contact.channel, contact.address_digest, lock=True)
        if found is None:
            raise
        return found
    return contact


async def running_subscriptions(session: AsyncSession, contact_id: int) -> Sequence[SubscriptionRow]:
    """Return the running subscriptions of a contact, oldest first."""
    query = select(SubscriptionRow).where(SubscriptionRow.contact_id == contact_id, SubscriptionRow.ended_at.is_(None))
    return (await session.scalars(query.order_by(SubscriptionRow.id))).all()


async def consents(session: AsyncSession, contact_id: int) -> Sequence[ConsentRow]:
    """Return every consent given or withdrawn by a contact, oldest first."""
    query = select(ConsentRow).where(ConsentRow.contact_id == contact_id)
    return (await session.scalars(query.order_by(ConsentRow.id))).all()


async def purge(session: AsyncSession, before: datetime) -> None:
    """Delete each contact without a running subscription whose last change is older than `before`, with its log."""
    runs = exists().where(SubscriptionRow.contact_id == ContactRow.id, SubscriptionRow.ended_at.is_(None))
    changed = exists().where(ConsentRow.contact_id == ContactRow.id, ConsentRow.at >= before)
    ended = exists().where(SubscriptionRow.contact_id == ContactRow.id, SubscriptionRow.ended_at >= before)
    await session.execute(
        delete(ContactRow)
        .where(ContactRow.created_at < before, ~runs, ~changed, ~ended)
        .execution_options(synchronize_session=False)
    )
