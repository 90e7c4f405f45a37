"""Reminders of events: a week and a day before, each once, and none that would come too close or too late."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import warsaw
from notifier.announcements.content import Content, EventDetails
from notifier.announcements.models import AnnouncementRow, ReminderKind, ReminderRow
from notifier.announcements.repository import reminders
from notifier.announcements.texts import AnnouncementTexts
from notifier.audience.filters import Audience
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish

BEFORE: dict[ReminderKind, timedelta] = {"week": timedelta(days=7), "day": timedelta(days=1)}
TOO_CLOSE = timedelta(days=1)
"""A reminder that would come sooner after the announcement than this is left out."""

# Nobody is reminded in the night.
_EARLIEST_HOUR, _LATEST_HOUR = 9, 20


def due_at(event: EventDetails, kind: ReminderKind) -> datetime:
    """Return the moment of a reminder: the hour of the event in Polish time, but at a decent hour of the day."""
    # Taken from the local time, so that the hour stays when the clocks change in between.
    local = warsaw(event.starts_at) - BEFORE[kind]
    earliest, latest = (local.replace(hour=hour, minute=0) for hour in (_EARLIEST_HOUR, _LATEST_HOUR))
    return min(max(local, earliest), latest).astimezone(UTC)


def planned(announcement_id: int, event: EventDetails, now: datetime) -> Iterator[ReminderRow]:
    """Yield the reminders of an event that is announced now."""
    for kind in BEFORE:
        moment = due_at(event, kind)
        is_too_close = moment - now < TOO_CLOSE
        yield ReminderRow(
            announcement_id=announcement_id,
            kind=kind,
            due_at=moment,
            state="skipped" if is_too_close else "waiting",
            reason="approved_too_late" if is_too_close else None,
        )


async def skip(session: AsyncSession, announcement_id: int, reason: str) -> None:
    """Leave out the reminders that are still to come."""
    for row in await reminders(session, announcement_id):
        if row.state == "waiting":
            row.state, row.reason = "skipped", reason
    await session.flush()


async def send_due(
    session: AsyncSession,
    announcement: AnnouncementRow,
    content: Content,
    audience: Audience,
    texts: AnnouncementTexts,
    now: datetime,
) -> bool:
    """Publish the reminder whose time has come, and return whether there was one; what came too late is left out."""
    event = content.event
    rows = [row for row in await reminders(session, announcement.id) if row.state == "waiting" and row.due_at <= now]
    if not rows or event is None:
        return False
    *missed, newest = rows
    # After a long stop only the nearest one is still worth reading, and none once it has begun.
    missed = rows if event.starts_at <= now else missed
    for row in missed:
        row.state, row.reason = "skipped", "missed"
    if newest in missed:
        return False
    title, body = texts.reminder(newest.kind, content.title, event)
    broadcast = Broadcast(
        f"announcement:{announcement.id}:{newest.kind}",
        BroadcastKind.ANNOUNCEMENT,
        min(audience.topics),
        title,
        body,
        now,
        event.starts_at,
        audience=audience,
    )
    newest.broadcast_id = await publish(session, broadcast)
    newest.state = "sent"
    await session.flush()
    return True
