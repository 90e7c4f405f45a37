"""Announcements as lines of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.announcements.models import AnnouncementRow
from notifier.announcements.states import AnnouncementState


@dataclass(frozen=True)
class Line:
    """An announcement in a list; moments in UTC."""

    id: int
    state: AnnouncementState
    title: str
    author: str
    created_at: datetime
    scheduled_at: datetime | None
    published_at: datetime | None
    event_starts_at: datetime | None

    @classmethod
    def of(cls, row: AnnouncementRow) -> "Line":
        """Return the line of a row."""
        return cls(
            row.id,
            AnnouncementState(row.state),
            row.title,
            row.created_by,
            row.created_at,
            row.scheduled_at,
            row.published_at,
            row.event_starts_at,
        )


async def listed(
    session: AsyncSession, states: Sequence[AnnouncementState], limit: int, before_id: int | None = None
) -> Sequence[Line]:
    """Return announcements in some states, the newest first; `before_id` continues an earlier list."""
    query = select(AnnouncementRow).where(AnnouncementRow.state.in_([state.value for state in states]))
    if before_id is not None:
        query = query.where(AnnouncementRow.id < before_id)
    rows = await session.scalars(query.order_by(AnnouncementRow.id.desc()).limit(limit))
    return [Line.of(row) for row in rows]


async def successors(session: AsyncSession, announcement_id: int) -> Sequence[Line]:
    """Return what corrects an announcement or takes it back, the newest first."""
    query = select(AnnouncementRow).where(AnnouncementRow.corrects_id == announcement_id)
    return [Line.of(row) for row in await session.scalars(query.order_by(AnnouncementRow.id.desc()))]
