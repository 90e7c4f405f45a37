"""From the first page to the conversations behind a figure, in a real browser, in the dark, by keyboard."""

from datetime import date, timedelta

import pytest
from fastapi.staticfiles import StaticFiles
from playwright.async_api import Page

from content.topics.air.service import CURRENT_SOURCE
from core.staff.permissions import Role
from tests.api.panel.conftest import PASSWORD, Panel, app_of
from tests.api.panel.numbers.known import ask, hear, pay, publish, rate, subscribe
from tests.api.served import served
from tests.browsing import check_page, follow
from tests.fixtures.running import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True, ids=["dark"]),
]


async def _fill(panel: Panel) -> None:
    database, now = panel.desk.database, panel.clock.now()
    turns = await ask(database, now - timedelta(days=1))
    await rate(database, turns[0], now, None, helpful=True)
    contact = await subscribe(database, now - timedelta(days=1), "sms")
    await publish(database, now - timedelta(days=1), "Objazd", [(contact, "sms", "failed", "30007", 0)])
    await pay(database, date(2026, 11, 22), 12)
    await hear(database, CURRENT_SOURCE, now, failures=0)


async def test_a_figure_is_followed_to_the_conversations_behind_it(staff_panel: Panel, page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await _fill(staff_panel)
    app = app_of(staff_panel.desk)
    app.mount("/static", StaticFiles(directory=ROOT / "api" / "static"))
    async with served(app) as address:
        await page.goto(f"{address}/panel")
        await page.get_by_label("Nazwa konta").fill(await staff_panel.hire(Role.ANALYST))
        await page.get_by_label("Hasło").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Stan na dziś").wait_for()
        await check_page(page)
        await _follow(page)
    assert faults == []


async def _follow(page: Page) -> None:
    await follow(page, "Liczby")
    await follow(page, "7 dni")
    chart = page.get_by_role("img", name="Wykres słupkowy: Pytania dzień po dniu")
    assert "najwięcej 22.11.2026: 5" in (await chart.get_attribute("aria-label") or "")
    await page.get_by_text("Te same liczby w tabeli").press("Enter")
    assert await page.get_by_role("row", name="22.11.2026").get_by_role("cell").last.inner_text() == "5"
    await check_page(page)
    async with page.expect_download() as saved:
        await page.get_by_role("link", name="Pobierz CSV z tabeli „O co pytają mieszkańcy”").press("Enter")
    assert (await saved.value).suggested_filename == "tematy-2026-11-17-2026-11-23.csv"
    await follow(page, "Ładowarki")
    await check_page(page)
    await follow(page, "Gdzie naładować samochód")
    assert await page.locator("#found").get_by_text("pytanie o charger_find").count() == 2
    await follow(page, "Liczby")
    await follow(page, "Powiadomienia")
    await check_page(page)
    await follow(page, "kod dostawcy 30007")
    assert await page.get_by_role("link", name="Objazd").count() == 1
    await check_page(page)
    await follow(page, "Źródła danych")
    await check_page(page)
