"""How many residents a topic reaches, by channel and by district: what staff choose an audience by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, distinct, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.audience.filters import Audience
from notifier.audience.query import recipients
from notifier.subscriptions.models import SubscriptionDistrictRow, SubscriptionRow


@dataclass(frozen=True)
class Reach:
    """Counts of the moment of looking; a resident on two channels counts on each.

    `everywhere` are those who asked for the whole city, so they get what is about any district.
    """

    by_channel: Mapping[str, int]
    everywhere: int
    in_district: Mapping[str, int]
    """Those who asked only for some districts, by each of these."""

    def of_district(self, district: str) -> int:
        """Return how many get a message about that district alone."""
        return self.everywhere + self.in_district.get(district, 0)


async def reach(session: AsyncSession, topic: str, now: datetime) -> Reach:
    """Count whom a topic reaches."""
    everyone = recipients(Audience(frozenset({topic})), now).subquery()
    by_channel = select(everyone.c.channel, func.count()).group_by(everyone.c.channel)
    runs = and_(
        SubscriptionRow.contact_id == everyone.c.id,
        SubscriptionRow.topic == topic,
        SubscriptionRow.ended_at.is_(None),
    )
    limited = exists().where(SubscriptionDistrictRow.subscription_id == SubscriptionRow.id)
    everywhere = select(func.count()).select_from(everyone).join(SubscriptionRow, runs).where(~limited)
    by_district = (
        select(SubscriptionDistrictRow.district, func.count(distinct(everyone.c.id)))
        .select_from(everyone)
        .join(SubscriptionRow, runs)
        .join(SubscriptionDistrictRow, SubscriptionDistrictRow.subscription_id == SubscriptionRow.id)
        .group_by(SubscriptionDistrictRow.district)
    )
    return Reach(
        {row[0]: row[1] for row in await session.execute(by_channel)},
        await session.scalar(everywhere) or 0,
        {row[0]: row[1] for row in await session.execute(by_district)},
    )
