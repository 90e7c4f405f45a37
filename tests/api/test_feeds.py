"""Feeds for programs over HTTP."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from xml.etree import ElementTree as ET

import httpx2
import pytest

from api.app import create_app
from api.dependencies import Services
from api.feeds import SentAlert, alerts_router, announcements_router
from api.pages.announcements import announcements_router as archive_pages
from content.topics.events.bulletin import Bulletin
from content.topics.events.open_data import announcements_data
from content.topics.events.published import Announcement
from core.database import Database
from core.redis import open_redis
from notifier.announcements.content import Content
from notifier.announcements.states import AnnouncementState
from notifier.archive.service import Archive
from tests.content.topics.events.conftest import StaffPublications
from tests.fakes import FrozenClock
from tests.notifier.announcements.office import Office

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
async def office(database: Database, clock: FrozenClock) -> AsyncIterator[Office]:
    """An office that has published one announcement."""
    redis = open_redis(None)
    staff = Office(database, redis, clock)
    await staff.brought_to(AnnouncementState.SENDING, Content("Zamknięta ulica <b>", "Objazd & skróty"))
    yield staff
    await redis.aclose()


@pytest.fixture
async def city(services: Services, office: Office) -> AsyncIterator[httpx2.AsyncClient]:
    news = StaffPublications()
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    news.told = [Announcement("Z portalu", at, "https://miasto.example/1"), Announcement("Bez daty", None)]
    told = partial(announcements_data, Bulletin(news, None, office.clock))
    used = replace(services, open_data={**services.open_data, "announcements": told})
    archive = Archive(office.database, office.clock, samples=False)
    feeds = [announcements_router(archive, "miasto.example"), alerts_router(Alerts())]
    transport = httpx2.ASGITransport(create_app(used, [*feeds, archive_pages(archive)]))
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


async def test_an_announcement_stands_in_the_feed_under_its_number(city: httpx2.AsyncClient) -> None:
    sent, news = (await _feed(city, "/feeds/announcements.atom")).iter(f"{ATOM}entry")
    assert sent.findtext(f"{ATOM}title") == "Zamknięta ulica <b>"
    assert sent.findtext(f"{ATOM}content") == "Objazd & skróty"
    assert sent.findtext(f"{ATOM}id") == "tag:miasto.example,2026-11-23:komunikaty/1"
    assert sent.findtext(f"{ATOM}published") == "2026-11-23T19:30:00+01:00"
    page = await city.get(_link(sent, "text/html"))
    assert page.status_code == 200
    assert news.findtext(f"{ATOM}id") == "https://miasto.example/1"


async def test_a_reader_hears_of_a_retraction_at_the_announcement_itself(
    city: httpx2.AsyncClient, office: Office
) -> None:
    office.clock.advance(timedelta(hours=1))
    wrong = Content("Wycofanie", "Ulica jest otwarta.", corrects=1, is_retraction=True)
    await office.brought_to(AnnouncementState.SENDING, wrong)
    entries = list((await _feed(city, "/feeds/announcements.atom")).iter(f"{ATOM}entry"))
    changed = next(entry for entry in entries if (entry.findtext(f"{ATOM}id") or "").endswith("komunikaty/1"))
    assert changed.findtext(f"{ATOM}title") == "Odwołano: Zamknięta ulica <b>"
    assert changed.findtext(f"{ATOM}published") == "2026-11-23T19:30:00+01:00"
    assert changed.findtext(f"{ATOM}updated") == "2026-11-23T20:30:00+01:00"


async def test_an_alert_leads_to_its_page_and_its_cap_document(city: httpx2.AsyncClient) -> None:
    (entry,) = (await _feed(city, "/feeds/alerts.atom")).iter(f"{ATOM}entry")
    assert _link(entry, "text/html") == "http://hub.test/komunikaty/ostrzezenie/LG-2026-1"
    document = await city.get(_link(entry, "application/cap+xml"))
    assert (document.headers["content-type"], document.content) == ("application/cap+xml", b"<alert/>")


def _link(entry: ET.Element, kind: str) -> str:
    (found,) = (link for link in entry.iter(f"{ATOM}link") if link.get("type") == kind)
    return found.get("href") or ""


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
