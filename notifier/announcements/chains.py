"""Chains of corrections: what an announcement corrects or takes back, what that one corrects, back to the first."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.announcements.models import AnnouncementRow


async def event_ids(session: AsyncSession, rows: Collection[AnnouncementRow]) -> Mapping[int, str]:
    """Return by number what calendars know the event of each announcement by; it outlives every correction."""
    first = {row.id: row.id for row in rows}
    if later := [row.id for row in rows if row.corrects_id is not None]:
        number, corrects = AnnouncementRow.id, AnnouncementRow.corrects_id
        chain = select(number.label("last"), number, corrects).where(number.in_(later)).cte(recursive=True)
        chain = chain.union_all(select(chain.c.last, number, corrects).where(number == chain.c.corrects_id))
        ends = await session.execute(select(chain.c.last, chain.c.id).where(chain.c.corrects_id.is_(None)))
        first.update(ends.all())
    return {number: f"announcement-{start}" for number, start in first.items()}
