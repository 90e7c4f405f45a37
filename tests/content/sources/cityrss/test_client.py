"""Fetching the feed: only changes, a few redirects, never too much."""

import httpx2
import pytest

from content.sources.cityrss import FeedBadDataError, FeedUnavailableError, Marks
from core.errors import SourceError
from tests.content.sources.cityrss.wire import FEED, URL, PortalWire
from tests.fakes import FrozenClock


@pytest.fixture
def wire() -> PortalWire:
    return PortalWire()


async def test_what_the_server_gave_is_sent_back_to_ask_for_changes(wire: PortalWire, clock: FrozenClock) -> None:
    wire.serve(FEED, headers={"ETag": '"v1"', "Last-Modified": "Mon, 23 Nov 2026 11:00:00 GMT"})
    client = wire.client(clock)
    fetched = await client.fetch(Marks())
    assert fetched
    assert "If-None-Match" not in wire.requests[0].headers
    wire.serve("", 304)
    assert await client.fetch(fetched[1]) is None
    assert wire.requests[1].headers["If-None-Match"] == '"v1"'
    assert wire.requests[1].headers["If-Modified-Since"] == "Mon, 23 Nov 2026 11:00:00 GMT"


@pytest.mark.parametrize("chunked", [True, False])
async def test_a_feed_of_three_megabytes_is_not_read_to_its_end(
    wire: PortalWire, clock: FrozenClock, chunked: bool
) -> None:
    sent = 0

    async def endless() -> object:
        nonlocal sent
        for _ in range(300):
            sent += 10_000
            yield b" " * 10_000

    body: object = endless() if chunked else b" " * 3_000_000
    wire.replies[URL] = lambda _request: httpx2.Response(200, content=body)  # type: ignore[arg-type]
    with pytest.raises(FeedBadDataError, match="larger than 2000000 bytes"):
        await wire.client(clock).fetch(Marks())
    assert sent < 2_200_000


async def test_three_redirects_are_followed(wire: PortalWire, clock: FrozenClock) -> None:
    wire.redirect("/a")
    wire.redirect("https://www.portal.test/b", "https://portal.test/a")
    wire.redirect("/c", "https://www.portal.test/b")
    wire.serve(FEED, url="https://www.portal.test/c")
    assert await wire.client(clock).fetch(Marks())


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://portal.test/x", "https://", "javascript:alert(1)", "gopher://x/"]
)
async def test_a_redirect_leads_only_to_the_web(wire: PortalWire, clock: FrozenClock, target: str) -> None:
    wire.redirect(target)
    with pytest.raises(FeedUnavailableError):
        await wire.client(clock).fetch(Marks())


async def test_a_circle_of_redirects_ends(wire: PortalWire, clock: FrozenClock) -> None:
    wire.redirect(URL)
    with pytest.raises(FeedUnavailableError, match="more than 3 times"):
        await wire.client(clock).fetch(Marks())
    assert len(wire.requests) == 4


@pytest.mark.parametrize("status", [204, 400, 404, 429, 500, 503])
async def test_another_status_is_told(wire: PortalWire, clock: FrozenClock, status: int) -> None:
    wire.serve("", status)
    with pytest.raises(FeedUnavailableError, match=f"HTTP {status}"):
        await wire.client(clock).fetch(Marks())


@pytest.mark.parametrize("error", [httpx2.ConnectError(URL), httpx2.ReadTimeout(URL), httpx2.RemoteProtocolError(URL)])
async def test_a_broken_connection_is_told_without_the_address(
    wire: PortalWire, clock: FrozenClock, error: Exception
) -> None:
    wire.fail(error)
    with pytest.raises(SourceError) as caught:
        await wire.client(clock).fetch(Marks())
    assert "portal.test" not in str(caught.value)
