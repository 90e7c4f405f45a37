"""The whole life of an announcement with two people in real browsers, and every screen as everybody can use it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from fastapi.staticfiles import StaticFiles
from playwright.async_api import Browser, Page

from api.panel.desk import Desk
from core.sms_text import to_gsm
from core.staff.permissions import Role
from tests.api.panel.announcements.conftest import BODY, NEWS, TITLE, Town
from tests.api.panel.conftest import PASSWORD, Panel, app_of
from tests.api.served import served
from tests.browsing import check_page
from tests.fixtures.browser import PATIENCE_MS
from tests.fixtures.running import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
async def address(desk: Desk) -> AsyncIterator[str]:
    """Where the panel is served, with the style of the city."""
    app = app_of(desk)
    app.mount("/static", StaticFiles(directory=ROOT / "api" / "static"))
    async with served(app) as url:
        yield url


async def _person(browser: Browser, stack: AsyncExitStack, address: str, name: str, faults: list[str]) -> Page:
    """Open a browser of somebody's own and sign in."""
    context = await browser.new_context(locale="pl-PL", timezone_id="Europe/Warsaw")
    stack.push_async_callback(context.close)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None)
    await page.goto(f"{address}/panel")
    await page.get_by_label("Nazwa konta").fill(name)
    await page.get_by_label("Hasło").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name=f"Dzień dobry, {name}").wait_for()
    return page


async def _write_and_try(anna: Page, town: Town) -> str:
    """Find the way from the first page to a sample on the own phone; return the address of the announcement."""
    await anna.get_by_role("navigation", name="Panel").get_by_role("link", name="Komunikaty").click()
    await anna.get_by_role("link", name="Nowy komunikat").click()
    await anna.get_by_label("Tytuł").fill(TITLE)
    await anna.get_by_role("textbox", name="Treść", exact=True).fill(BODY)
    await anna.get_by_role("status").get_by_text("SMS: 1 część, 1,20 zł za 6 odbiorców.").wait_for()
    await anna.get_by_text("Zamknieta ulica Zlotoryjska").wait_for()
    # Events are another matter that residents ask for: the counts follow what is typed.
    await anna.get_by_text("To jest wydarzenie").click()
    await anna.get_by_label("Początek").fill("2027-05-12T18:00")
    await anna.locator("#reach-sms").get_by_text("0 osób jest zapisanych").wait_for()
    await anna.get_by_label("Początek").fill("")
    await anna.locator("#reach-sms").get_by_text("6 osób jest zapisanych").wait_for()
    await check_page(anna)
    await anna.get_by_role("button", name="Zapisz i wyślij próbkę do mnie").click()
    await anna.get_by_label("Mój numer telefonu").fill("512 345 678")
    await check_page(anna)
    await anna.get_by_role("button", name="Wyślij próbkę przez SMS").click()
    await anna.get_by_text("Próbka jest wysłana.").wait_for()
    assert await town.outbox() == [("sms", to_gsm(f"PRÓBA: {TITLE}\n{BODY}\nRezygnacja: STOP"))]
    return anna.url.partition("?")[0]


async def _submit(anna: Page) -> None:
    await anna.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    await anna.get_by_text("czeka na zatwierdzenie przez drugą osobę").wait_for()


async def _return(jan: Page, address: str) -> None:
    """Find what waits, read it and return it with a remark."""
    await jan.goto(f"{address}/panel")
    await jan.get_by_role("link", name="1 komunikat czeka na zatwierdzenie").click()
    await jan.get_by_role("link", name=TITLE).click()
    await jan.get_by_text("Zwróć do poprawy").click()
    await check_page(jan)
    await jan.get_by_label("Co trzeba poprawić").fill("Brak godziny.")
    await jan.get_by_role("button", name="Zwróć autorowi").click()
    await jan.get_by_text("wrócił do autora").wait_for()


async def _mend(anna: Page, own: str) -> None:
    await anna.goto(own)
    await anna.get_by_text("Brak godziny.").first.wait_for()
    await anna.get_by_role("link", name="Zmień treść").click()
    await anna.get_by_role("textbox", name="Treść", exact=True).fill("Od wtorku, godz. 8:00, do piątku.")
    await anna.get_by_role("button", name="Zapisz szkic").click()
    await _submit(anna)
    assert await anna.get_by_role("button", name="Zatwierdź").count() == 0


async def _approve_and_send(jan: Page, own: str) -> None:
    await jan.goto(own)
    await jan.get_by_role("button", name="Zatwierdź tę treść").click()
    await jan.get_by_role("link", name="Wyślij albo zaplanuj").click()
    await check_page(jan)
    await jan.get_by_role("button", name="Wyślij do wszystkich").click()
    await jan.get_by_text("Wysyłanie się zaczęło.").wait_for()


async def _halt_and_go_on(jan: Page, town: Town) -> None:
    """Follow the progress live, halt it, and let the rest go."""
    await town.work(batch=2, steps=1)
    await jan.locator("#progress").get_by_text("2 z 6").first.wait_for()
    await jan.get_by_role("button", name="Wstrzymaj wysyłanie").click()
    await jan.get_by_text("wysyłanie wstrzymane", exact=True).wait_for()
    await check_page(jan)
    await town.work()
    assert len(await town.outbox()) == 3
    await jan.get_by_role("button", name="Wznów wysyłanie").click()
    await jan.get_by_text("Wysyłanie trwa dalej.").wait_for()
    await town.work()
    await jan.get_by_text("Wszystkie wiadomości są załatwione.").wait_for()
    await jan.get_by_role("link", name="Odśwież stronę").click()
    await jan.get_by_text("wysłany", exact=True).wait_for()
    await jan.get_by_role("link", name="Co stało się z każdą wiadomością").click()
    await check_page(jan)


async def _correct(anna: Page, own: str) -> str:
    await anna.goto(own)
    await anna.get_by_role("link", name="Napisz sprostowanie").click()
    await anna.get_by_role("textbox", name="Treść", exact=True).fill("Ulica jest zamknięta do soboty.")
    await check_page(anna)
    await anna.get_by_role("button", name="Zapisz szkic").click()
    await _submit(anna)
    return anna.url.partition("?")[0]


async def test_two_people_take_an_announcement_from_the_first_word_to_its_correction(
    staff_panel: Panel, town: Town, browser: Browser, address: str
) -> None:
    await town.sign_up(6)
    faults: list[str] = []
    async with AsyncExitStack() as stack:
        anna = await _person(browser, stack, address, await staff_panel.hire(Role.EDITOR), faults)
        jan = await _person(browser, stack, address, await staff_panel.hire(Role.APPROVER), faults)
        own = await _write_and_try(anna, town)
        await _submit(anna)
        await _return(jan, address)
        await _mend(anna, own)
        await _approve_and_send(jan, own)
        await _halt_and_go_on(jan, town)
        assert len(await town.outbox()) == 7
        await _approve_and_send(jan, await _correct(anna, own))
        await town.work()
        corrected = to_gsm(f"Sprostowanie: {TITLE}\nUlica jest zamknięta do soboty.\nRezygnacja: STOP")
        assert (await town.outbox())[-1] == ("sms", corrected)
        for path in ("", "/kalendarz", "/szablony", "/baner"):
            await anna.goto(f"{address}{NEWS}{path}")
            await check_page(anna)
    assert faults == []
