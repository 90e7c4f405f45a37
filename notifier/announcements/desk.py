"""Announcements as people of the staff work on them: each step asks first whether this person may make it."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from core.database import Database
from core.staff import actor as staff
from core.staff.errors import PermissionRefusedError
from core.staff.permissions import Permission
from notifier.announcements.content import Content
from notifier.announcements.listing import Line, listed, successors
from notifier.announcements.models import AnnouncementMoveRow, ReminderRow
from notifier.announcements.moves import Actor
from notifier.announcements.repository import reminders, writers
from notifier.announcements.sending import Sending
from notifier.announcements.service import Announcements
from notifier.announcements.states import AnnouncementState
from notifier.announcements.view import Announcement
from notifier.deliveries.progress import Progress

_READ = Permission.READ_ANNOUNCEMENTS
_WRITE, _APPROVE = Permission.WRITE_ANNOUNCEMENTS, Permission.APPROVE_ANNOUNCEMENTS


def may_run(person: staff.Actor) -> bool:
    """Whether somebody may send, halt and stop what is approved: whoever writes announcements or approves them."""
    return person.may(_WRITE) or person.may(_APPROVE)


def require_running(person: staff.Actor) -> None:
    """Go on only when somebody may send, halt and stop.

    Raises:
        PermissionRefusedError: they may not.
    """
    if not may_run(person):
        raise PermissionRefusedError(_APPROVE)


class AnnouncementDesk:
    """The steps of `Announcements` and `Sending` for people; PermissionRefusedError for a step that is not theirs."""

    def __init__(self, database: Database, announcements: Announcements, sending: Sending) -> None:
        self._database = database
        self._announcements = announcements
        self._sending = sending

    async def listed(
        self, person: staff.Actor, states: Sequence[AnnouncementState], limit: int, before_id: int | None = None
    ) -> Sequence[Line]:
        """Return announcements in some states, the newest first; `before_id` continues an earlier list."""
        person.require(_READ)
        async with self._database.read() as session:
            return await listed(session, states, limit, before_id)

    async def show(self, person: staff.Actor, number: int) -> Announcement:
        """Return an announcement as it stands."""
        person.require(_READ)
        return await self._announcements.show(number)

    async def history(self, person: staff.Actor, number: int) -> Sequence[AnnouncementMoveRow]:
        """Return everything that was done with it, the oldest first."""
        person.require(_READ)
        return await self._announcements.history(number)

    async def reminders(self, person: staff.Actor, number: int) -> Sequence[ReminderRow]:
        """Return the reminders of its event, the earliest first; none before it is published."""
        person.require(_READ)
        async with self._database.read() as session:
            return await reminders(session, number)

    async def successors(self, person: staff.Actor, number: int) -> Sequence[Line]:
        """Return what corrects it or takes it back, the newest first."""
        person.require(_READ)
        async with self._database.read() as session:
            return await successors(session, number)

    async def may_approve(self, person: staff.Actor, number: int) -> bool:
        """Whether somebody may approve it: they have the role and had no hand in it."""
        if not person.may(_APPROVE):
            return False
        async with self._database.read() as session:
            return person.name.casefold() not in {name.casefold() for name in await writers(session, number)}

    async def write(self, person: staff.Actor, content: Content, key: str) -> Announcement:
        """Store a new draft; the same `key` again is the same draft again."""
        person.require(_WRITE)
        return await self._announcements.draft(content, Actor(person.name), key)

    async def edit(self, person: staff.Actor, number: int, content: Content, version: int) -> Announcement:
        """Replace the content of that version."""
        person.require(_WRITE)
        return await self._announcements.edit(number, content, Actor(person.name), version)

    async def submit(self, person: staff.Actor, number: int) -> Announcement:
        """Hand it over for approval."""
        person.require(_WRITE)
        return await self._announcements.submit(number, Actor(person.name))

    async def send_back(self, person: staff.Actor, number: int, reason: str) -> Announcement:
        """Return it to its author, who is told why."""
        person.require(_APPROVE)
        return await self._announcements.send_back(number, Actor(person.name), reason)

    async def approve(self, person: staff.Actor, number: int, version: int) -> Announcement:
        """Approve the version that was read."""
        person.require(_APPROVE)
        return await self._announcements.approve(number, Actor(person.name), version)

    async def schedule(self, person: staff.Actor, number: int, at: datetime) -> Announcement:
        """Let it go out by itself at an aware moment."""
        require_running(person)
        return await self._announcements.schedule(number, Actor(person.name), at)

    async def publish(self, person: staff.Actor, number: int) -> Announcement:
        """Send it to its audience."""
        require_running(person)
        return await self._announcements.publish(number, Actor(person.name))

    async def pause(self, person: staff.Actor, number: int) -> Announcement:
        """Halt the sending."""
        require_running(person)
        return await self._announcements.pause(number, Actor(person.name))

    async def resume(self, person: staff.Actor, number: int) -> Announcement:
        """Send the rest."""
        require_running(person)
        return await self._announcements.resume(number, Actor(person.name))

    async def cancel(self, person: staff.Actor, number: int, reason: str) -> Announcement:
        """Stop it for good."""
        require_running(person)
        return await self._announcements.cancel(number, Actor(person.name), reason)

    async def repeat(self, person: staff.Actor, number: int) -> int:
        """Try those again whom it failed to reach and may reach now; return how many."""
        require_running(person)
        return await self._sending.repeat(number, Actor(person.name))

    async def progress(self, person: staff.Actor, number: int) -> Progress:
        """Return how far its sending is now."""
        person.require(_READ)
        return await self._sending.progress(number)

    async def watch(self, person: staff.Actor, number: int) -> AsyncIterator[Progress]:
        """Return what tells how far its sending is, at each news, until nothing more goes out."""
        person.require(_READ)
        return self._sending.watch(await self._sending.broadcast(number))
