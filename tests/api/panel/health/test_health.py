"""The state of the product in the panel: each part in words, and what is wrong named as such."""

from datetime import timedelta

import pytest

from content.sources.gios.errors import GiosUnavailableError
from content.sources.status import record_failure, record_success
from core.processes.heartbeat import Fact, Heartbeat
from core.staff.permissions import Role
from notifier.scheduler.job import Job
from notifier.scheduler.runs import JobRuns
from tests.api.panel.conftest import Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _shown(panel: Panel, role: Role = Role.ANALYST) -> str:
    return words((await (await panel.visit(role)).get("/panel/stan")).text)


async def _beats(panel: Panel, roles: list[str], **facts: Fact) -> None:
    named = {name.replace("__", ":"): value for name, value in facts.items()}
    await Heartbeat(panel.desk.database, panel.clock, roles, [lambda: named]).beat()


async def test_a_source_shows_its_age_its_limit_and_its_last_error_in_plain_words(staff_panel: Panel) -> None:
    now = staff_panel.clock.now()
    async with staff_panel.desk.database.write() as session:
        await record_success(session, "gios", now - timedelta(hours=4), 72, 0, now - timedelta(hours=4))
        await record_failure(session, "gios", GiosUnavailableError("GIOŚ answered with HTTP 503"), now)
        await record_success(session, "gios_notices", None, 0, 0, now)
    coming = (now + timedelta(minutes=25)).isoformat()
    await _beats(staff_panel, ["scheduler"], leads=True, next__air=coming)
    shown = await _shown(staff_panel)
    assert "GIOŚ: bieżące pomiary powietrza Uwaga: nieaktualne: ostatnia odpowiedź jest za stara" in shown
    assert "Ostatnia odpowiedź 23.11.2026, 15:30 (4 godziny temu) Nieaktualne po 3 godzinach" in shown
    assert "Ostatni błąd 23.11.2026, 19:30 (przed chwilą): źródło nie odpowiada albo ma awarię" in shown
    assert "Następna próba 23.11.2026, 19:55" in shown
    assert "GIOŚ: powiadomienia o przekroczeniach działa" in shown
    assert "EIPA: rejestr ładowarek nieużywane: ustawienie EIPA_TOKEN jest puste" in shown


async def test_the_first_page_tells_of_sources_that_need_care(staff_panel: Panel) -> None:
    now = staff_panel.clock.now()
    async with staff_panel.desk.database.write() as session:
        for name in ("gios", "gios_notices", "gios_day_means", "gios_archive"):
            await record_success(session, name, now, 1, 0, now)
    browser = await staff_panel.visit(Role.ADMINISTRATOR)
    assert "wymaga uwagi" not in words((await browser.get("/panel")).text)
    staff_panel.clock.advance(timedelta(hours=3, minutes=1))
    await browser.sign_in("Olga Sowa")
    assert "3 źródła danych wymagają uwagi" in words((await browser.get("/panel")).text)


async def test_a_process_that_fell_silent_is_told_and_nobody_leads_then(staff_panel: Panel) -> None:
    await _beats(staff_panel, ["web"], model="0123456789abcdef", model_servers=2)
    await _beats(staff_panel, ["scheduler"], leads=True)
    shown = await _shown(staff_panel)
    assert "strony, czat i panel działa , ostatnio" in shown
    assert "Model 0123456789abcdef : odpowiada, zapasowy gotowy" in shown
    assert "Prowadzi je proces" in shown
    staff_panel.clock.advance(timedelta(minutes=2))
    shown = await _shown(staff_panel, Role.EDITOR)
    assert "zadania cykliczne Uwaga: nie zgłasza się" in shown
    assert "Uwaga: żaden działający proces nie prowadzi zadań" in shown


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"channel__sms": "sends"}, "SMS wysyła"),
        ({"channel__sms": "stopped"}, "SMS Uwaga: zatrzymany: dostawca nie przyjmuje danych logowania"),
        (
            {"channel__sms": "sends", "rests__sms": "2026-11-23T18:45:00+00:00"},
            "SMS Uwaga: wstrzymany na prośbę dostawcy do 23.11.2026, 19:45",
        ),
        ({"channel__telegram": "sends"}, "SMS Uwaga: żaden działający proces nie wysyła"),
    ],
)
async def test_a_channel_is_what_its_workers_say(staff_panel: Panel, facts: dict[str, Fact], told: str) -> None:
    await _beats(staff_panel, ["worker"], **facts)
    assert told in await _shown(staff_panel)


async def test_what_was_spent_today_stands_beside_the_cap(staff_panel: Panel) -> None:
    desk = staff_panel.desk
    async with desk.database.write() as session:
        await desk.health.budget.take(session, 12, staff_panel.clock.now())
    price, cap = desk.health.price.of(12), desk.health.budget.cap
    told = f"Wydane dzisiaj: {price:.2f} zł z {cap:.2f} zł dziennego limitu (12 części SMS)."
    assert told.replace(".", ",").rstrip(",") in (await _shown(staff_panel)).replace(".", ",")


async def test_a_job_that_fails_is_told_with_its_error(staff_panel: Panel) -> None:
    async def work() -> None: ...

    runs, job = JobRuns(staff_panel.desk.database, staff_panel.clock), Job("deliveries", work, minutes="*/10")
    await runs.take_now(job)
    await runs.ended(job, "OperationalError")
    assert "Kontrola wysyłek 23.11.2026, 19:30 (przed chwilą) Uwaga: nie udało się: OperationalError" in await _shown(
        staff_panel
    )


async def test_what_the_assistant_does_not_know_is_listed(staff_panel: Panel) -> None:
    shown = await _shown(staff_panel)
    thin = [gap for gap in staff_panel.desk.health.find_gaps(staff_panel.clock.now().date()) if gap.reason == "thin"]
    assert f"Pytania bez odpowiedzi ({len(thin)})" in shown
    assert all(gap.title in shown for gap in thin)
    assert "Informacje do sprawdzenia" in shown
    assert "Kolejka jest pusta." in shown
