"""Keeps the last good reading of the city's news feed, outside of any request."""

from hashlib import sha256

from content.sources.cityrss import FeedClient, Marks
from content.sources.status import record_failure, record_success
from content.topics.events.repository import News, load_news, save_news
from core.clock import Clock
from core.database import Database
from core.errors import SourceError
from core.logging import get_logger

_log = get_logger(__name__)

NEWS_SOURCE = "city_news"
"""Name of the source in the record of how sources are doing."""


class CityNews:
    """Reads the feed and answers from what it last said."""

    def __init__(self, client: FeedClient, database: Database, clock: Clock) -> None:
        self._client = client
        self._database = database
        self._clock = clock
        # Another address is another feed: its marks and items must not be mixed up.
        self._feed = sha256(client.url.encode()).hexdigest()

    async def latest(self) -> News | None:
        """Return the last good reading; asks no other server."""
        async with self._database.read() as session:
            return await load_news(session, self._feed)

    async def refresh(self) -> None:
        """Read the feed if it has changed; when it fails, the last good reading stays."""
        known = await self.latest()
        now = self._clock.now()
        try:
            fetched = await self._client.fetch(known.marks if known else Marks())
        except SourceError as error:
            _log.warning("source_failed", source=NEWS_SOURCE, reason=str(error))
            async with self._database.write() as session:
                await record_failure(session, NEWS_SOURCE, error, now)
            return
        rejected = fetched[0].rejected.total() if fetched else 0
        news = News(fetched[0].items, fetched[1], now) if fetched else None
        if news is None and known:
            news = News(known.items, known.marks, now)
        if news is None:
            return
        newest = max((item.published_at for item in news.items if item.published_at), default=None)
        async with self._database.write() as session:
            await save_news(session, self._feed, news)
            await record_success(session, NEWS_SOURCE, newest, len(news.items), rejected, now)
        if fetched and fetched[0].rejected:
            _log.warning("rows_rejected", source=NEWS_SOURCE, reasons=dict(fetched[0].rejected))
