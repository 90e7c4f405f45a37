"""Fetches the city's news feed: only when it changed, never more than two megabytes, never from another site."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import httpx2

from content.sources.cityrss.errors import FeedBadDataError, FeedUnavailableError
from content.sources.cityrss.feed import Feed, read_feed
from core.clock import Clock

_MOST_BYTES = 2_000_000
_MOST_REDIRECTS = 3
_LONGEST_MARK = 300


@dataclass(frozen=True)
class Marks:
    """What the server gave to ask later whether the feed has changed since."""

    etag: str | None = None
    last_modified: str | None = None


class FeedClient:
    """Reads one feed, whose address is the setting `CITY_RSS_URL`.

    Every method raises FeedUnavailableError or FeedBadDataError; neither holds the address.
    """

    def __init__(
        self, http: httpx2.AsyncClient, url: str, clock: Clock, *, call_timeout: timedelta = timedelta(seconds=15)
    ) -> None:
        self._http = http
        self.url = url
        self._clock = clock
        self._call_timeout = call_timeout.total_seconds()

    async def fetch(self, marks: Marks) -> tuple[Feed, Marks] | None:
        """Return the feed with its new marks, or None when it has not changed since the given marks."""
        try:
            # The time-outs of the HTTP client start anew with every byte; this one counts the whole call.
            async with asyncio.timeout(self._call_timeout):
                return await self._follow(self.url, marks)
        except (TimeoutError, httpx2.RequestError, httpx2.InvalidURL) as error:
            message = f"no answer from the city's feed: {type(error).__name__}"
            raise FeedUnavailableError(message) from None

    async def _follow(self, url: str, marks: Marks) -> tuple[Feed, Marks] | None:
        for _ in range(1 + _MOST_REDIRECTS):
            async with self._http.stream("GET", url, headers=_conditions(marks)) as response:
                if response.status_code == httpx2.codes.NOT_MODIFIED:
                    return None
                if response.status_code == httpx2.codes.OK:
                    body = await _body(response)
                    return read_feed(body, response.charset_encoding, self._clock.now()), _marks(response.headers)
                if not response.is_redirect:
                    message = f"the city's feed answered with HTTP {response.status_code}"
                    raise FeedUnavailableError(message)
                url = self._next(url, response.headers.get("Location", ""))
        message = f"the city's feed leads on more than {_MOST_REDIRECTS} times"
        raise FeedUnavailableError(message)

    def _next(self, url: str, location: str) -> str:
        """Return where a redirect leads; an address that a stranger planted must not make us call other servers."""
        target = urljoin(url, location)
        if _site(target) != _site(self.url) or urlsplit(target).scheme not in {urlsplit(url).scheme, "https"}:
            message = "the city's feed leads to something that is not on its own site"
            raise FeedUnavailableError(message)
        return target


def _conditions(marks: Marks) -> dict[str, str]:
    conditions = {"If-None-Match": marks.etag, "If-Modified-Since": marks.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _marks(headers: httpx2.Headers) -> Marks:
    etag, last_modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    return Marks(etag if len(etag) <= _LONGEST_MARK else None, last_modified[:_LONGEST_MARK] or None)


def _site(url: str) -> str:
    """Return the host of an address without a leading www, which belongs to the same site."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


async def _body(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes(65_536):
        body += chunk
        if len(body) > _MOST_BYTES:
            message = f"the city's feed is larger than {_MOST_BYTES} bytes"
            raise FeedBadDataError(message)
    return bytes(body)
