"""The pages of one topic over HTTP: what stands on them, and what odd addresses do."""

from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from api.app import create_app
from api.dependencies import Services
from api.web import WebOptions
from tests.fakes import FrozenClock

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _page(web: httpx2.AsyncClient, path: str, **query: str) -> str:
    response = await web.get(path, params=query)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/html")
    return response.text


async def test_the_air_page_says_level_trend_advice_and_time(web: httpx2.AsyncClient) -> None:
    page = await _page(web, "/powietrze")
    for words in (
        "Umiarkowany",
        "PM10: stężenie rośnie",
        "Warunki do aktywności na dworze są średnie",
        "23.11.2026, 19:00",
    ):
        assert words in page
    assert "dane przykładowe" in page


async def test_without_readings_the_air_page_says_so(web: httpx2.AsyncClient, clock: FrozenClock) -> None:
    clock.advance(timedelta(days=3))
    page = await _page(web, "/powietrze")
    assert "Nie ma teraz aktualnego odczytu" in page
    assert "Co jest teraz zalecane" not in page


async def test_the_chargers_are_narrowed_down_and_an_unreadable_wish_is_none(web: httpx2.AsyncClient) -> None:
    wishes = {
        "17 ładowarek.": [{}, {"zlacze": "widelec", "moc": "duża"}],
        "3 ładowarki z 17.": [{"zlacze": "chademo"}],
        "2 ładowarki z 17.": [{"ulica": "chojnowska"}],
        "1 ładowarka z 17.": [{"moc": "100"}, {"ulica": "Chojnowska", "moc": "50"}],
        "0 ładowarek z 17.": [{"ulica": "nie ma takiej"}],
    }
    for count, queries in wishes.items():
        for query in queries:
            page = " ".join((await _page(web, "/ladowarki", **query)).split())
            assert count in page, query
            assert "stan na 27.04.2026" in page


async def test_what_was_typed_stays_text(web: httpx2.AsyncClient) -> None:
    page = await _page(web, "/ladowarki", ulica='"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert "Żadna ładowarka nie spełnia tych warunków" in page


async def test_a_map_is_offered_only_where_there_are_squares_of_one(
    web: httpx2.AsyncClient, services: Services
) -> None:
    assert "pokaz-mape" not in await _page(web, "/ladowarki")
    options = WebOptions(tiles_url="https://{s}.mapy.example/{z}/{x}/{y}.png", tiles_attribution="© Mapy")
    transport = httpx2.ASGITransport(create_app(replace(services, web=options)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        response = await client.get("/")
        settings = (await client.get("/api/v1/widget")).json()
    assert "img-src 'self' data: https://*.mapy.example;" in response.headers["content-security-policy"]
    assert settings["map"] == {"tiles": options.tiles_url, "attribution": "© Mapy"}


async def test_each_subsidy_stands_with_its_source_and_day(web: httpx2.AsyncClient) -> None:
    page = await _page(web, "/dotacje")
    assert "Czyste Powietrze" in page
    assert "stan na 16.07.2026" in page
    assert "mogło się zmienić" not in page


async def test_the_check_takes_only_its_own_answers(web: httpx2.AsyncClient) -> None:
    first = await _page(web, "/dotacje/sprawdz", building="pałac", obcy="1")
    assert "Pytanie 1. Gdzie jest potrzebne ogrzewanie?" in first
    assert "pałac" not in first
    second = await _page(web, "/dotacje/sprawdz", building="dom_jednorodzinny")
    assert "Pytanie 2." in second
    assert '<input type="hidden" name="building" value="dom_jednorodzinny">' in second


async def test_no_event_and_no_announcement_is_said_plainly(web: httpx2.AsyncClient) -> None:
    assert "Nie ma teraz potwierdzonych wydarzeń" in await _page(web, "/wydarzenia")
    assert "Nie ma komunikatów" in await _page(web, "/komunikaty")


DECLARED = (
    *(
        "wstep",
        "podmiot",
        "url",
        "data-publikacja",
        "data-aktualizacja",
        "status",
        "data-sporzadzenie",
        "data-przeglad",
    ),
    *("kontakt", "osoba", "email", "telefon", "procedura", "architektura", "aplikacje"),
)


async def test_the_declaration_has_every_part_that_its_form_asks_for(web: httpx2.AsyncClient) -> None:
    page = await _page(web, "/deklaracja-dostepnosci")
    assert [part for part in DECLARED if page.count(f'id="a11y-{part}"') != 1] == []


async def test_every_page_leads_to_privacy_and_the_declaration(web: httpx2.AsyncClient) -> None:
    for path in ("/", "/powietrze", "/dotacje", "/ladowarki", "/prywatnosc"):
        page = await _page(web, path)
        assert 'href="/prywatnosc"' in page
        assert 'href="/deklaracja-dostepnosci"' in page


async def test_a_link_begins_the_talk_with_a_topic_that_is_one(web: httpx2.AsyncClient) -> None:
    assert 'topic="subsidy_check"' in await _page(web, "/", temat="subsidy_check")
    for unknown in ("nie_ma", "<script>", ""):
        assert "topic=" not in await _page(web, "/", temat=unknown)
