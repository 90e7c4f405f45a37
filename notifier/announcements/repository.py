"""Queries on announcements."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.announcements.errors import UnknownAnnouncementError
from notifier.announcements.models import AnnouncementRow
from notifier.broadcasts.models import BroadcastRow


async def get(session: AsyncSession, announcement_id: int, *, lock: bool = False) -> AnnouncementRow:
    """Return an announcement; `lock` makes others who change it wait until the unit of work ends.

    Raises:
        UnknownAnnouncementError: there is none of that number.
    """
    query = select(AnnouncementRow).where(AnnouncementRow.id == announcement_id)
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise UnknownAnnouncementError(announcement_id)
    return found


async def latest_published(session: AsyncSession, limit: int) -> list[tuple[AnnouncementRow, datetime]]:
    """Return the announcements on their way to residents with the moment of publication, the newest first."""
    query = (
        select(AnnouncementRow, BroadcastRow.created_at)
        .join(BroadcastRow, AnnouncementRow.broadcast_id == BroadcastRow.id)
        .order_by(BroadcastRow.created_at.desc(), AnnouncementRow.id.desc())
        .limit(limit)
    )
    return [(row, published_at) for row, published_at in await session.execute(query)]
