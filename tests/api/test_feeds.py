"""Feeds for programs over HTTP."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from xml.etree import ElementTree as ET

import httpx2
import pytest

from api import feeds
from api.app import create_app
from api.dependencies import Services
from api.feeds import SentAlert, alerts_router
from content.topics.events.bulletin import Bulletin
from content.topics.events.open_data import announcements_data
from content.topics.events.published import Announcement
from tests.content.topics.events.conftest import StaffPublications
from tests.fakes import FrozenClock

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ATOM = "{http://www.w3.org/2005/Atom}"
SENT = SentAlert(
    "LG-2026-1", "Zła jakość powietrza", "Proszę ograniczyć czas na dworze.", datetime(2026, 11, 23, 6, tzinfo=UTC)
)


class Alerts:
    """One alert that went out."""

    async def latest(self) -> Sequence[SentAlert]:
        return (SENT,)

    async def cap(self, identifier: str) -> bytes | None:
        return b"<alert/>" if identifier == SENT.identifier else None


@pytest.fixture
async def city(services: Services, clock: FrozenClock) -> AsyncIterator[httpx2.AsyncClient]:
    staff = StaffPublications()
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC)
    staff.told = [Announcement("Zamknięta ulica <b>", moment, None, "Objazd & skróty"), Announcement("Bez daty", None)]
    told = partial(announcements_data, Bulletin(staff, None, clock))
    used = replace(services, open_data={**services.open_data, "announcements": told})
    transport = httpx2.ASGITransport(create_app(used, [feeds.router, alerts_router(Alerts())]))
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        yield client


async def _feed(client: httpx2.AsyncClient, path: str) -> ET.Element:
    response = await client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/atom+xml"
    return ET.fromstring(response.content)  # noqa: S314 - our own document


@pytest.mark.parametrize("path", ["/feeds/announcements.atom", "/feeds/alerts.atom"])
async def test_a_feed_has_what_rfc_4287_asks_for(city: httpx2.AsyncClient, path: str) -> None:
    feed = await _feed(city, path)
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = element.findall(f"{ATOM}{name}")
            assert len(found) == 1
            assert found[0].text
        updated = datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        assert updated.utcoffset() is not None
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"http://hub.test{path}"]


async def test_an_announcement_stands_in_the_feed_as_it_was_written(city: httpx2.AsyncClient) -> None:
    (entry,) = (await _feed(city, "/feeds/announcements.atom")).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Zamknięta ulica <b>"
    assert entry.findtext(f"{ATOM}content") == "Objazd & skróty"
    assert entry.findtext(f"{ATOM}published") == "2026-11-22T10:00:00+01:00"


async def test_an_alert_leads_to_its_cap_document(city: httpx2.AsyncClient) -> None:
    (entry,) = (await _feed(city, "/feeds/alerts.atom")).iter(f"{ATOM}entry")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert (link.get("type"), link.get("href")) == ("application/cap+xml", "http://hub.test/feeds/alerts/LG-2026-1.cap")
    document = await city.get(link.get("href") or "")
    assert (document.headers["content-type"], document.content) == ("application/cap+xml", b"<alert/>")


async def test_an_unknown_alert_is_a_problem_in_polish(city: httpx2.AsyncClient) -> None:
    response = await city.get("/feeds/alerts/nie-ma.cap")
    assert response.status_code == 404
    assert response.json()["detail"] == "Nie ma ostrzeżenia o tym numerze."


FEEDS = ("announcements.atom", "alerts.atom", "alerts/LG-2026-1.cap", "events.ics")
OPEN_DATA = ("air", "chargers", "subsidies", "events", "announcements", "widget")


async def test_what_is_known_already_is_not_sent_again(city: httpx2.AsyncClient, clock: FrozenClock) -> None:
    for path in (*(f"/feeds/{name}" for name in FEEDS), *(f"/api/v1/{name}" for name in OPEN_DATA)):
        first = await city.get(path)
        clock.advance(timedelta(seconds=30))
        again = await city.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b""), path
        assert "max-age" in again.headers["cache-control"]
        assert (await city.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_the_open_data_are_described_for_programs(city: httpx2.AsyncClient) -> None:
    described = (await city.get("/openapi.json")).json()["paths"]
    for path in ("/api/v1/air", "/api/v1/chargers", "/feeds/announcements.atom", "/feeds/events.ics"):
        assert described[path]["get"]["description"]
