"""What announcements bring between two moments: what went out or will, the events, and their reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.announcements.content import content_of
from notifier.announcements.models import AnnouncementRow, ReminderRow
from notifier.announcements.reminders import BEFORE, planned
from notifier.announcements.repository import is_overtaken
from notifier.announcements.states import PUBLISHED, AnnouncementState

Kind = Literal["scheduled", "sent", "event", "week", "day"]

_PUBLISHED = [state.value for state in PUBLISHED]
_TO_COME = [*_PUBLISHED, AnnouncementState.APPROVED.value, AnnouncementState.SCHEDULED.value]


@dataclass(frozen=True)
class Entry:
    """Something on a day: at which moment (UTC), what, and of which announcement; „week” and „day” are reminders."""

    at: datetime
    kind: Kind
    announcement_id: int
    title: str


class Calendar:
    """Reads what lies on the days."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def between(self, actor: Actor, start: datetime, end: datetime) -> Sequence[Entry]:
        """Return what lies between two moments, the earliest first."""
        actor.require(Permission.READ_ANNOUNCEMENTS)
        async with self._database.read() as session:
            entries = [
                *await _own(session, start, end),
                *await _reminders(session, start, end),
                *await _reminders_to_be(session, start, end),
            ]
        return sorted(entries, key=lambda entry: (entry.at, entry.announcement_id))


async def _own(session: AsyncSession, start: datetime, end: datetime) -> list[Entry]:
    row, found = AnnouncementRow, []
    kinds: tuple[tuple[Kind, InstrumentedAttribute[datetime | None], ColumnElement[bool]], ...] = (
        ("scheduled", row.scheduled_at, row.state == AnnouncementState.SCHEDULED.value),
        ("sent", row.published_at, row.state.in_(_PUBLISHED)),
        # An event that was moved or called off does not take place then.
        ("event", row.event_starts_at, row.state.in_(_TO_COME) & ~is_overtaken()),
    )
    for kind, moment, holds in kinds:
        query = select(moment, row.id, row.title).where(holds, moment >= start, moment < end)
        found += [Entry(at, kind, number, title) for at, number, title in await session.execute(query) if at]
    return found


async def _reminders(session: AsyncSession, start: datetime, end: datetime) -> list[Entry]:
    query = (
        select(ReminderRow.due_at, ReminderRow.kind, AnnouncementRow.id, AnnouncementRow.title)
        .join(AnnouncementRow, AnnouncementRow.id == ReminderRow.announcement_id)
        .where(ReminderRow.state != "skipped", ReminderRow.due_at >= start, ReminderRow.due_at < end)
    )
    rows = await session.execute(query)
    return [Entry(*row) for row in rows]


async def _reminders_to_be(session: AsyncSession, start: datetime, end: datetime) -> list[Entry]:
    """Return the reminders that what is scheduled will bring."""
    query = select(AnnouncementRow).where(
        AnnouncementRow.state == AnnouncementState.SCHEDULED.value,
        AnnouncementRow.event_starts_at >= start,
        AnnouncementRow.event_starts_at < end + 2 * max(BEFORE.values()),
    )
    return [
        Entry(reminder.due_at, reminder.kind, row.id, row.title)
        for row in await session.scalars(query)
        for reminder in _planned(row)
        if start <= reminder.due_at < end
    ]


def _planned(row: AnnouncementRow) -> list[ReminderRow]:
    event = content_of(row).event
    if event is None or row.scheduled_at is None:
        return []
    return [reminder for reminder in planned(row.id, event, row.scheduled_at) if reminder.state == "waiting"]
