"""Chains of corrections: what an announcement corrects or takes back, what that one corrects, back to the first."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.announcements.errors import ContentRefusedError
from notifier.announcements.models import AnnouncementRow
from notifier.announcements.repository import is_overtaken
from notifier.announcements.states import AnnouncementState

# None of these is on its way to residents, so another correction may be.
_ASIDE = {AnnouncementState.DRAFT, AnnouncementState.RETURNED, AnnouncementState.CANCELLED, AnnouncementState.EXPIRED}


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


async def check_alone(session: AsyncSession, corrects: int, own: int | None = None) -> None:
    """Check that nothing but the announcement `own` corrects that one or takes it back; what is a draft does not count.

    Raises:
        ContentRefusedError: another one was handed over for approval, or went out; it is named by its number.
    """
    row = AnnouncementRow
    # Also one whose sending was broken off because it was corrected itself.
    counts = row.state.not_in([state.value for state in _ASIDE]) | is_overtaken()
    others = select(row.id).where(row.corrects_id == corrects, row.id.is_distinct_from(own), counts)
    if other := await session.scalar(others.limit(1)):
        raise ContentRefusedError("corrected_already", str(other))
