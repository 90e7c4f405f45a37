"""What stands above every page: the urgent banner and the alert that is valid."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx2
import pytest

from api.app import create_app
from api.dependencies import Services
from api.notices import Banner, LiveAlert, NoticeBoard, banner_router
from tests.fakes import FrozenClock

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@dataclass
class Shown:
    text: str
    level: str
    starts_at: datetime
    ends_at: datetime


class Town:
    """A town whose notices the test sets, and sometimes cannot be read."""

    def __init__(self, clock: FrozenClock) -> None:
        self.clock = clock
        self.banner: Banner | None = None
        self.alert: LiveAlert | None = None
        self.is_away = False
        self.board = NoticeBoard(self._valid, self._shown, clock)

    async def _valid(self) -> LiveAlert | None:
        return self.alert

    async def _shown(self) -> Banner | None:
        if self.is_away:
            raise OSError
        return self.banner


@pytest.fixture
def town(clock: FrozenClock) -> Town:
    return Town(clock)


async def _page(services: Services, town: Town, path: str = "/powietrze") -> str:
    town.clock.advance(timedelta(seconds=3))
    app = create_app(replace(services, web=replace(services.web, notices=town.board)))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://hub.test") as client:
        return (await client.get(path, headers={"Accept": "text/html"})).text


async def test_every_page_shows_the_banner_with_its_urgency_in_words(services: Services, town: Town) -> None:
    now = town.clock.now()
    for level, word in (("danger", "Zagrożenie"), ("warning", "Ważne"), ("info", "Informacja")):
        town.banner = Shown("Woda <b>nie</b> nadaje się do picia.", level, now, now + timedelta(hours=5))
        for path in ("/", "/powietrze", "/prywatnosc", "/wydarzenia", "/nie-ma-takiej"):
            page = await _page(services, town, path)
            assert "Woda &lt;b&gt;nie&lt;/b&gt; nadaje się do picia." in page
            assert f"{word}</h2>" in page
    town.banner = None
    assert "Woda" not in await _page(services, town)


async def test_the_valid_alert_leads_to_its_page(services: Services, town: Town) -> None:
    town.alert = LiveAlert("air-1", "Zła jakość powietrza", "Proszę ograniczyć czas na dworze.")
    page = await _page(services, town)
    assert "Zła jakość powietrza" in page
    assert 'href="/komunikaty/ostrzezenie/air-1"' in page


async def test_pages_live_on_what_was_shown_before_when_the_database_is_away(services: Services, town: Town) -> None:
    now = town.clock.now()
    town.banner = Shown("Most jest zamknięty.", "info", now, now + timedelta(hours=5))
    assert "Most jest zamknięty." in await _page(services, town)
    town.is_away = True
    assert "Most jest zamknięty." in await _page(services, town)


async def test_other_sites_read_the_banner_and_that_there_is_none(town: Town, services: Services) -> None:
    app = create_app(services, [banner_router(town.board)])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://hub.test") as client:
        assert (await client.get("/api/v1/banner")).status_code == 204
        town.clock.advance(timedelta(seconds=3))
        now = town.clock.now()
        town.banner = Shown("Most jest zamknięty.", "warning", now, now + timedelta(hours=2))
        answer = await client.get("/api/v1/banner")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (answer.json()["text"], answer.json()["level"]) == ("Most jest zamknięty.", "warning")
    assert datetime.fromisoformat(answer.json()["to"]) == town.banner.ends_at
