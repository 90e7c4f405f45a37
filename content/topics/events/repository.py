"""Queries of the events topic."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from content.sources.cityrss import FeedItem, Marks
from content.topics.events.models import NewsCopy

_ITEMS = TypeAdapter(tuple[FeedItem, ...])


@dataclass(frozen=True)
class News:
    """The city's news as last read at `checked_at` (UTC), with the marks to ask for changes."""

    items: tuple[FeedItem, ...]
    marks: Marks
    checked_at: datetime


async def load_news(session: AsyncSession, feed: str) -> News | None:
    """Return the last good reading of a feed."""
    row = await session.get(NewsCopy, feed)
    if row is None:
        return None
    return News(_ITEMS.validate_python(row.data["items"]), Marks(row.etag, row.last_modified), row.checked_at)


async def save_news(session: AsyncSession, feed: str, news: News) -> None:
    """Replace the reading of a feed."""
    await session.merge(
        NewsCopy(
            feed=feed,
            etag=news.marks.etag,
            last_modified=news.marks.last_modified,
            checked_at=news.checked_at,
            data={"items": _ITEMS.dump_python(news.items, mode="json")},
        )
    )
    await session.flush()
