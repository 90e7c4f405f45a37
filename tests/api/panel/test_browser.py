"""The panel in a real browser: by keyboard, for screen readers, under its own content security policy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from playwright.async_api import Page

from api.panel.desk import Desk
from bot.handoffs.handoff import NewHandoff
from bot.handoffs.letters.carrier import LetterCarrier
from bot.handoffs.letters.service import Letters
from core.settings import Settings
from core.staff.permissions import Role
from hub.bootstrap import address_vault
from notifier.channels.log import LogChannel
from tests.api.panel.conftest import PASSWORD, Panel, app_of
from tests.browsing import check_page
from tests.fixtures.running import ROOT, free_port

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

_SENDER = "sms:+48601234567"


@asynccontextmanager
async def _served(app: FastAPI) -> AsyncIterator[str]:
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the panel did not start"
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@pytest.fixture
async def address(desk: Desk) -> AsyncIterator[str]:
    """Where the panel is served, with the style of the city."""
    app = app_of(desk)
    app.mount("/static", StaticFiles(directory=ROOT / "api" / "static"))
    async with _served(app) as url:
        yield url


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser complained about: scripts that failed, or what the policy stopped."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda message: (
            found.append(message.text) if message.type == "error" and "status of 4" not in message.text else None
        ),
    )
    return found


async def _sign_in(page: Page, address: str, name: str) -> None:
    await page.goto(f"{address}/panel")
    await page.get_by_label("Nazwa konta").fill(name)
    await page.get_by_label("Hasło").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name=f"Dzień dobry, {name}").wait_for()


async def test_every_page_of_an_editor_is_accessible(
    staff_panel: Panel, page: Page, address: str, faults: list[str]
) -> None:
    async with staff_panel.desk.database.write() as session:
        new = NewHandoff("key", "sms", "air", _SENDER, "Czuję dym wieczorami.", "here", _SENDER)
        number = await staff_panel.desk.handoffs.create(session, new)
        await staff_panel.desk.handoffs.assign(session, number, "Anna Nowak", "Anna Nowak")
        await staff_panel.desk.handoffs.reply(session, number, "O której godzinie?", "Anna Nowak")
    await page.goto(f"{address}/panel")
    await check_page(page)
    await _sign_in(page, address, await staff_panel.hire(Role.EDITOR))
    for path in ("", "/sprawy", f"/sprawy/{number}", "/rozmowy", "/teksty", "/teksty/greet", "/teksty/greet/text"):
        await page.goto(f"{address}/panel{path}")
        await check_page(page)
    for path in ("/konto", "/haslo", "/drugi-skladnik", "/potwierdzenie", "/dziennik", "/nie-ma"):
        await page.goto(f"{address}/panel{path}")
        await check_page(page)
    assert faults == []


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
async def test_every_page_of_an_administrator_is_accessible_in_the_dark(
    staff_panel: Panel, page: Page, address: str, faults: list[str]
) -> None:
    await staff_panel.hire(Role.EDITOR)
    await _sign_in(page, address, await staff_panel.hire(Role.ADMINISTRATOR))
    for path in ("/pracownicy", "/klucze", "/dziennik", "/przechowywanie"):
        await page.goto(f"{address}/panel{path}")
        await check_page(page)
    for typed in ("0", "30"):
        await page.get_by_label("Liczba dni od ostatniej wiadomości w rozmowie").fill(typed)
        await page.get_by_role("button", name="Sprawdź, co zniknie").click()
        await check_page(page)
    await page.get_by_role("heading", name="Co zniknie po zmianie").wait_for()
    assert faults == []


async def test_a_reply_by_sms_shows_its_price_while_it_is_written_and_when_it_has_left(
    staff_panel: Panel, page: Page, address: str, faults: list[str]
) -> None:
    desk = staff_panel.desk
    async with desk.database.write() as session:
        new = NewHandoff("key", "sms", "air", _SENDER, "Czuję dym wieczorami.", "here", _SENDER)
        number = await desk.handoffs.create(session, new)
    await _sign_in(page, address, await staff_panel.hire(Role.EDITOR))
    await page.goto(f"{address}/panel/sprawy/{number}")
    await page.get_by_label("Treść odpowiedzi").fill("Sprawdzimy to jutro. " * 12)
    await page.get_by_text("Liczba części SMS: 3, koszt: 0,60 zł.").wait_for()
    await page.get_by_role("button", name="Wyślij odpowiedź").click()
    await page.get_by_text("Czeka na wysłanie SMS-em.").wait_for()

    letters = Letters(desk.database, address_vault(Settings()), staff_panel.clock, desk.texts)
    outbox = LogChannel(desk.database, "sms", staff_panel.clock)
    carrier = LetterCarrier(letters, desk.database, staff_panel.clock, [outbox], limits={}, budgets={})
    assert await carrier.step()
    await page.get_by_text("Wysłano SMS-em: 23.11.2026, 19:30.").wait_for()
    await check_page(page)
    assert faults == []


async def test_a_preview_appears_beside_what_is_typed(
    staff_panel: Panel, page: Page, address: str, faults: list[str]
) -> None:
    await _sign_in(page, address, await staff_panel.hire(Role.EDITOR))
    await page.goto(f"{address}/panel/teksty/greet/text")
    await page.get_by_label("Treść").fill("Dzień dobry! W czym można pomóc?")
    await page.get_by_role("button", name="Podgląd").press("Enter")
    await page.locator("#preview").get_by_text("Liczba części SMS: 1").wait_for()
    assert await page.get_by_label("Treść").input_value() == "Dzień dobry! W czym można pomóc?"
    await page.get_by_label("Treść").fill("{")
    await page.get_by_role("button", name="Podgląd").press("Enter")
    await page.locator("#preview").get_by_role("alert").get_by_text("Nawiasy klamrowe").wait_for()
    assert faults == []


async def test_a_search_shows_its_results_while_one_types(
    staff_panel: Panel, page: Page, address: str, faults: list[str]
) -> None:
    await _sign_in(page, address, await staff_panel.hire(Role.ANALYST))
    await page.goto(f"{address}/panel/rozmowy")
    await page.get_by_label("Słowa").press_sequentially("smog")
    await page.wait_for_url("**/panel/rozmowy?slowa=smog**")
    assert await page.evaluate("document.activeElement.id") == "slowa"
    assert await page.get_by_role("status").inner_text() == "Nie ma takich rozmów."
    assert faults == []


async def test_two_minutes_before_its_end_a_session_can_be_kept(
    staff_panel: Panel, page: Page, address: str, faults: list[str]
) -> None:
    await _sign_in(page, address, await staff_panel.hire(Role.EDITOR))
    await page.clock.install()
    await page.goto(f"{address}/panel/teksty/greet/text")
    await page.clock.fast_forward("27:59")
    assert await page.get_by_role("alert").count() == 0
    await page.clock.fast_forward("00:02")
    warning = page.get_by_role("alert")
    assert "Sesja skończy się za 2 minuty" in await warning.inner_text()
    await warning.get_by_role("button", name="Pracuję dalej").press("Enter")
    await warning.wait_for(state="detached")
    assert faults == []
