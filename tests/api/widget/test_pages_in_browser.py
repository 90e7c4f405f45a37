"""Every page in a real browser: no barrier, nothing cut off, readable without scripts."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from api.notices import LiveAlert
from notifier.announcements.content import Content
from notifier.announcements.service import Announcements
from notifier.banners.models import BannerRow
from tests.browsing import no_barrier
from tests.fixtures.site import Site
from tests.notifier.announcements.office import ANNA, HOUSE, PIOTR

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NARROW_DARK = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "reduced_motion": "reduce"}
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
PAGES = (
    "/",
    "/powietrze",
    "/dotacje",
    "/dotacje/sprawdz",
    "/ladowarki",
    "/wydarzenia",
    "/komunikaty",
    "/prywatnosc",
    "/deklaracja-dostepnosci",
    "/nie-ma-takiej",
)


@pytest.mark.parametrize("tab", [DESKTOP, NARROW_DARK], indirect=True, ids=["desktop", "narrow dark"])
async def test_no_barrier_is_found_on_any_page(tab: Page, site: Site) -> None:
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.text.startswith("CSP") else None)
    for path in PAGES:
        await _check(tab, site, path)
    assert complaints == []


async def _check(tab: Page, site: Site, path: str) -> None:
    await tab.goto(site.url + path)
    await no_barrier(tab)
    assert await tab.get_by_role("heading", level=1).count() == 1, path


@pytest.mark.parametrize("tab", [DESKTOP, NARROW_DARK], indirect=True, ids=["desktop", "narrow dark"])
async def test_whatever_was_sent_is_shown_without_a_barrier(tab: Page, site: Site) -> None:
    base, now = site.foundation, datetime.now(UTC)
    announcements = Announcements(base.database, base.redis, base.clock, HOUSE)
    odd = Content(
        "<script>alert(1)</script>" + "ź" * 90, "مرحبا 😀 <img src=x onerror=alert(1)> ", variants={"web": "ź" * 4000}
    )
    first = await _sent(announcements, odd)
    second = await _sent(announcements, Content("Nowa godzina", "O 8:00.", corrects=first))
    site.alert = LiveAlert("air-1", "Zła jakość powietrza", "Proszę ograniczyć czas na dworze.")
    paths = {"info": "/komunikaty", "warning": f"/komunikaty/{first}", "danger": f"/komunikaty/{second}"}
    for level, path in paths.items():
        site.banner = BannerRow(
            text="Most jest zamknięty.", level=level, starts_at=now, ends_at=now + timedelta(hours=1)
        )
        await _check(tab, site, path)
    site.alert = site.banner = None


async def _sent(announcements: Announcements, content: Content) -> int:
    number = (await announcements.draft(content, ANNA)).id
    await announcements.submit(number, ANNA)
    await announcements.approve(number, PIOTR)
    await announcements.publish(number, PIOTR)
    return number


async def test_without_scripts_everything_but_the_talk_works(shared_browser: Browser, site: Site) -> None:
    context = await shared_browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(site.url)
    await expect(page.get_by_role("heading", name="Rozmowa z asystentem")).to_be_visible()
    await page.get_by_role("link", name="Ładowarki").click()
    await page.get_by_label("Złącze").select_option(label="CHAdeMO")
    await page.get_by_role("button", name="Pokaż", exact=True).click()
    await expect(page.get_by_text("3 ładowarki z 17.")).to_be_visible()
    await page.get_by_role("link", name="Dotacje").click()
    await page.get_by_role("link", name="Sprawdź, która dotacja pasuje").click()
    for answer in ("Dom jednorodzinny", "Tak", "Wolę nie podawać", "Stary piec", "Pompa ciepła"):
        await page.get_by_label(answer).check()
        await page.get_by_role("button", name="Dalej").click()
    await expect(page.get_by_role("heading", name="Wynik")).to_be_visible()
    await expect(page.get_by_role("region", name="Wynik")).to_contain_text("Czyste Powietrze")
    await context.close()


async def test_a_link_begins_the_talk_with_its_topic(tab: Page, site: Site) -> None:
    await tab.goto(f"{site.url}/?temat=human_handoff")
    await expect(tab.get_by_role("article", name="Pytanie")).to_have_text("Wiadomość do urzędu")
    await expect(tab.get_by_role("form", name="Wiadomość do urzędu")).to_be_visible()


async def test_the_map_of_a_page_lies_beside_its_list(tab: Page, site: Site) -> None:
    await tab.route("https://mapy.example/**", lambda route: route.abort())
    await tab.goto(f"{site.url}/ladowarki")
    button = tab.get_by_role("button", name="Pokaż na mapie")
    await button.click()
    await expect(tab.get_by_role("region", name="Mapa").get_by_role("button", name="Power Dot")).to_be_visible()
    await expect(tab.get_by_role("heading", name="Power Dot")).to_be_visible()
    await tab.get_by_role("button", name="Ukryj mapę").click()
    await expect(tab.get_by_role("region", name="Mapa")).to_have_count(0)
