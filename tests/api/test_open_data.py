"""Open data over HTTP: each kind names its source and time, and anybody may read it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx2
import pytest

from api.app import create_app
from api.dependencies import Services
from content.answer import Source
from content.topics.events.agenda import Agenda
from content.topics.events.bulletin import Bulletin
from content.topics.events.event import Event
from content.topics.events.open_data import announcements_data, events_data
from content.topics.events.published import Announcement
from tests.content.topics.events.conftest import StaffPublications
from tests.fakes import FrozenClock

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_SOURCE = Source("Urząd Miasta", "https://miasto.example/koncert", datetime(2026, 11, 20, tzinfo=UTC).date())
_CONCERT = Event(
    id="koncert",
    title="Koncert, wstęp wolny",
    starts_at=datetime(2026, 12, 5, 18, tzinfo=UTC),
    place="Rynek",
    source=_SOURCE,
    confidence="high",
)


@pytest.fixture
async def busy_city(services: Services, clock: FrozenClock) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of a city with one coming event and one announcement."""
    staff = StaffPublications()
    staff.told = [Announcement("Zamknięta ulica", datetime(2026, 11, 22, 9, tzinfo=UTC))]
    agenda = Agenda((_CONCERT,), staff, clock)
    kinds = {
        "events": partial(events_data, agenda),
        "announcements": partial(announcements_data, Bulletin(staff, None, clock)),
    }
    app = create_app(replace(services, agenda=agenda, open_data={**services.open_data, **kinds}))
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        yield client


@pytest.mark.parametrize("kind", ["air", "chargers", "subsidies", "events", "announcements"])
async def test_any_page_may_read_it(web: httpx2.AsyncClient, kind: str) -> None:
    response = await web.get(f"/api/v1/{kind}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"] == "public, max-age=60"


async def test_the_air_names_gios_the_hour_and_that_these_are_samples(web: httpx2.AsyncClient) -> None:
    air = (await web.get("/api/v1/air")).json()
    assert air["source"] == {
        "name": "GIOŚ",
        "url": "https://powietrze.gios.gov.pl",
        "verified": False,
        "sample": True,
    }
    assert air["measured_at"] == "2026-11-23T19:00:00+01:00"
    assert {reading["measured_at"] for reading in air["readings"]} == {air["measured_at"]}


async def test_the_chargers_name_the_register_and_its_day(web: httpx2.AsyncClient) -> None:
    data = (await web.get("/api/v1/chargers")).json()
    assert "EIPA" in data["source"]["name"]
    assert data["source"]["url"].startswith("https://")
    assert data["source"]["as_of"] == "2026-04-27"
    assert _is_now(data["generated_at"])
    assert data["chargers"]


async def test_every_fact_of_a_subsidy_names_its_source_and_day(web: httpx2.AsyncClient) -> None:
    data = (await web.get("/api/v1/subsidies")).json()
    assert _is_now(data["generated_at"])
    facts = [fact for programme in data["programmes"] for fact in programme["facts"]]
    assert facts
    for fact in facts:
        assert fact["source"]["name"]
        assert fact["source"]["url"].startswith("https://")
        assert fact["source"]["as_of"] or fact["source"]["read_on"]


async def test_an_event_names_its_source_and_hour(busy_city: httpx2.AsyncClient) -> None:
    (event,) = (await busy_city.get("/api/v1/events")).json()["events"]
    assert event["starts_at"] == "2026-12-05T19:00:00+01:00"
    assert event["source"] == {"name": "Urząd Miasta", "url": "https://miasto.example/koncert", "as_of": "2026-11-20"}


async def test_an_announcement_says_when_it_was_published(busy_city: httpx2.AsyncClient) -> None:
    data = (await busy_city.get("/api/v1/announcements")).json()
    assert [(each["title"], each["published_at"]) for each in data["announcements"]] == [
        ("Zamknięta ulica", "2026-11-22T10:00:00+01:00")
    ]


@pytest.mark.parametrize("path", ["/feeds/events/koncert.ics", "/feeds/events.ics"])
async def test_an_event_can_be_put_into_a_calendar(busy_city: httpx2.AsyncClient, path: str) -> None:
    response = await busy_city.get(path)
    assert response.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in response.text
    assert "SUMMARY:Koncert\\, wstęp wolny" in response.text


async def test_an_unknown_event_is_a_problem_in_polish(busy_city: httpx2.AsyncClient) -> None:
    response = await busy_city.get("/feeds/events/nie-ma.ics")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "Nie ma takiego wydarzenia albo już się skończyło."


async def test_an_event_that_is_over_is_an_unknown_event(busy_city: httpx2.AsyncClient, clock: FrozenClock) -> None:
    clock.advance(timedelta(days=30))
    assert (await busy_city.get("/feeds/events/koncert.ics")).status_code == 404


def _is_now(moment: str) -> bool:
    return datetime.fromisoformat(moment) == datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
