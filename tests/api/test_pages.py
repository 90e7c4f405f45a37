"""Pages, health and headers over HTTP."""

import httpx2
import pytest

from tests.fakes import FakeParser


async def test_the_city_page_shows_the_air_and_the_widget(web: httpx2.AsyncClient) -> None:
    page = (await web.get("/")).text
    assert "<city-assistant" in page
    assert '<script src="/widget.js" defer></script>' in page
    assert "Powietrze teraz" in page
    assert "dane przykładowe" in page
    assert "PM10" in page
    assert 'lang="pl"' in page


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
