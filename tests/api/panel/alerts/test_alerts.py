"""Alerts in the panel: what runs, what waits and is decided, what went out, a period once more."""

from datetime import timedelta

import pytest

from core.staff.permissions import Role
from tests.api.panel.alerts.conftest import Smog
from tests.api.panel.conftest import Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

HELD, SENT = "GIOŚ: przekroczony poziom alarmowy", "Zła jakość powietrza w Legnicy"
REASON = "Zgodne z komunikatem GIOŚ"


async def test_a_held_alert_shows_its_deadline_its_words_and_whom_it_reaches(staff_panel: Panel, smog: Smog) -> None:
    await smog.subscribe("sms", "+48600100200")
    await smog.subscribe("telegram", "100200300")
    await smog.comes(notice=True)
    browser = await staff_panel.visit(Role.APPROVER)
    assert "1 alert czeka na decyzję" in words((await browser.get("/panel")).text)
    overview = words((await browser.get("/panel/alerty")).text)
    assert "Decyzja do 20:00 ( zostało 30 minut ). Bez decyzji alert zostanie wysłany ." in overview
    shown = words((await browser.get("/panel/alerty/1")).text)
    assert f"{HELD} czeka na decyzję" in shown
    assert "Informacja miasta. Główny Inspektorat Ochrony Środowiska podał" in shown
    assert "SMS GIOS: przekroczony poziom alarmowy Informacja miasta." in shown
    assert 'GIOS podal 23.11.2026, 18:30: "Poziom alarmowy' in shown
    assert "Razem odbiorców 2 SMS 1 Telegram 1" in shown
    assert "Wyślij teraz (2 odbiorców)" in shown


async def test_a_person_sends_it_with_a_reason_and_sees_what_became_of_it(staff_panel: Panel, smog: Smog) -> None:
    await smog.subscribe("sms", "+48600100200")
    await smog.comes(notice=True)
    browser = await staff_panel.visit(Role.EDITOR)
    await browser.get("/panel/alerty/1")
    empty = await browser.post("/panel/alerty/1/wyslij", {"reason": "  "})
    assert empty.status_code == 422
    assert "Proszę podać powód decyzji: od 1 do 300 znaków." in empty.text
    answer = await browser.post("/panel/alerty/1/wyslij", {"reason": REASON})
    shown = words((await browser.get(answer.headers["location"])).text)
    assert "Alert jest wysyłany." in shown
    assert f"Decyzja Anna Nowak, 23.11.2026, 19:30 Powód {REASON}" in shown
    assert "SMS czeka na wysłanie – 1" in shown
    assert "Wyślij teraz" not in shown
    late = await browser.post("/panel/alerty/1/odrzuc", {"reason": "Jednak nie"})
    assert late.status_code == 422
    assert "Decyzja już zapadła." in late.text


async def test_a_rejected_alert_does_not_go_out(staff_panel: Panel, smog: Smog) -> None:
    await smog.subscribe("sms", "+48600100200")
    await smog.comes(notice=True)
    browser = await staff_panel.visit(Role.APPROVER)
    await browser.get("/panel/alerty/1")
    answer = await browser.post("/panel/alerty/1/odrzuc", {"reason": "Pomyłka stacji"})
    assert "Nie zostanie wysłany." in (await browser.get(answer.headers["location"])).text
    assert "brak wysyłek" not in words((await browser.get("/panel/alerty")).text)
    assert "Żaden alert nie czeka na decyzję." in words((await browser.get("/panel/alerty")).text)


async def test_an_alert_out_of_date_can_only_be_rejected(staff_panel: Panel, smog: Smog) -> None:
    await smog.comes(notice=True)
    browser = await staff_panel.visit(Role.APPROVER)
    staff_panel.clock.advance(timedelta(hours=6))
    await browser.sign_in("Jan Kos")
    shown = await browser.get("/panel/alerty/1")
    assert "Można go tylko odrzucić." in shown.text
    refused = await browser.post("/panel/alerty/1/wyslij", {"reason": REASON})
    assert refused.status_code == 422
    assert "nieaktualny i nie można go wysłać" in refused.text


async def test_an_analyst_reads_and_does_not_decide(staff_panel: Panel, smog: Smog) -> None:
    await smog.comes(notice=True)
    browser = await staff_panel.visit(Role.ANALYST)
    shown = await browser.get("/panel/alerty/1")
    assert HELD in shown.text
    assert "Wyślij teraz" not in shown.text
    assert (await browser.post("/panel/alerty/1/wyslij", {"reason": REASON})).status_code == 403
    assert "czeka na decyzję" not in words((await browser.get("/panel")).text).partition("Co można")[0]


async def test_a_running_episode_shows_its_readings_as_a_chart_and_as_a_table(staff_panel: Panel, smog: Smog) -> None:
    await smog.measured({ago: 120.0 + ago for ago in range(40) if ago != 3})
    await smog.comes(4, pm10_day=131.5)
    page = (await (await staff_panel.visit(Role.EDITOR)).get("/panel/alerty")).text
    shown = words(page)
    assert "Poziom teraz poziom 4: zły" in shown
    assert "próg 100" in shown
    # The mean of the 24 hours up to 19:00, of which the one three hours ago is missing.
    assert "23.11.2026, 19:00 131,9 µg/m³" in shown
    assert 'class="line" points="' in page
    assert "style=" not in page


async def test_the_history_is_filtered_by_state_level_and_day(staff_panel: Panel, smog: Smog) -> None:
    await smog.subscribe("sms", "+48600100200")
    await smog.comes(4, notice=True)
    browser = await staff_panel.visit(Role.ANALYST)
    everything = words((await browser.get("/panel/alerty/historia")).text)
    assert HELD in everything
    assert f"{SENT} wysłany poziom 4: zły 23.11.2026, 19:30 · czeka na wysłanie: 1" in everything
    for query, seen in (
        ("stan=sent", SENT),
        ("stan=held", HELD),
        ("poziom=4", SENT),
        ("poziom=5", HELD),
        ("poziom=odwolanie", ""),
        ("do=2026-11-22", ""),
        ("od=2026-11-23&stan=cokolwiek&poziom=9", HELD),
    ):
        page = words((await browser.get(f"/panel/alerty/historia?{query}")).text)
        assert (seen in page) if seen else "Nie ma takich alertów." in page, query


async def test_a_stored_period_is_played_again(staff_panel: Panel, smog: Smog) -> None:
    await smog.measured({ago: 130.0 if ago < 30 else 20.0 for ago in range(80)})
    browser = await staff_panel.visit(Role.ANALYST)
    found = words((await browser.get("/panel/alerty/powtorka?od=2026-11-20&do=2026-11-23")).text)
    assert SENT in found
    assert "z 80 godzin pomiarów." in found
    assert "Z tych dni nie ma zapisanych pomiarów." in words(
        (await browser.get("/panel/alerty/powtorka?od=2025-01-01&do=2025-01-02")).text
    )


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("od=2026-11-23&do=2026-11-20", "pierwszy nie jest późniejszy"),
        ("od=jutro&do=2026-11-20", "pierwszy nie jest późniejszy"),
        ("od=2026-01-01&do=2026-11-20", "najwyżej 92 dni"),
    ],
)
async def test_a_period_that_cannot_be_played_is_told_and_kept(staff_panel: Panel, query: str, fault: str) -> None:
    answer = await (await staff_panel.visit(Role.ANALYST)).get(f"/panel/alerty/powtorka?{query}")
    assert answer.status_code == 422
    assert fault in answer.text
    assert f'value="{query.partition("=")[2].partition("&")[0]}"' in answer.text


@pytest.mark.parametrize("number", ["99", "0", "x", "%00"])
async def test_an_alert_that_is_not_there_is_told(staff_panel: Panel, number: str) -> None:
    answer = await (await staff_panel.visit(Role.EDITOR)).get(f"/panel/alerty/{number}")
    assert answer.status_code == 404
