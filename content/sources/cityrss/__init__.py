"""The city's own news, an RSS 2.0 feed of its portal."""

from content.sources.cityrss.client import FeedClient, Marks
from content.sources.cityrss.errors import FeedBadDataError, FeedUnavailableError
from content.sources.cityrss.feed import Feed, FeedItem

__all__ = ["Feed", "FeedBadDataError", "FeedClient", "FeedItem", "FeedUnavailableError", "Marks"]
