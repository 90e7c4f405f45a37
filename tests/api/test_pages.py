"""Pages, health and headers over HTTP."""

import re
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import delete

from content.topics.air.models import AirHour
from core.database import Database
from tests.fakes import FakeParser, FrozenClock

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_the_city_page_shows_the_air_and_the_widget(web: httpx2.AsyncClient) -> None:
    page = (await web.get("/")).text
    assert "<city-assistant" in page
    assert '<script src="/widget.js" defer></script>' in page
    assert "Powietrze teraz" in page
    assert "dane przykładowe" in page
    assert "PM10" in page
    assert 'lang="pl"' in page


async def test_whoever_asks_for_a_head_gets_that_of_the_answer_without_its_body(web: httpx2.AsyncClient) -> None:
    paths = ("/", "/wydarzenia", "/widget.js", "/health/live", "/health/ready", "/api/v1/events", "/feeds/events.ics")
    for path in (*paths, "/static/site.css", "/nie-ma"):
        head, whole = await web.head(path), await web.get(path)
        assert (head.status_code, head.content) == (whole.status_code, b""), path
        for name in ("content-type", "content-length", "etag", "content-security-policy"):
            assert head.headers.get(name) == whole.headers.get(name), (path, name)
    assert (await web.head("/api/v1/chat")).status_code == 405


async def test_the_last_day_is_a_picture_and_a_table_without_any_script(web: httpx2.AsyncClient) -> None:
    page = (await web.get("/")).text
    images = (
        r'<img class="(wide|narrow)" loading="lazy" src="(/charts/[^"]+)" alt="([^"]+)" (width="\d+" height="\d+")>'
    )
    shown = re.findall(images, page)
    assert [size for size, *_ in shown] == ["wide", "narrow"]
    for _, url, words, measures in shown:
        assert "najwięcej 68,4 (23.11.2026, 19:00)" in words
        assert measures in (await web.get(url)).text
    rows = re.findall(r'<th scope="row">(.+?)</th>\s*<td>(.+?)</td>', page)
    assert len(rows) == 24
    assert (rows[0], rows[-1]) == (("23.11.2026, 19:00", "68,4"), ("22.11.2026, 20:00", "65,6"))


async def test_an_hour_without_a_value_says_so_in_the_table(web: httpx2.AsyncClient, database: Database) -> None:
    at_noon = datetime(2026, 11, 23, 11, tzinfo=UTC)
    async with database.write() as session:
        await session.execute(delete(AirHour).where(AirHour.measured_at == at_noon))
    page = (await web.get("/")).text
    assert re.search(r'<th scope="row">23\.11\.2026, 12:00</th>\s*<td>brak danych</td>', page)
    assert "Godziny bez wyniku: 1." in page


async def test_without_readings_the_page_has_no_chart(web: httpx2.AsyncClient, clock: FrozenClock) -> None:
    clock.advance(timedelta(days=3))
    page = (await web.get("/")).text
    assert "Nie ma teraz aktualnego odczytu" in page
    assert "/charts/" not in page


async def test_the_data_behind_the_page_are_one_link_away(web: httpx2.AsyncClient) -> None:
    assert '<a class="json" href="/api/v1/air">Dane w formacie JSON</a>' in (await web.get("/")).text


async def test_the_privacy_page_says_how_long_talks_are_kept(web: httpx2.AsyncClient) -> None:
    assert "90 dni" in (await web.get("/prywatnosc")).text


async def test_the_widget_is_served_as_one_script(web: httpx2.AsyncClient) -> None:
    response = await web.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert "city-assistant" in response.text


@pytest.mark.parametrize("path", ["/", "/widget.js", "/static/site.css", "/health/live", "/nie-ma"])
async def test_every_response_is_protected(web: httpx2.AsyncClient, path: str) -> None:
    headers = (await web.get(path)).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


async def test_ready_when_questions_are_understood(web: httpx2.AsyncClient) -> None:
    response = await web.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "components": {"database": "ok", "understanding": "ok"}}


async def test_degraded_while_only_buttons_work(web: httpx2.AsyncClient, parser: FakeParser) -> None:
    parser.is_down = True
    response = await web.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "degraded", "components": {"database": "ok", "understanding": "down"}}


async def test_an_unknown_page_is_a_page(web: httpx2.AsyncClient) -> None:
    response = await web.get("/nie-ma-takiej", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "Nie ma takiej strony" in response.text
    assert response.headers["content-type"].startswith("text/html")


async def test_an_unknown_service_is_a_problem_document(web: httpx2.AsyncClient) -> None:
    response = await web.get("/api/v1/nie-ma")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
