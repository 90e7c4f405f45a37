"""What the city's staff published, as the topic of events asks for it."""

from collections.abc import Sequence

from content.answer import Source
from content.pack import City
from content.topics.events.event import Event
from content.topics.events.published import Announcement
from notifier.announcements.published import PublishedAnnouncements, PublishedEvent


class Published:
    """Passes the announcements of the notifier on in the words of that topic.

    Each leads to its page at `public_url`; a demo without an address of its own links none.
    """

    def __init__(self, announcements: PublishedAnnouncements, city: City, public_url: str) -> None:
        self._announcements = announcements
        self._city = city
        self._pages = f"{public_url}/komunikaty" if public_url else ""

    async def events(self) -> Sequence[Event]:
        """Return the announced events that may not be over, also those called off, in the order they were told."""
        return [_event(published, self._city) for published in await self._announcements.events()]

    async def announcements(self, limit: int) -> Sequence[Announcement]:
        """Return the latest announcements, the newest first."""
        latest = await self._announcements.latest(limit)
        return [Announcement(one.title, one.published_at, self._page(one.id), one.text, one.id) for one in latest]

    def _page(self, number: int) -> str | None:
        return f"{self._pages}/{number}" if self._pages else None


def _event(published: PublishedEvent, city: City) -> Event:
    details, told = published.details, published.told
    return Event(
        id=published.id,
        # Whatever corrects an announcement has a higher number.
        revision=told.id,
        is_called_off=published.is_called_off,
        title=told.title,
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        place=details.place,
        programme=told.text,
        registration_url=details.registration,
        source=Source(city.office.name, as_of=told.published_at),
        confidence="high",
    )
