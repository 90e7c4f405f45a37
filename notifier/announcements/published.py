"""What residents may read of the city's announcements: the latest ones, and the events among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.clock import Clock
from core.database import Database, ReadTogether
from notifier.announcements.chains import event_ids
from notifier.announcements.content import WEB, EventDetails, content_of
from notifier.announcements.models import AnnouncementRow
from notifier.announcements.repository import is_readable
from notifier.announcements.texts import filled


@dataclass(frozen=True)
class PublishedAnnouncement:
    """An announcement as residents read it in the chat and in open data; `published_at` in UTC."""

    id: int
    title: str
    text: str
    published_at: datetime


@dataclass(frozen=True)
class PublishedEvent:
    """An event, and what was told of it last.

    `id` stays the same through all corrections. One that is called off keeps the time and place it had.
    """

    id: str
    details: EventDetails
    is_called_off: bool
    told: PublishedAnnouncement


class PublishedAnnouncements:
    """Reads what is published and still holds: neither corrected, nor taken back, cancelled or out of date."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._events = ReadTogether(database, self._load_events)

    async def latest(self, limit: int) -> Sequence[PublishedAnnouncement]:
        """Return the latest announcements, the newest first."""
        newest_first = AnnouncementRow.published_at.desc(), AnnouncementRow.id.desc()
        query = select(AnnouncementRow).where(is_readable(self._clock.now())).order_by(*newest_first).limit(limit)
        async with self._database.read() as session:
            return [_shown(row) for row in await session.scalars(query)]

    async def events(self) -> Sequence[PublishedEvent]:
        """Return the announced events that may not be over, also those called off, in the order they were told."""
        return await self._events.read()

    async def _load_events(self, session: AsyncSession) -> Sequence[PublishedEvent]:
        now, row, corrected = self._clock.now(), AnnouncementRow, aliased(AnnouncementRow)
        # A retraction has no event. One without an end lasts as long as its day.
        own_end, former_end = ((each.event_ends_at, each.event_starts_at) for each in (row, corrected))
        query = (
            select(row, corrected)
            .outerjoin(corrected, corrected.id == row.corrects_id)
            .where(is_readable(now), func.coalesce(*own_end, *former_end) > now - timedelta(days=1))
            .order_by(row.id)
        )
        found = (await session.execute(query)).all()
        ids = await event_ids(session, [told for told, _ in found])
        return [event for told, before in found if (event := _event(ids[told.id], told, before))]


def _event(event_id: str, row: AnnouncementRow, corrected: AnnouncementRow | None) -> PublishedEvent | None:
    own = content_of(row).event
    details = own or (content_of(corrected).event if corrected else None)
    if details is None:
        return None
    return PublishedEvent(event_id, details, own is None, _shown(row))


def _shown(row: AnnouncementRow) -> PublishedAnnouncement:
    content = content_of(row)
    return PublishedAnnouncement(
        row.id,
        filled(content.title, content.event),
        filled(content.text_for(WEB), content.event),
        row.published_at or row.created_at,
    )
