"""What the city's staff published, as the topic of events asks for it."""

from collections.abc import Sequence

from content.topics.events.event import Event
from content.topics.events.published import Announcement
from core.database import Database
from notifier.announcements import repository


class Published:
    """Reads the published announcements; events come from the city pack until staff can publish them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def events(self) -> Sequence[Event]:
        """Return no events: an announcement carries none yet."""
        return ()

    async def announcements(self, limit: int) -> Sequence[Announcement]:
        """Return the latest announcements, the newest first."""
        async with self._database.read() as session:
            rows = await repository.latest_published(session, limit)
        return [Announcement(row.title, published_at, summary=row.body) for row, published_at in rows]
