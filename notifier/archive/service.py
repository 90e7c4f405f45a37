"""The archive that residents read: announcements and alerts together, each with what became of it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from notifier.alerts.models import AlertMessageRow
from notifier.alerts.repository import by_identifier
from notifier.announcements.chains import event_ids
from notifier.announcements.content import WEB, content_of
from notifier.announcements.models import AnnouncementRow
from notifier.announcements.states import PUBLISHED, AnnouncementState
from notifier.announcements.texts import filled
from notifier.archive import repository
from notifier.archive.entry import Entry, Kind, Page, Standing
from notifier.archive.repository import ALERTS, ANNOUNCEMENTS, PARTS, Place, Successor

ON_A_PAGE = 20
_LARGEST_NUMBER = 2**31 - 1


class Archive:
    """Reads everything that was sent; `samples` of alerts count only in the demo, which has nothing else."""

    def __init__(self, database: Database, clock: Clock, *, samples: bool) -> None:
        self._database = database
        self._clock = clock
        self._samples = samples

    async def page(self, number: int, parts: Collection[str] = PARTS) -> Page:
        """Return a page; the first or the last one instead of one that does not exist."""
        async with self._database.read() as session:
            total = await repository.count(session, parts, samples=self._samples)
            last = max(1, -(-total // ON_A_PAGE))
            shown = min(max(number, 1), last)
            places = await repository.newest(session, parts, ON_A_PAGE, (shown - 1) * ON_A_PAGE, samples=self._samples)
            return Page(await self._entries(session, places), shown, last)

    async def latest_announcements(self, limit: int) -> tuple[Entry, ...]:
        """Return the newest announcements, also those that no longer hold."""
        async with self._database.read() as session:
            places = await repository.newest(session, {ANNOUNCEMENTS}, limit, 0, samples=False)
            return await self._entries(session, places)

    async def announcement(self, number: int) -> Entry | None:
        """Return the announcement of a number, None when residents may not read one."""
        if not 0 < number <= _LARGEST_NUMBER:
            return None
        async with self._database.read() as session:
            found = await self._entries(session, [Place(ANNOUNCEMENTS, number)])
        return found[0] if found else None

    async def alert(self, identifier: str) -> Entry | None:
        """Return the alert of a CAP identifier, None when there is none."""
        async with self._database.read() as session:
            row = await by_identifier(session, identifier, samples=self._samples)
            return (await self._entries(session, [Place(ALERTS, row.id)]))[0] if row else None

    async def _entries(self, session: AsyncSession, places: Iterable[Place]) -> tuple[Entry, ...]:
        """Return what lies at these places, in their order."""
        order = list(places)
        numbers = [place.id for place in order if place.part == ANNOUNCEMENTS]
        announcements = await repository.announcements(session, numbers)
        overtaken = await repository.successors(session, numbers)
        events = await event_ids(session, list(announcements.values()))
        alerts = await repository.alerts(session, [place.id for place in order if place.part == ALERTS])
        ended = await repository.ended_episodes(session, {row.episode_id for row in alerts.values()})
        now = self._clock.now()
        found = {
            **{
                Place(ANNOUNCEMENTS, number): _announcement(row, overtaken.get(number), events[number], now)
                for number, row in announcements.items()
            },
            **{Place(ALERTS, n): _alert(row, ended.get(row.episode_id), now) for n, row in alerts.items()},
        }
        return tuple(found[place] for place in order if place in found)


def _announcement(row: AnnouncementRow, successor: Successor | None, event_id: str, now: datetime) -> Entry:
    content, published_at = content_of(row), row.published_at or row.created_at
    return Entry(
        str(row.id),
        _kind(row),
        _standing(row, successor, now),
        filled(content.title, content.event),
        filled(content.text_for(WEB), content.event),
        published_at,
        successor.at if successor else published_at,
        until=_until(row),
        event=content.event,
        event_id=event_id,
        corrects=content.corrects,
        successor=successor.id if successor else None,
    )


def _kind(row: AnnouncementRow) -> Kind:
    if row.corrects_id is not None:
        return Kind.RETRACTION if row.is_retraction else Kind.CORRECTION
    return Kind.EVENT if row.event_starts_at else Kind.ANNOUNCEMENT


def _standing(row: AnnouncementRow, successor: Successor | None, now: datetime) -> Standing:
    if successor:
        return Standing.TAKEN_BACK if successor.is_retraction else Standing.CORRECTED
    until = _until(row)
    if until and until <= now:
        return Standing.OVER
    return Standing.VALID if AnnouncementState(row.state) in PUBLISHED else Standing.STOPPED


def _until(row: AnnouncementRow) -> datetime | None:
    """Return until when it is of use: an event until its end, although nobody is invited to it after its start."""
    return row.expires_at or row.event_ends_at or row.event_starts_at


def _alert(row: AlertMessageRow, ended_at: datetime | None, now: datetime) -> Entry:
    sent_at = row.sent_at or row.created_at
    is_all_clear = row.level is None
    is_over = not is_all_clear and (row.expires_at <= now or (ended_at is not None and ended_at >= sent_at))
    return Entry(
        str(row.identifier),
        Kind.ALL_CLEAR if is_all_clear else Kind.ALERT,
        Standing.OVER if is_over else Standing.VALID,
        row.title,
        row.body,
        sent_at,
        sent_at,
        until=None if is_all_clear else row.expires_at,
        sample=row.sample,
    )
