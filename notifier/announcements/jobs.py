"""What announcements do by themselves: go out at their time, come to an end, and remind of their events."""

from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from notifier.announcements.content import content_of
from notifier.announcements.errors import AnnouncementError, ContentChangedError, ContentRefusedError
from notifier.announcements.moves import SYSTEM, move
from notifier.announcements.publishing import audience_of
from notifier.announcements.reminders import send_due, skip
from notifier.announcements.repository import due, finished, get, outdated, with_due_reminders
from notifier.announcements.rules import House
from notifier.announcements.service import Announcements
from notifier.announcements.states import MOVES, PUBLISHED, Action, AnnouncementState
from notifier.broadcasts.service import BroadcastState, set_state

_log = get_logger(__name__)

CHANGED = "treść zmieniła się po zatwierdzeniu"
CORRECTED = "to samo prostuje albo odwołuje już komunikat {number}"
"""Why the product returns an announcement to its author."""


class AnnouncementJobs:
    """Regular work on announcements; every step may be repeated at any time, also by another process."""

    def __init__(self, announcements: Announcements, database: Database, clock: Clock, house: House) -> None:
        self._announcements = announcements
        self._database = database
        self._clock = clock
        self._house = house

    async def run(self) -> bool:
        """Do all of it, each announcement in a unit of work of its own; return whether a reminder went out."""
        now = self._clock.now()
        async with self._database.read() as session:
            ended = await outdated(session, MOVES[Action.EXPIRE].sources, now)
        for announcement_id in ended:
            await self._settle(announcement_id, Action.EXPIRE)
        async with self._database.read() as session:
            ready = await due(session, now)
        for announcement_id in ready:
            await self._publish(announcement_id)
        async with self._database.read() as session:
            done, remembered = await finished(session), await with_due_reminders(session, now)
        for announcement_id in done:
            await self._settle(announcement_id, Action.FINISH)
        reminded = [await self._remind(announcement_id) for announcement_id in remembered]
        return any(reminded)

    async def _publish(self, announcement_id: int) -> None:
        try:
            await self._announcements.publish(announcement_id, SYSTEM)
        except ContentChangedError:
            _log.error("announcement_changed_after_approval", announcement=announcement_id)
            await self._announcements.send_back(announcement_id, SYSTEM, CHANGED)
        except AnnouncementError as error:
            if isinstance(error, ContentRefusedError) and error.problem == "corrected_already":
                await self._announcements.send_back(announcement_id, SYSTEM, CORRECTED.format(number=error.what))
            # Somebody else was faster, or it went out of date this very moment: the next run sees to it.
            _log.info("announcement_not_published", announcement=announcement_id, reason=type(error).__name__)

    async def _settle(self, announcement_id: int, action: Action) -> None:
        """End an announcement, unless somebody moved it in the meantime."""
        now = self._clock.now()
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            if AnnouncementState(row.state) not in MOVES[action].sources:
                return
            await move(session, row, action, SYSTEM, now)
            if action is Action.EXPIRE and row.broadcast_id is not None:
                await set_state(session, row.broadcast_id, BroadcastState.CANCELLED, now)
                await skip(session, row.id, "expired")

    async def _remind(self, announcement_id: int) -> bool:
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            content = content_of(row)
            if AnnouncementState(row.state) not in PUBLISHED or row.approved_hash != content.hash():
                await skip(session, row.id, "cancelled")
                return False
            audience = await audience_of(session, content)
            return await send_due(session, row, content, audience, self._house.texts, self._clock.now())
