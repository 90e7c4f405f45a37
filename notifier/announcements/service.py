"""Rules of announcements: nothing goes out that a second person has not read in exactly these words."""

from collections.abc import Mapping
from dataclasses import dataclass

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from notifier.announcements.content import clean, content_hash
from notifier.announcements.errors import ApproverRefusedError, MoveRefusedError, TextChangedError
from notifier.announcements.models import MAX_BODY, MAX_NAME, MAX_TITLE, AnnouncementRow
from notifier.announcements.repository import get
from notifier.announcements.states import MOVES, AnnouncementState
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.channels.registry import NAMES
from notifier.deliveries.repository import counts
from notifier.deliveries.signals import wake
from notifier.deliveries.states import DeliveryState

KEY_HOLDER = "API"
"""The author of what came with an API key; nobody approves under this name."""

_TOPIC = "announcements"


@dataclass(frozen=True)
class Announcement:
    """An announcement as it stands, with its deliveries by state; None until it is published."""

    id: int
    state: AnnouncementState
    title: str
    body: str
    author: str
    deliveries: Mapping[DeliveryState, int] | None

    @property
    def recipients(self) -> int:
        """Return to how many residents it goes or went."""
        return sum((self.deliveries or {}).values())


class Announcements:
    """Takes announcements from draft to publication; each step is one unit of work under a lock.

    Every step but `draft` raises UnknownAnnouncementError for a number that does not exist.
    """

    def __init__(self, database: Database, redis: Redis, clock: Clock) -> None:
        self._database = database
        self._redis = redis
        self._clock = clock

    async def draft(self, title: str, body: str, author: str) -> Announcement:
        """Store a new announcement.

        Raises:
            PartRefusedError: the title, the text or the author's name is empty or too long.
        """
        row = AnnouncementRow(
            title=clean(title, "title", MAX_TITLE),
            body=clean(body, "text", MAX_BODY),
            created_by=clean(author, "name", MAX_NAME),
            created_at=self._clock.now(),
            state=AnnouncementState.DRAFT.value,
        )
        async with self._database.write() as session:
            session.add(row)
            await session.flush()
            return await _seen(session, row)

    async def submit(self, announcement_id: int) -> Announcement:
        """Hand a draft over for approval.

        Raises:
            MoveRefusedError: it is no draft.
        """
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            _move(row, AnnouncementState.SUBMITTED)
            return await _seen(session, row)

    async def approve(self, announcement_id: int, approver: str) -> Announcement:
        """Approve the announcement in its present words.

        Raises:
            ApproverRefusedError: the approver is its author, or the holder of an API key.
            MoveRefusedError: it is not submitted, or published already.
            PartRefusedError: the approver's name is empty or too long.
        """
        name = clean(approver, "name", MAX_NAME)
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            if name.casefold() in {row.created_by.casefold(), KEY_HOLDER.casefold()}:
                raise ApproverRefusedError(announcement_id, name)
            _move(row, AnnouncementState.APPROVED)
            row.content_hash = content_hash(row.title, row.body)
            row.approved_at, row.approved_by = self._clock.now(), name
            return await _seen(session, row)

    async def publish(self, announcement_id: int) -> Announcement:
        """Send an approved announcement to everyone who subscribes now; published again, nothing more is sent.

        Raises:
            MoveRefusedError: nobody has approved it.
            TextChangedError: it was approved in other words.
        """
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            if row.state != AnnouncementState.PUBLISHED:
                _move(row, AnnouncementState.PUBLISHED)
                if row.content_hash != content_hash(row.title, row.body):
                    raise TextChangedError(announcement_id)
                row.broadcast_id = await publish(session, self._broadcast(row))
            published = await _seen(session, row)
        await wake(self._redis, NAMES)
        return published

    async def show(self, announcement_id: int) -> Announcement:
        """Return an announcement as it stands."""
        async with self._database.read() as session:
            return await _seen(session, await get(session, announcement_id))

    def _broadcast(self, row: AnnouncementRow) -> Broadcast:
        key = f"announcement:{row.id}"
        return Broadcast(key, BroadcastKind.ANNOUNCEMENT, _TOPIC, row.title, row.body, self._clock.now())


def _move(row: AnnouncementRow, target: AnnouncementState) -> None:
    state = AnnouncementState(row.state)
    if target not in MOVES[state]:
        raise MoveRefusedError(row.id, state, target)
    row.state = target.value


async def _seen(session: AsyncSession, row: AnnouncementRow) -> Announcement:
    deliveries = None if row.broadcast_id is None else await counts(session, row.broadcast_id)
    return Announcement(row.id, AnnouncementState(row.state), row.title, row.body, row.created_by, deliveries)
