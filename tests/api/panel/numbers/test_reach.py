"""Figures of a known city: who wants messages, what became of those sent, what they cost, how fresh the data are."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from content.topics.air.service import CURRENT_SOURCE
from content.topics.charging.service import LIVE_SOURCE
from core.staff.permissions import Role
from tests.api.panel.conftest import Browser, Panel, words
from tests.api.panel.numbers.known import hear, pay, publish, subscribe

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_EVIL = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
async def panel(staff_panel: Panel) -> Panel:
    """A city with six subscribers by SMS and two on Telegram, to whom an announcement went."""
    database = staff_panel.desk.database
    district, other = list(staff_panel.desk.newsroom.districts)[:2]
    by_sms = [await subscribe(database, _NOON, "sms", (district,)) for _ in range(6)]
    by_telegram = [await subscribe(database, _NOON, "telegram", (other,)) for _ in range(2)]
    sent = [
        *((contact, "sms", "delivered", None, 2) for contact in by_sms[:3]),
        (by_sms[3], "sms", "sent", None, 2),
        *((contact, "sms", "failed", "30007", 0) for contact in by_sms[4:]),
        (by_telegram[0], "telegram", "delivered", None, 0),
        (by_telegram[1], "telegram", "gone", "unsubscribed", 0),
    ]
    await publish(database, _NOON, "Zamknięcie ulicy", sent)
    await publish(database, _NOON - timedelta(days=30), _EVIL, [(by_sms[0], "sms", "delivered", None, 1)])
    await pay(database, date(2026, 11, 20), 8)
    await pay(database, date(2026, 11, 21), 1)
    await pay(database, date(2026, 10, 20), 500)
    return staff_panel


async def _table(browser: Browser, name: str, period: str = "okres=7") -> list[list[str]]:
    answer = await browser.get(f"/panel/liczby/csv/{name}?{period}")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))[1:]


async def test_the_figures_of_a_week(panel: Panel) -> None:
    browser = await panel.visit(Role.EDITOR)
    page = words((await browser.get("/panel/liczby/powiadomienia?okres=7")).text)
    assert "Odbiorcy teraz 8 każdy kanał liczony osobno" in page
    assert "Wiadomości 8 z komunikatów i alertów tego okresu" in page
    assert "Wysłane lub doręczone 63% 5" in page
    assert "Koszt SMS 1,80 zł 9 części SMS" in page


async def test_outcomes_reasons_and_payments(panel: Panel) -> None:
    browser = await panel.visit(Role.ANALYST)
    assert await _table(browser, "wysylka") == [
        ["SMS", "doręczono", "3", "50%"],
        ["SMS", "wysłano, bez potwierdzenia odbioru", "1", "17%"],
        ["SMS", "nie udało się", "2", "33%"],
        ["Telegram", "doręczono", "1", "50%"],
        ["Telegram", "odbiorca niedostępny", "1", "50%"],
    ]
    assert await _table(browser, "powody") == [
        ["kod dostawcy 30007", "SMS", "2"],
        ["mieszkaniec zrezygnował w międzyczasie", "Telegram", "1"],
    ]
    assert await _table(browser, "wydatki") == [
        ["21.11.2026", "SMS", "1", "0,20"],
        ["20.11.2026", "SMS", "8", "1,60"],
    ]
    assert await _table(browser, "komunikaty") == [["20.11.2026, 13:00", "komunikat", "Zamknięcie ulicy", "8", "1,60"]]


async def test_a_reason_leads_to_the_announcement_that_it_struck(panel: Panel) -> None:
    browser = await panel.visit(Role.ANALYST)
    path = "/panel/liczby/wiadomosci?kanal=sms&amp;powod=30007&amp;okres=7"
    assert f'href="{path}"' in (await browser.get("/panel/liczby/powiadomienia?okres=7")).text
    behind = (await browser.get(path.replace("&amp;", "&"))).text
    assert "SMS: kod dostawcy 30007" in behind
    assert '<a href="/panel/komunikaty/1">Zamknięcie ulicy</a>' in behind
    assert await _table(browser, "wiadomosci", "kanal=sms&powod=30007&okres=7") == [
        ["20.11.2026, 13:00", "komunikat", "Zamknięcie ulicy", "2"]
    ]


async def test_an_outcome_and_a_payment_lead_to_the_messages_behind_them(panel: Panel) -> None:
    browser = await panel.visit(Role.ANALYST)
    page = (await browser.get("/panel/liczby/powiadomienia?okres=7")).text
    assert 'href="/panel/liczby/wiadomosci?kanal=sms&amp;wynik=delivered&amp;okres=7"' in page
    assert await _table(browser, "wiadomosci", "kanal=sms&wynik=delivered&okres=90") == [
        ["20.11.2026, 13:00", "komunikat", "Zamknięcie ulicy", "3"],
        ["21.10.2026, 14:00", "komunikat", f"'{_EVIL}", "1"],
    ]
    assert 'href="/panel/liczby/powiadomienia?od=2026-11-20&amp;do=2026-11-20#komunikaty"' in page
    assert (await browser.get("/panel/liczby/wiadomosci?kanal=sms&wynik=nic")).status_code == 404


async def test_a_title_is_no_formula_in_the_file(panel: Panel) -> None:
    rows = await _table(await panel.visit(Role.ANALYST), "komunikaty", "okres=90")
    assert rows[1][2] == f"'{_EVIL}"


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
async def test_small_numbers_of_residents_are_not_told(panel: Panel, role: Role) -> None:
    browser = await panel.visit(role)
    names = list(panel.desk.newsroom.districts.values())
    assert await _table(browser, "odbiorcy-kanaly") == [["SMS", "6"], ["Telegram", "mniej niż 5"]]
    assert (await _table(browser, "odbiorcy-dzielnice"))[:3] == [
        [names[0], "6"],
        [names[1], "mniej niż 5"],
        [names[2], "mniej niż 5"],
    ]
    assert await _table(browser, "zapisy") == [["SMS", "zapisy", "6"], ["Telegram", "zapisy", "mniej niż 5"]]
    page = words((await browser.get("/panel/liczby/powiadomienia?okres=7")).text)
    assert "Odbiorcy teraz co najmniej 6" in page


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER])
async def test_whoever_sees_audiences_sees_every_number(panel: Panel, role: Role) -> None:
    browser = await panel.visit(role)
    assert await _table(browser, "odbiorcy-kanaly") == [["SMS", "6"], ["Telegram", "2"]]
    assert [row[1] for row in (await _table(browser, "odbiorcy-dzielnice"))[:3]] == ["6", "2", "0"]


async def test_sources_tell_how_fresh_they_are(staff_panel: Panel) -> None:
    database, now = staff_panel.desk.database, staff_panel.clock.now()
    await hear(database, LIVE_SOURCE, now - timedelta(days=2), failures=7)
    await hear(database, CURRENT_SOURCE, now - timedelta(minutes=22), failures=0)
    assert await _table(await staff_panel.visit(Role.ANALYST), "zrodla") == [
        [
            *("GIOŚ: bieżące pomiary powietrza", "świeże", "23.11.2026, 19:08", "22 minuty", "3 godziny"),
            *("23.11.2026, 19:08", "0"),
        ],
        [
            *("EIPA: zajętość i ceny ładowarek", "nieaktualne", "21.11.2026, 19:30", "2 dni", "1 godzina"),
            *("21.11.2026, 19:30", "7"),
        ],
    ]


async def test_the_first_page_tells_how_things_stand_today(panel: Panel) -> None:
    panel.clock.set(_NOON + timedelta(hours=3))
    page = words((await (await panel.visit(Role.EDITOR)).get("/panel")).text)
    assert "Stan na dziś 20.11.2026, 16:00" in page
    assert "Pytania 0 Pytania: lista bez odpowiedzi: 0" in page
    assert "Wiadomości 8 Wiadomości: lista wysłane lub doręczone: 5" in page
    assert "Koszt SMS 1,60 zł Koszt SMS: lista limit dnia: 2000,00 zł" in page
