"""What happens after an announcement is published: how far its sending is, and another try for whom it failed."""

from collections.abc import AsyncIterator

from redis.asyncio import Redis

from core.clock import Clock
from core.database import Database
from notifier.announcements.errors import MoveRefusedError
from notifier.announcements.models import AnnouncementRow
from notifier.announcements.moves import Actor, Deed, known, record
from notifier.announcements.repository import get
from notifier.announcements.states import Action, AnnouncementState
from notifier.channels.registry import NAMES
from notifier.deliveries.clock import server_time
from notifier.deliveries.progress import Progress, progress, watch
from notifier.deliveries.repeats import repeat_failed
from notifier.deliveries.signals import wake

_REPEAT = "repeat"
"""The action in the history: no move of the table, because the announcement stays in its state."""


class Sending:
    """Follows and repeats the sending of announcements.

    Each step but `watch` raises UnknownAnnouncementError for a number that does not exist, and MoveRefusedError while
    the announcement is not published.
    """

    def __init__(self, database: Database, redis: Redis, clock: Clock) -> None:
        self._database = database
        self._redis = redis
        self._clock = clock

    async def broadcast(self, announcement_id: int) -> int:
        """Return the number under which its deliveries are followed."""
        async with self._database.read() as session:
            return _published(await get(session, announcement_id))

    async def progress(self, announcement_id: int) -> Progress:
        """Return how far it is now."""
        async with self._database.read() as session:
            broadcast_id = _published(await get(session, announcement_id))
            return await progress(session, broadcast_id, await server_time(session, self._clock.now()))

    def watch(self, broadcast_id: int) -> AsyncIterator[Progress]:
        """Yield how far it is now, at each news and every few seconds, until nothing more goes out."""
        return watch(self._database, self._redis, self._clock, broadcast_id)

    async def repeat(self, announcement_id: int, actor: Actor, reason: str | None = None) -> int:
        """Try those again whom it failed to reach and may reach now; return how many, the history says who asked.

        Done twice, nobody is written to twice.

        Raises:
            PartRefusedError: the name or the reason is empty or too long.
        """
        by = known(actor)
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            queued = await repeat_failed(session, _published(row), self._clock.now())
            await record(session, row, AnnouncementState(row.state), Deed(_REPEAT, by, self._clock.now(), reason))
        await wake(self._redis, NAMES)
        return queued


def _published(row: AnnouncementRow) -> int:
    if row.broadcast_id is None:
        raise MoveRefusedError(row.id, AnnouncementState(row.state), Action.PUBLISH)
    return row.broadcast_id
