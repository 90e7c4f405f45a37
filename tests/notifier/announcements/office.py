"""An office that writes announcements: Anna writes, Piotr approves, a program holds a key."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from redis.asyncio import Redis
from sqlalchemy import select, update

from content.pack import load_city
from core.database import Database
from notifier.announcements.content import Content, EventDetails
from notifier.announcements.jobs import AnnouncementJobs
from notifier.announcements.models import AnnouncementRow, ReminderRow
from notifier.announcements.moves import Actor
from notifier.announcements.published import PublishedAnnouncements
from notifier.announcements.rules import House
from notifier.announcements.service import Announcements
from notifier.announcements.states import Action, AnnouncementState
from notifier.announcements.texts import load_texts
from notifier.announcements.view import Announcement
from notifier.broadcasts.models import BroadcastRow
from tests.fakes import FrozenClock

ANNA, PIOTR, EWA = Actor("Anna Żak"), Actor("Piotr Lis"), Actor("Ewa Kos")
TITLE, BODY = "Zamknięta ulica", "Ulica Złotoryjska jest zamknięta do piątku."
NEWS = Content(TITLE, BODY)
HOUSE = House(load_texts(load_city("legnica").folder), {"piekary", "zosinek"}.__contains__)

# The steps that lead to a state from a draft.
_WAY: Mapping[AnnouncementState, tuple[Action, ...]] = {
    AnnouncementState.DRAFT: (),
    AnnouncementState.IN_REVIEW: (Action.SUBMIT,),
    AnnouncementState.RETURNED: (Action.SUBMIT, Action.RETURN),
    AnnouncementState.APPROVED: (Action.SUBMIT, Action.APPROVE),
    AnnouncementState.SCHEDULED: (Action.SUBMIT, Action.APPROVE, Action.SCHEDULE),
    AnnouncementState.SENDING: (Action.SUBMIT, Action.APPROVE, Action.PUBLISH),
    AnnouncementState.PAUSED: (Action.SUBMIT, Action.APPROVE, Action.PUBLISH, Action.PAUSE),
    AnnouncementState.SENT: (Action.SUBMIT, Action.APPROVE, Action.PUBLISH, Action.FINISH),
    AnnouncementState.CANCELLED: (Action.CANCEL,),
    AnnouncementState.EXPIRED: (Action.EXPIRE,),
}


class Office:
    """Announcements with everything around them, and short ways to a state."""

    def __init__(self, database: Database, redis: Redis, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock
        self.announcements = Announcements(database, redis, clock, HOUSE)
        self.jobs = AnnouncementJobs(self.announcements, database, clock, HOUSE)
        self.published = PublishedAnnouncements(database, clock)

    def event(self, after: timedelta = timedelta(days=20), registration: str | None = None) -> EventDetails:
        """Return an event that begins after that much time."""
        return EventDetails(self.clock.now() + after, "Rynek 1", registration=registration)

    async def brought_to(
        self, state: AnnouncementState, content: Content = NEWS, author: Actor = ANNA, approver: Actor = PIOTR
    ) -> int:
        """Return the number of a new announcement in that state."""
        number = (await self.announcements.draft(content, author)).id
        for action in _WAY[state]:
            await self.does(action, number, approver if action in {Action.APPROVE, Action.RETURN} else author)
        return number

    async def does(self, action: Action, number: int, actor: Actor, content: Content = NEWS) -> Announcement:
        """Let somebody do something with an announcement."""
        match action:
            case Action.EDIT:
                return await self.announcements.edit(number, content, actor)
            case Action.RETURN:
                return await self.announcements.send_back(number, actor, "Brak godziny")
            case Action.SCHEDULE:
                return await self.announcements.schedule(number, actor, self.clock.now() + timedelta(hours=1))
            case Action.FINISH | Action.EXPIRE:
                return await self._by_itself(action, number)
            case _:
                step = getattr(self.announcements, action.value)
                done: Announcement = await step(number, actor)
                return done

    async def _by_itself(self, action: Action, number: int) -> Announcement:
        if action is Action.EXPIRE:
            before = (await self.announcements.show(number)).content.expires_at
            await self.change(number, expires_at=self.clock.now())
            await self.jobs.run()
            await self.change(number, expires_at=before)
        else:
            await self.jobs.run()
        return await self.announcements.show(number)

    async def change(self, number: int, **values: object) -> None:
        """Change a row behind everybody's back."""
        async with self.database.write() as session:
            await session.execute(update(AnnouncementRow).where(AnnouncementRow.id == number).values(**values))

    async def broadcasts(self) -> list[BroadcastRow]:
        async with self.database.read() as session:
            return list(await session.scalars(select(BroadcastRow).order_by(BroadcastRow.id)))

    async def reminders(self, number: int) -> dict[str, tuple[str, str | None, datetime]]:
        async with self.database.read() as session:
            rows = await session.scalars(select(ReminderRow).where(ReminderRow.announcement_id == number))
            return {row.kind: (row.state, row.reason, row.due_at) for row in rows}
