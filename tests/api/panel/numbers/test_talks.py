"""Figures of a known city: what residents asked and how they were served."""

import csv
import io
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import unquote

import pytest

from core.staff.actor import CONSOLE
from core.staff.permissions import Role
from tests.api.panel.conftest import Browser, Panel, words
from tests.api.panel.numbers.known import ASKED, ask, leave_case, rate

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
async def browser(staff_panel: Panel) -> Browser:
    """An analyst's browser over a city in which ten questions were asked."""
    database = staff_panel.desk.database
    turns = await ask(database, _NOON)
    await ask(database, _NOON + timedelta(days=2))
    await ask(database, _NOON - timedelta(days=20), ASKED[:1])
    await rate(database, turns[0], _NOON, None, helpful=True)
    await rate(database, turns[2], _NOON, "wrong", helpful=False)
    await rate(database, turns[3], _NOON, None, helpful=False)
    await rate(database, turns[4], _NOON, None, helpful=True)
    await leave_case(database, _NOON, timedelta(minutes=40))
    await leave_case(database, _NOON, timedelta(hours=2, minutes=30))
    await leave_case(database, _NOON, None)
    return await staff_panel.visit(Role.ANALYST)


async def _table(browser: Browser, name: str, period: str = "okres=7") -> list[list[str]]:
    answer = await browser.get(f"/panel/liczby/csv/{name}?{period}")
    assert answer.status_code == 200, answer.text
    assert answer.text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))


async def test_the_figures_of_a_week(browser: Browser) -> None:
    page = words((await browser.get("/panel/liczby?okres=7")).text)
    assert "Pytania 10 Pytania: lista średnio 1,4 dziennie" in page
    assert "Z odpowiedzią 60% Z odpowiedzią: lista 6" in page
    assert "Z dopytaniem 20% 2" in page
    assert "Bez odpowiedzi 20% Bez odpowiedzi: lista 2" in page
    assert "Zostawianie spraw 0%" in page
    assert "Pomocne odpowiedzi 50% 4 oceny" in page
    assert "Czas odpowiedzi 0,2 s 95% odpowiedzi do 2,5 s" in page
    assert "Sprawy dla urzędu 3 do pierwszej odpowiedzi: 40 minut" in page


async def test_a_longer_period_counts_more(browser: Browser) -> None:
    assert "Pytania 11 Pytania: lista" in words((await browser.get("/panel/liczby")).text)


async def test_each_day_has_its_row(browser: Browser) -> None:
    rows = await _table(browser, "pytania-dni")
    assert rows[0] == ["dzień", "odpowiedź", "dopytanie", "brak odpowiedzi", "zostawianie sprawy", "razem"]
    assert [row[0] for row in rows[1:]] == [f"{day}.11.2026" for day in range(23, 16, -1)]
    assert rows[2] == ["22.11.2026", "3", "1", "1", "0", "5"]
    assert rows[3] == ["21.11.2026", "0", "0", "0", "0", "0"]


async def test_a_day_is_the_polish_one(staff_panel: Panel) -> None:
    # Half past eleven in the evening, UTC.
    await ask(staff_panel.desk.database, datetime(2026, 11, 19, 23, 30, tzinfo=UTC), ASKED[:1])
    rows = await _table(await staff_panel.visit(Role.ANALYST), "pytania-dni", "od=2026-11-19&do=2026-11-20")
    assert [(row[0], row[-1]) for row in rows[1:]] == [("20.11.2026", "1"), ("19.11.2026", "0")]


async def test_topics_and_their_questions(browser: Browser) -> None:
    assert (await _table(browser, "tematy"))[1:] == [
        ["Powietrze", "4", "40%", "100%", "0", "100%"],
        ["Ładowarki", "4", "40%", "50%", "0", "0%"],
        ["Rozmowa", "2", "20%", "0%", "2", "100%"],
    ]
    assert (await _table(browser, "pytania-tematu", "temat=charging&okres=7"))[1:] == [
        ["Gdzie naładować samochód", "4", "100%", "50%", "0", "0%"]
    ]


async def test_endings_ratings_times_and_cases(browser: Browser) -> None:
    assert (await _table(browser, "wyniki"))[1:] == [
        ["odpowiedź", "6", "60%"],
        ["dopytanie: wybór z kilku tematów", "2", "20%"],
        ["brak odpowiedzi", "2", "20%"],
    ]
    assert (await _table(browser, "oceny"))[1:] == [
        ["pomocne", "2", "50%"],
        ["niepomocne", "2", "50%"],
        ["niepomocne: nieprawda", "1", "25%"],
        ["niepomocne: bez powodu", "1", "25%"],
    ]
    assert (await _table(browser, "czas-odpowiedzi"))[1:] == [
        ["do 0,1 s", "2", "20%"],
        ["0,1–0,3 s", "4", "40%"],
        ["0,3–1 s", "2", "20%"],
        ["1–3 s", "2", "20%"],
        ["ponad 3 s", "0", "0%"],
    ]
    assert (await _table(browser, "sprawy"))[1:] == [
        ["czeka", "1", "33%"],
        ["w toku", "0", "0%"],
        ["z odpowiedzią", "2", "67%"],
        ["zakończona", "0", "0%"],
    ]


async def test_a_figure_leads_to_the_questions_behind_it(browser: Browser) -> None:
    page = (await browser.get("/panel/liczby?okres=7")).text
    assert 'href="/panel/liczby/temat/charging?okres=7"' in page
    topic = (await browser.get("/panel/liczby/temat/charging?okres=7")).text
    behind = "/panel/rozmowy?temat=charger_find&amp;od=2026-11-17&amp;do=2026-11-23"
    assert f'href="{behind}"' in topic
    found = (await browser.get(behind.replace("&amp;", "&"))).text.partition('id="found"')[2]
    assert found.count("pytanie o charger_find") == 4
    assert "pytanie o air_quality_now" not in found


async def test_without_access_to_conversations_nothing_leads_there(staff_panel: Panel) -> None:
    await ask(staff_panel.desk.database, _NOON)
    browser = await staff_panel.visit(Role.ADMINISTRATOR)
    page = (await browser.get("/panel/liczby?okres=7")).text
    assert "Powietrze" in page
    assert "/panel/rozmowy" not in page


async def test_figures_from_when_talks_may_be_deleted_are_said_to_be_incomplete(
    staff_panel: Panel, browser: Browser
) -> None:
    assert "niepełne" not in (await browser.get("/panel/liczby?okres=90")).text
    page = words((await browser.get("/panel/liczby?od=2026-08-01&do=2026-11-23")).text)
    assert "liczby sprzed 25.08.2026 są niepełne" in page
    await staff_panel.desk.retention.change(CONSOLE, {"conversations": 365})
    page = words((await browser.get("/panel/liczby?okres=90")).text)
    assert "liczby sprzed 31.10.2026 są niepełne" in page


async def test_an_empty_city_has_pages_too(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.ANALYST)
    for path in ("", "/powiadomienia", "/zrodla", "/temat/charging", "/wiadomosci?kanal=sms&powod=x"):
        answer = await browser.get(f"/panel/liczby{path}")
        assert answer.status_code == 200
        assert "NaN" not in answer.text
    assert "W tym okresie nikt o nic nie zapytał." in (await browser.get("/panel/liczby")).text


_NO_PERIODS = (
    ("od=2026-11-23&do=2026-11-01", "Okres kończy się przed początkiem."),
    ("od=2026-11-01", "Proszę podać oba dni"),
    ("od=wczoraj&do=2026-11-01", "Proszę podać oba dni"),
    ("od=2026-02-30&do=2026-03-01", "Proszę podać oba dni"),
    ("od=2026-11-01&do=2026-11-24", "najpóźniej dzisiaj"),
    ("od=2024-11-01&do=2026-11-01", "najwyżej rok"),
    ("od=0001-01-01&do=2026-11-01", "od 2020 roku"),
    ("od=%3Cscript%3E&do=2026-11-01", "Proszę podać oba dni"),
)


async def test_what_is_no_period_is_explained_and_stays_typed(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.ANALYST)
    for typed, said in _NO_PERIODS:
        answer = await browser.get(f"/panel/liczby?{typed}")
        assert (answer.status_code, said in answer.text) == (422, True), typed
        assert f'value="{escape(unquote(typed.split("=")[1].split("&")[0]))}"' in answer.text
    for path in ("", "/powiadomienia", "/temat/air", "/csv/tematy", "/wiadomosci"):
        answer = await browser.get(f"/panel/liczby{path}?{_NO_PERIODS[0][0]}")
        assert (answer.status_code, _NO_PERIODS[0][1] in answer.text) == (422, True), path


async def test_days_may_be_typed_as_they_are_written_in_poland(browser: Browser) -> None:
    page = words((await browser.get("/panel/liczby?od=20.11.2026&do=20.11.2026")).text)
    assert "Pytania 5 Pytania: lista" in page


async def test_what_is_not_there_is_told(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.ANALYST)
    for path in ("csv/nic", "temat/nic", "csv/pytania-tematu?temat=nic"):
        assert (await browser.get(f"/panel/liczby/{path}")).status_code == 404


async def test_the_file_has_a_name_that_says_what_it_is(browser: Browser) -> None:
    answer = await browser.get("/panel/liczby/csv/tematy?okres=7")
    assert answer.headers["content-disposition"] == 'attachment; filename="tematy-2026-11-17-2026-11-23.csv"'
