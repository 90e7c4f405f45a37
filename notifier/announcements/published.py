"""What residents may read of the city's announcements: the latest ones, and the events among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database, ReadTogether
from notifier.announcements.content import WEB, EventDetails, content_of
from notifier.announcements.models import AnnouncementRow
from notifier.announcements.repository import readable
from notifier.announcements.texts import filled

Kind = Literal["announcement", "event", "correction", "retraction"]


@dataclass(frozen=True)
class PublishedAnnouncement:
    """An announcement as residents read it on the web, in the chat and in feeds; `published_at` in UTC."""

    id: int
    kind: Kind
    title: str
    text: str
    published_at: datetime
    districts: tuple[str, ...]
    event: EventDetails | None
    corrects: int | None


class PublishedAnnouncements:
    """Reads what is published and still holds: neither corrected, nor taken back, cancelled or out of date."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._events = ReadTogether(database, self._load_events)

    async def latest(self, limit: int) -> Sequence[PublishedAnnouncement]:
        """Return the latest announcements, the newest first."""
        now = self._clock.now()
        newest_first = AnnouncementRow.published_at.desc(), AnnouncementRow.id.desc()
        async with self._database.read() as session:
            rows = (await session.scalars(readable(now).order_by(*newest_first).limit(limit))).all()
        return [_shown(row) for row in rows]

    async def events(self) -> Sequence[PublishedAnnouncement]:
        """Return the announced events that may not be over, the next one first."""
        return await self._events.read()

    async def _load_events(self, session: AsyncSession) -> Sequence[PublishedAnnouncement]:
        now = self._clock.now()
        # One without an end lasts as long as its day.
        ends_at = func.coalesce(AnnouncementRow.event_ends_at, AnnouncementRow.event_starts_at)
        open_events = readable(now).where(ends_at > now - timedelta(days=1))
        rows = await session.scalars(open_events.order_by(AnnouncementRow.event_starts_at))
        return [_shown(row) for row in rows]


def _shown(row: AnnouncementRow) -> PublishedAnnouncement:
    content = content_of(row)
    return PublishedAnnouncement(
        row.id,
        _kind(row),
        filled(content.title, content.event),
        filled(content.text_for(WEB), content.event),
        row.published_at or row.created_at,
        content.districts,
        content.event,
        row.corrects_id,
    )


def _kind(row: AnnouncementRow) -> Kind:
    if row.is_retraction:
        return "retraction"
    if row.corrects_id is not None:
        return "correction"
    return "event" if row.event_starts_at else "announcement"
