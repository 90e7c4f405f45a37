"""Queries of counts on subscribers, deliveries and what was spent.

A contact counts as a subscriber while it is active and at least one of its subscriptions runs. Deliveries belong to the
day on which their broadcast was published, whenever they went out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.period import Period
from notifier.announcements.models import AnnouncementRow
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.counts import DeliveryCount, delivery_counts
from notifier.spending.models import SpendingRow
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionDistrictRow, SubscriptionRow

_IS_RUNNING = (SubscriptionRow.contact_id == ContactRow.id, SubscriptionRow.ended_at.is_(None))
_IS_ACTIVE = ContactRow.state == "active"


@dataclass(frozen=True)
class Published:
    """A broadcast; `announcement_id` is None for an alert or a reminder."""

    id: int
    kind: str
    title: str
    created_at: datetime
    announcement_id: int | None


async def subscribers_by_channel(session: AsyncSession) -> Mapping[str, int]:
    """Return how many subscribers there are now, by channel; a resident on two channels counts on each."""
    query = select(ContactRow.channel, func.count()).where(_IS_ACTIVE, exists().where(*_IS_RUNNING))
    return {row[0]: row[1] for row in await session.execute(query.group_by(ContactRow.channel))}


async def subscribers_by_topic(session: AsyncSession) -> Mapping[str, int]:
    """Return how many subscribers each topic has now."""
    query = select(SubscriptionRow.topic, func.count()).join(ContactRow).where(_IS_ACTIVE, _IS_RUNNING[1])
    return {row[0]: row[1] for row in await session.execute(query.group_by(SubscriptionRow.topic))}


async def subscribers_by_district(session: AsyncSession) -> Mapping[str, int]:
    """Return how many subscribers chose each district; whoever chose several counts in each."""
    contacts = func.count(SubscriptionRow.contact_id.distinct())
    query = select(SubscriptionDistrictRow.district, contacts).join(SubscriptionRow).join(ContactRow)
    query = query.where(_IS_ACTIVE, _IS_RUNNING[1]).group_by(SubscriptionDistrictRow.district)
    return {row[0]: row[1] for row in await session.execute(query)}


async def changes_of_mind(session: AsyncSession, period: Period) -> Mapping[tuple[str, str], int]:
    """Return how many consents were "given" and "withdrawn" in a period, by channel and action; one a topic."""
    within = ConsentRow.at >= period.since, ConsentRow.at < period.until
    query = select(ConsentRow.channel, ConsentRow.action, func.count()).where(*within)
    found = await session.execute(query.group_by(ConsentRow.channel, ConsentRow.action))
    return {(channel, action): count for channel, action, count in found}


async def deliveries(session: AsyncSession, period: Period) -> list[DeliveryCount]:
    """Return the deliveries of the broadcasts of a period; one that was repeated counts each time.

    They are read once for every figure about them, because there are the most of them.
    """
    return await delivery_counts(session, select(BroadcastRow.id).where(*_published(period)))


async def published(session: AsyncSession, period: Period) -> list[Published]:
    """Return the broadcasts of a period, the newest first."""
    shown = BroadcastRow.id, BroadcastRow.kind, BroadcastRow.title, BroadcastRow.created_at, AnnouncementRow.id
    joined = select(*shown).outerjoin(AnnouncementRow, AnnouncementRow.broadcast_id == BroadcastRow.id)
    newest = joined.where(*_published(period)).order_by(BroadcastRow.created_at.desc(), BroadcastRow.id.desc())
    return [Published(*row) for row in await session.execute(newest)]


async def spending(session: AsyncSession, period: Period) -> Mapping[date, Mapping[str, int]]:
    """Return the parts that were paid for, by Polish day and channel; days on which nothing was sent are left out."""
    within = SpendingRow.day >= period.first, SpendingRow.day <= period.last
    found: dict[date, dict[str, int]] = {}
    for row in await session.scalars(select(SpendingRow).where(*within).order_by(SpendingRow.day, SpendingRow.channel)):
        found.setdefault(row.day, {})[row.channel] = row.parts
    return found


def _published(period: Period) -> tuple[ColumnElement[bool], ...]:
    return BroadcastRow.created_at >= period.since, BroadcastRow.created_at < period.until
