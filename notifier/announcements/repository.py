"""Queries on announcements."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.announcements.errors import UnknownAnnouncementError
from notifier.announcements.models import AnnouncementRow


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
