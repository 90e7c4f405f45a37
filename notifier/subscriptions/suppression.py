"""Addresses to which nothing is sent: kept as digests, so that they outlive the contact and stop a later import."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.database import insert_into
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionRow, SuppressionRow

Reason = Literal["asked", "gone", "complaint"]


async def suppress(session: AsyncSession, channel: str, digest: str, reason: Reason, now: datetime) -> None:
    """Send nothing more to an address; a complaint stays a complaint, whatever comes later."""
    row = {"channel": channel, "address_digest": digest, "reason": reason, "at": now}
    # In one statement, because two ways to stop may be taken at once.
    await session.execute(
        insert_into(session, SuppressionRow)
        .values(row)
        .on_conflict_do_update(
            index_elements=["channel", "address_digest"],
            set_={"reason": reason, "at": now},
            where=SuppressionRow.reason != "complaint",
        )
    )


async def reason_against(session: AsyncSession, channel: str, digest: str) -> Reason | None:
    """Return why nothing is sent to an address, None when it may be written to."""
    query = select(SuppressionRow.reason).where(
        SuppressionRow.channel == channel, SuppressionRow.address_digest == digest
    )
    return cast("Reason | None", await session.scalar(query))


async def lift(session: AsyncSession, channel: str, digest: str) -> None:
    """Allow sending again, because the owner of the address signed up anew."""
    await session.execute(
        delete(SuppressionRow).where(SuppressionRow.channel == channel, SuppressionRow.address_digest == digest)
    )


async def end_gone(session: AsyncSession, contact_ids: Sequence[int], now: datetime) -> None:
    """End contacts that the provider can no longer reach, with all their subscriptions."""
    await _end(session, contact_ids, "gone", now)


async def end_stopped(session: AsyncSession, contact_ids: Sequence[int], now: datetime) -> None:
    """End contacts who told the provider STOP, with all their subscriptions; the log of consents says so."""
    running = SubscriptionRow.contact_id.in_(contact_ids), SubscriptionRow.ended_at.is_(None)
    query = select(ContactRow, SubscriptionRow.topic).join(SubscriptionRow).where(*running)
    for contact, topic in (await session.execute(query.order_by(SubscriptionRow.id))).all():
        session.add(await _withdrawn(session, contact, topic, now))
    await session.flush()
    await _end(session, contact_ids, "stopped", now)


async def _end(
    session: AsyncSession, contact_ids: Sequence[int], state: Literal["gone", "stopped"], now: datetime
) -> None:
    chosen = ContactRow.id.in_(contact_ids)
    contacts = (await session.execute(select(ContactRow.channel, ContactRow.address_digest).where(chosen))).all()
    for channel, digest in sorted(set(contacts)):
        await suppress(session, channel, digest, "gone" if state == "gone" else "asked", now)
    await session.execute(update(ContactRow).where(chosen).values(state=state))
    running = SubscriptionRow.contact_id.in_(contact_ids), SubscriptionRow.ended_at.is_(None)
    await session.execute(update(SubscriptionRow).where(*running).values(ended_at=now))


async def _withdrawn(session: AsyncSession, contact: ContactRow, topic: str, now: datetime) -> ConsentRow:
    """Return the entry that a topic's consent was withdrawn at the provider, with the text it was given to."""
    given = ConsentRow.contact_id == contact.id, ConsentRow.topic == topic, ConsentRow.action == "given"
    latest = select(ConsentRow.text_version).where(*given).order_by(ConsentRow.id.desc()).limit(1)
    return ConsentRow(
        contact_id=contact.id,
        topic=topic,
        action="withdrawn",
        at=now,
        text_version=await session.scalar(latest) or "",
        channel=contact.channel,
        source="provider",
    )
