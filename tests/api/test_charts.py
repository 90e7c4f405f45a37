"""The chart of an answer as a picture over HTTP."""

import httpx2
import pytest

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _chart_url(web: httpx2.AsyncClient, size: str = "url") -> str:
    turn = await web.post("/api/v1/chat", json={"conversation": None, "text": "jakie jest powietrze"})
    return str(turn.json()["answers"][0]["chart"][size])


async def test_the_address_in_an_answer_leads_to_the_picture_which_never_changes(web: httpx2.AsyncClient) -> None:
    response = await web.get(await _chart_url(web))
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "PM10 w Legnicy, godzina po godzinie: 22.11.2026, 20:00 – 23.11.2026, 19:00</title>" in response.text


async def test_a_phone_gets_the_same_chart_at_its_own_width(web: httpx2.AsyncClient) -> None:
    narrow = await web.get(await _chart_url(web, "narrow_url"))
    assert narrow.status_code == 200
    assert narrow.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert 'viewBox="0 0 280 ' in narrow.text
    assert "68,4" in narrow.text


async def test_a_key_of_older_data_shows_the_present_ones_and_is_not_kept(web: httpx2.AsyncClient) -> None:
    url = await _chart_url(web)
    older = await web.get(f"{url.rpartition('-')[0]}-00000000.svg")
    assert older.status_code == 200
    assert older.text == (await web.get(url)).text
    assert older.headers["cache-control"] == "no-cache"


async def test_opened_by_itself_the_picture_has_its_style_and_may_load_nothing(web: httpx2.AsyncClient) -> None:
    response = await web.get(await _chart_url(web))
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "key",
    [
        "nie-ma",
        "air-xyz-2026112219-2026112318-d55d8dcf",
        "air-pm10-2026112219-2026112318",
        "air-pm10-2026139919-2026112318-d55d8dcf",
        "air-pm10-2026112318-2026112219-d55d8dcf",
        "air-pm10-2020010100-2026112318-d55d8dcf",
        "air-pm10-2019010100-2019010123-d55d8dcf",
        "..%2F..%2Fetc%2Fpasswd",
    ],
    ids=["word", "pollutant", "no version", "no date", "backwards", "years", "no data", "path"],
)
@pytest.mark.parametrize("size", ["", "narrow/"], ids=["wide", "narrow"])
async def test_an_unknown_key_is_a_problem_in_polish(web: httpx2.AsyncClient, size: str, key: str) -> None:
    response = await web.get(f"/charts/{size}{key}.svg")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "immutable" not in response.headers.get("cache-control", "")
    if "%" not in key:
        assert response.json()["detail"] == "Tego wykresu już nie ma. Proszę zapytać o powietrze jeszcze raz."


async def test_a_chart_that_is_gone_is_a_page_for_a_person_in_a_browser(web: httpx2.AsyncClient) -> None:
    response = await web.get("/charts/nie-ma.svg", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Tego wykresu już nie ma." in response.text
    assert 'lang="pl"' in response.text
