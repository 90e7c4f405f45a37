"""A source that lies costs little, and never makes the product call anybody else."""

import resource
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx2
import pytest
from pydantic import BaseModel, SecretStr

from content.sources.cityrss import FeedClient, Marks
from content.sources.eipa import EipaClient, Export
from content.sources.gios import GiosClient
from core.clock import SystemClock
from core.errors import SourceError
from core.http import http_client
from tests.security.lying_source import LyingSource, lying_source

_PATIENCE = timedelta(seconds=2)
_MOST_MEGABYTES = 150
Fetch = Callable[[], Awaitable[object]]


@pytest.fixture
async def source() -> AsyncIterator[LyingSource]:
    async with lying_source() as served:
        yield served


@asynccontextmanager
async def _fetching(kind: str, source: LyingSource) -> AsyncIterator[Fetch]:
    """Yield what asks the source once, as the product does."""
    clock = SystemClock()
    match kind:
        case "gios":
            async with http_client(source.url, timeout=_PATIENCE.total_seconds(), most_bytes=5_000_000) as http:
                client = GiosClient(http, clock, call_timeout=_PATIENCE)
                yield lambda: client.sensors(1)
        case "eipa":
            async with http_client(source.url, timeout=_PATIENCE.total_seconds()) as http:
                register = EipaClient(http, SecretStr("token"), clock, call_timeout=_PATIENCE)
                yield lambda: register.download(Export.DYNAMIC, BaseModel, lambda _row: True)
        case _:
            async with http_client(timeout=_PATIENCE.total_seconds()) as http:
                feed = FeedClient(http, f"{source.url}/rss.xml", clock, call_timeout=_PATIENCE)
                yield lambda: feed.fetch(Marks())


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.long
@pytest.mark.parametrize("kind", ["gios", "eipa", "rss"])
@pytest.mark.parametrize("lie", ["endless", "bomb", "dawdling"])
async def test_neither_size_nor_patience_is_unlimited(source: LyingSource, kind: str, lie: str) -> None:
    source.lie = lie
    began, before = time.monotonic(), _megabytes()
    async with _fetching(kind, source) as fetch:
        with pytest.raises(SourceError):
            await fetch()
    # GIOŚ is asked up to three times.
    assert time.monotonic() - began < 60
    assert _megabytes() - before < _MOST_MEGABYTES
    assert source.sent < 200_000_000


@pytest.mark.parametrize("kind", ["gios", "eipa", "rss"])
@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/", "//127.0.0.2:{port}/x", "http://127.0.0.2:{port}@evil/"]
)
async def test_a_redirect_leads_to_no_other_server(source: LyingSource, kind: str, target: str) -> None:
    async with lying_source("127.0.0.2") as other:
        source.elsewhere = target.format(port=other.url.rpartition(":")[2])
        async with _fetching(kind, source) as fetch:
            with pytest.raises(SourceError):
                await fetch()
        assert source.calls >= 1
        assert other.calls == 0


async def test_a_client_of_one_host_asks_no_other(source: LyingSource) -> None:
    async with http_client("http://configured.test", timeout=1) as http:
        with pytest.raises(httpx2.ConnectError, match="another host"):
            await http.get(f"{source.url}/internal")
    assert source.calls == 0
