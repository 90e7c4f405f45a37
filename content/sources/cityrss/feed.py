"""Reads an RSS 2.0 document that may hold anything: no document types, no entities of its own, no mark-up comes out."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.parsers import expat

from content.plain_text import plain_line
from content.sources.cityrss.errors import FeedBadDataError
from core.clock import WARSAW

MAX_TITLE, MAX_SUMMARY = 200, 400
"""Longest title and summary in characters; longer ones are cut."""

_MOST_ITEMS = 50
_MOST_DEPTH = 32
_CLOCK_TOLERANCE = timedelta(days=1)
_FIELDS = frozenset({"title", "link", "guid", "pubDate", "dc:date", "description"})


@dataclass(frozen=True)
class FeedItem:
    """One piece of news as plain text; `id` stays the same between readings, `published_at` is aware UTC."""

    id: str
    title: str
    url: str | None
    published_at: datetime | None
    summary: str


@dataclass(frozen=True)
class Feed:
    """The items of a feed, each once, in its order, and why others were refused or lost a part."""

    items: tuple[FeedItem, ...]
    rejected: Counter[str]


def read_feed(body: bytes, charset: str | None, now: datetime) -> Feed:
    """Read a feed; `charset` is what the server said, believed only when the text is no UTF-8.

    Raises:
        FeedBadDataError: it is no RSS, has a document type, or none of its items can be used.
    """
    items: dict[str, FeedItem] = {}
    rejected = Counter[str]()
    for raw in _raw_items(body, charset):
        item = _item(raw, now, rejected)
        if item and item.id in items:
            rejected["the same item twice"] += 1
        elif item:
            items[item.id] = item
    if not items:
        message = "the feed has no usable item"
        raise FeedBadDataError(message)
    return Feed(tuple(items.values())[:_MOST_ITEMS], rejected)


def plain_text(markup: str, limit: int) -> str:
    """Return HTML as one line of text without mark-up and invisible characters, cut at a word near `limit`."""
    stripper = _Stripper()
    stripper.feed(markup)
    stripper.close()
    text = plain_line("".join(stripper.kept))
    if len(text) <= limit:
        return text
    head, _, _ = text[:limit].rpartition(" ")
    return f"{head or text[: limit - 1]}…"


def _item(raw: dict[str, str], now: datetime, rejected: Counter[str]) -> FeedItem | None:
    title = plain_text(raw.get("title", ""), MAX_TITLE)
    if not title:
        rejected["title: missing"] += 1
        return None
    url = _web_address(raw.get("link", ""))
    if raw.get("link") and url is None:
        rejected["link: no http(s) address"] += 1
    published_at = _moment(raw.get("pubDate") or raw.get("dc:date") or "")
    if published_at and published_at > now + _CLOCK_TOLERANCE:
        rejected["pubDate: in the future"] += 1
        published_at = None
    key = raw.get("guid", "").strip() or url or f"{title} {published_at}"
    summary = plain_text(raw.get("description", ""), MAX_SUMMARY)
    return FeedItem(sha256(key.encode()).hexdigest()[:32], title, url, published_at, summary)


def _web_address(raw: str) -> str | None:
    address = raw.strip()
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and parts.hostname and not (parts.username or parts.password)
    except ValueError:
        return None
    return address if usable and address.isprintable() and " " not in address and len(address) <= 1000 else None


def _moment(raw: str) -> datetime | None:
    """Read a date of RFC 822, else of ISO 8601; one without an offset is Polish local time."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(raw.strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=WARSAW)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _raw_items(body: bytes, charset: str | None) -> list[dict[str, str]]:
    reader = _Reader()
    # Servers often name a wrong charset, and long text in another one is never valid UTF-8 by chance.
    declared = "utf-8" if _is_utf8(body) else charset
    try:
        parser = expat.ParserCreate(declared)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError):
        # The parser's message may quote the document; the fact is enough.
        message = "the feed is no well-formed XML in the charset it names"
        raise FeedBadDataError(message) from None
    return reader.items


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refuse_doctype(*_args: object) -> None:
    message = "the feed has a document type, which could define entities without end"
    raise FeedBadDataError(message)


class _Reader:
    """Collects the known fields of each item; mark-up inside a field gives only its text."""

    def __init__(self) -> None:
        self.items: list[dict[str, str]] = []
        self._path: list[str] = []
        self._item: dict[str, str] | None = None
        self._item_depth = 0

    def start(self, name: str, _attributes: object) -> None:
        if not self._path and name != "rss":
            message = "the answer is no RSS feed"
            raise FeedBadDataError(message)
        self._path.append(name)
        if len(self._path) > _MOST_DEPTH:
            message = "the feed is nested too deeply"
            raise FeedBadDataError(message)
        if name == "item" and self._item is None:
            self._item, self._item_depth = {}, len(self._path)

    def end(self, _name: str) -> None:
        if self._item is not None and len(self._path) == self._item_depth:
            self.items.append(self._item)
            self._item = None
        self._path.pop()

    def text(self, text: str) -> None:
        field = self._path[self._item_depth] if self._item is not None and len(self._path) > self._item_depth else ""
        if self._item is not None and field in _FIELDS:
            self._item[field] = self._item.get(field, "") + text


class _Stripper(HTMLParser):
    """Keeps the text of HTML; scripts and styles are no text."""

    _SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._silenced = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's signature
        self._silenced += tag in self._SILENT
        self.kept.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silenced = max(0, self._silenced - (tag in self._SILENT))
        self.kept.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silenced:
            self.kept.append(data)
