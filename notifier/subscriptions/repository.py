"""Queries on contacts, subscriptions and consents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.subscriptions.models import (
    ConsentRow,
    ContactRow,
    LinkCodeRow,
    SignUpRow,
    SubscriptionDistrictRow,
    SubscriptionRow,
)


async def find_contact(session: AsyncSession, channel: str, digest: str, *, lock: bool = False) -> ContactRow | None:
    """Return the contact of an address by its keyed digest; `lock` makes others who change it wait."""
    query = select(ContactRow).where(ContactRow.channel == channel, ContactRow.address_digest == digest)
    return await session.scalar(query.with_for_update() if lock else query)


async def find_by_link(session: AsyncSession, link_digest: str, *, lock: bool = False) -> ContactRow | None:
    """Return the contact whose own page has that address; `lock` makes others who change it wait."""
    query = select(ContactRow).where(ContactRow.link_digest == link_digest)
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


async def districts_of(session: AsyncSession, subscription_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the districts of subscriptions in their order of letters; one for the whole city has none."""
    query = select(SubscriptionDistrictRow).where(SubscriptionDistrictRow.subscription_id.in_(subscription_ids))
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for row in await session.scalars(query.order_by(SubscriptionDistrictRow.district)):
        found[row.subscription_id] += (row.district,)
    return found


async def replace_districts(session: AsyncSession, subscription_id: int, districts: Iterable[str]) -> None:
    """Limit a subscription to these districts, or to none: the whole city."""
    await session.execute(
        delete(SubscriptionDistrictRow).where(SubscriptionDistrictRow.subscription_id == subscription_id)
    )
    rows = (SubscriptionDistrictRow(subscription_id=subscription_id, district=name) for name in sorted(set(districts)))
    session.add_all(rows)
    await session.flush()


async def consents(session: AsyncSession, contact_id: int) -> Sequence[ConsentRow]:
    """Return every consent given or withdrawn by a contact, oldest first."""
    query = select(ConsentRow).where(ConsentRow.contact_id == contact_id)
    return (await session.scalars(query.order_by(ConsentRow.id))).all()


async def purge_sign_ups(session: AsyncSession, now: datetime) -> None:
    """Delete what waits for a code that never came: sign-ups on the web, and accounts that asked to be linked."""
    await session.execute(delete(SignUpRow).where(SignUpRow.expires_at <= now))
    await session.execute(delete(LinkCodeRow).where(LinkCodeRow.expires_at <= now))
