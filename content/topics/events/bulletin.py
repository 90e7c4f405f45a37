"""The latest announcements of the city: its staff's own publications and its news feed together."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from content.topics.events.news import CityNews
from content.topics.events.published import Announcement, PublishedEvents
from core.clock import Clock

STALE_AFTER = timedelta(hours=24)
"""News that could not be read for longer is shown with a warning."""

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Latest:
    """The newest announcements; `checked_at` is when the feed was last read (UTC), None without a feed."""

    announcements: tuple[Announcement, ...]
    checked_at: datetime | None
    stale: bool


class Bulletin:
    """Joins both kinds of announcements; `news` is None for a city without a feed."""

    def __init__(self, published: PublishedEvents, news: CityNews | None, clock: Clock) -> None:
        self._published = published
        self._news = news
        self._clock = clock

    async def latest(self, limit: int) -> Latest:
        """Return the newest announcements, at most `limit`; those without a time come last."""
        own = await self._published.announcements(limit)
        news = await self._news.latest() if self._news else None
        read = [Announcement(i.title, i.published_at, i.url, i.summary) for i in news.items] if news else []
        merged = sorted((*own, *read), key=lambda each: each.published_at or _NEVER, reverse=True)
        checked_at = news.checked_at if news else None
        stale = checked_at is not None and self._clock.now() - checked_at > STALE_AFTER
        return Latest(tuple(merged[:limit]), checked_at, stale)
