"""The pages of notifications in a real browser: with scripts off, by keyboard, and without barriers."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from api.dependencies import Services
from core.settings import Settings
from hub.bootstrap import Foundation
from tests.api.notifications import PAGE, PHONE, Town, town
from tests.api.served import served
from tests.browsing import no_barrier

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE_SCREEN = {"viewport": {"width": 390, "height": 844}}
NARROW_DARK = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}


@pytest.fixture
async def legnica(foundation: Foundation, services: Services) -> AsyncIterator[Town]:
    ways = Settings(telegram_bot_name="@PrzykladBot", twilio_from="+48 512 000 000")
    async with town(foundation, services, ways) as opened:
        yield opened


@pytest.fixture
async def url(legnica: Town) -> AsyncIterator[str]:
    async with served(legnica.app) as opened:
        yield opened


async def _sign_up(page: Page, url: str, legnica: Town) -> None:
    await page.goto(f"{url}{PAGE}")
    await page.get_by_label("Smog w Legnicy").check()
    await page.get_by_label("Komunikaty miasta", exact=True).check()
    await page.get_by_label("Numer telefonu komórkowego").fill(PHONE)
    await page.get_by_label("Zgadzam się").check()
    await page.get_by_role("button", name="Wyślij kod").click()
    await page.get_by_label("Kod", exact=True).fill(await legnica.code())
    await page.get_by_role("button", name="Zapisz").click()
    await expect(page.get_by_role("status")).to_contain_text("Zapis przyjęty.")


@pytest.mark.parametrize(
    "page", [DESKTOP, PHONE_SCREEN, NARROW_DARK], indirect=True, ids=["desktop", "phone", "narrow"]
)
async def test_no_page_has_a_barrier(page: Page, url: str, legnica: Town) -> None:
    await page.goto(f"{url}{PAGE}")
    await no_barrier(page)
    await page.get_by_role("button", name="Wyślij kod").click()
    summary = page.get_by_role("alert")
    await expect(summary).to_be_focused()
    await no_barrier(page)
    await summary.get_by_role("link", name="Proszę podać numer").click()
    await expect(page.get_by_label("Numer telefonu komórkowego")).to_be_focused()

    await _sign_up(page, url, legnica)
    await page.get_by_text("Wybierz dzielnice").click()
    await no_barrier(page)
    own = page.url.partition("?")[0]
    await page.goto(f"{own}/wypisz")
    await no_barrier(page)
    await page.get_by_role("button", name="Wyłącz wszystkie powiadomienia").click()
    await expect(page.get_by_role("status")).to_contain_text("Zgoda jest wycofana")
    await no_barrier(page)


@pytest.mark.parametrize("page", [PHONE_SCREEN], indirect=True)
async def test_the_page_of_the_code_hasno_barrier(page: Page, url: str, legnica: Town) -> None:
    await page.goto(f"{url}{PAGE}/kod/ticket")
    await no_barrier(page)
    await page.get_by_label("Kod", exact=True).fill("123456")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_be_focused()
    await no_barrier(page)


async def test_everything_works_with_scripts_off(browser: Browser, url: str, legnica: Town) -> None:
    context = await browser.new_context(java_script_enabled=False, locale="pl-PL")
    page = await context.new_page()
    await _sign_up(page, url, legnica)
    await page.get_by_label("bardzo złe", exact=True).check()
    await page.get_by_label("Od", exact=True).fill("22:00")
    await page.get_by_label("Do", exact=True).fill("06:00")
    await page.get_by_label("Przerwa").select_option("Na tydzień")
    await page.get_by_role("button", name="Zapisz zmiany").click()
    await expect(page.get_by_role("status")).to_contain_text("Zmiany są zapisane.")
    await expect(page.get_by_text("22:00–06:00")).to_be_visible()
    await expect(page.get_by_text("wszystko wstrzymane do 30.11.2026, 19:30", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Wyłącz wszystkie powiadomienia").click()
    assert await legnica.topics() == []
    assert await context.cookies() == []
    await context.close()
