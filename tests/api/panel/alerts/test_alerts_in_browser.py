"""An evening on duty in a real browser, by keyboard: an alert sent, a rule tried and changed, the state seen."""

import re

import pytest
from fastapi.staticfiles import StaticFiles
from playwright.async_api import ConsoleMessage, Page, expect

from core.processes.heartbeat import Heartbeat
from core.staff.permissions import Role
from tests.api.panel.alerts.conftest import Smog
from tests.api.panel.conftest import PASSWORD, Panel, app_of
from tests.api.served import served
from tests.browsing import check_page, follow
from tests.fixtures.running import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True, ids=["dark"]),
]


def _is_fault(message: ConsoleMessage) -> bool:
    # A form that is refused comes back with 422.
    return message.type == "error" and "status of 422" not in message.text


async def test_an_evening_on_duty(staff_panel: Panel, smog: Smog, page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    await page.clock.install(time=staff_panel.clock.now())
    await smog.subscribe("sms", "+48600100200")
    await smog.measured({ago: 90.0 if ago < 40 else 20.0 for ago in range(100) if ago != 30})
    await smog.comes(4, notice=True, pm10_day=90.0)
    await Heartbeat(staff_panel.desk.database, staff_panel.clock, ["scheduler"], [lambda: {"leads": True}]).beat()
    app = app_of(staff_panel.desk)
    app.mount("/static", StaticFiles(directory=ROOT / "api" / "static"))
    async with served(app) as address:
        await page.goto(f"{address}/panel")
        await page.get_by_label("Nazwa konta").fill(await staff_panel.hire(Role.APPROVER))
        await page.get_by_label("Hasło").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await _send(page)
        await _change_a_rule(page)
        await _look_at_the_state(page)
    assert faults == []


async def _send(page: Page) -> None:
    await follow(page, "1 alert czeka na decyzję")
    await page.locator("summary", has_text="PM10").press("Enter")
    await expect(page.get_by_role("cell", name="90 µg/m³").first).to_be_visible()
    await expect(page.get_by_text(re.compile("zostało (29|30) minut"))).to_be_visible()
    await page.clock.fast_forward("08:30")
    await expect(page.get_by_text("zostało 21 minut")).to_be_visible()
    await check_page(page)
    await page.get_by_role("link", name="Zobacz i zdecyduj").press("Enter")
    await check_page(page)
    await page.get_by_label("Powód decyzji").fill("Zgodne z komunikatem GIOŚ")
    await page.get_by_role("button", name="Wyślij teraz (1 odbiorca)").press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Alert jest wysyłany.")
    await check_page(page)


async def _change_a_rule(page: Page) -> None:
    await follow(page, "Alerty")
    await follow(page, "Reguły")
    await check_page(page)
    await follow(page, "Zmień reguły")
    rule = page.get_by_role("group", name=re.compile("pm10_day_information"))
    await rule.get_by_label("Próg").fill("70")
    await page.get_by_role("button", name="Sprawdź na ostatnich 30 dniach").press("Enter")
    await expect(rule.get_by_text("Wartość końca epizodu musi być niższa niż próg.")).to_be_visible()
    await check_page(page)
    await rule.get_by_label("Koniec epizodu").fill("50")
    await page.get_by_role("button", name="Sprawdź na ostatnich 30 dniach").press("Enter")
    await expect(page.get_by_text("próg: 100 → 70")).to_be_visible()
    await check_page(page)
    await page.get_by_label("Powód zmiany").fill("Decyzja wydziału środowiska")
    await page.get_by_role("button", name="Zapisz i stosuj od teraz").press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Zmienione reguły obowiązują od teraz.")
    for name in ("Historia", "Powtórka"):
        await follow(page, name)
        await check_page(page)


async def _look_at_the_state(page: Page) -> None:
    await follow(page, "Źródła i stan")
    await expect(page.get_by_text("Prowadzi je proces")).to_be_visible()
    await check_page(page)
