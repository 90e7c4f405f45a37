"""The widget in a real browser: no barrier, and no text or foreign page that breaks it."""

import pytest
from playwright.async_api import Page, expect

from tests.api.widget.resident import SQUARE, ask, open_widget
from tests.browsing import no_barrier
from tests.fixtures.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

DESKTOP = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
NARROW_DARK = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "reduced_motion": "reduce"}
# 1280 pixels at 200 % are 640.
ENLARGED = {"viewport": {"width": 640, "height": 450}, "reduced_motion": "reduce"}


@pytest.mark.parametrize(
    "tab", [DESKTOP, NARROW_DARK, ENLARGED], indirect=True, ids=["desktop", "narrow dark", "enlarged"]
)
async def test_no_barrier_is_found_in_any_state(tab: Page, site: Site) -> None:
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    await tab.route("https://mapy.example/**", lambda route: route.fulfill(body=SQUARE, content_type="image/png"))
    await open_widget(tab, site)
    await no_barrier(tab)
    await ask(tab, "gdzie naladuje auto na Chojnowskiej")
    await expect(tab.get_by_role("log")).to_contain_text("ul. Chojnowska 109a")
    await expect(tab.get_by_role("article", name="Pytanie")).to_be_in_viewport()
    await tab.get_by_role("log").get_by_role("button", name="Pokaż na mapie").click()
    await expect(tab.get_by_role("log").get_by_role("region", name="Mapa")).to_be_visible()
    await tab.get_by_role("button", name="Nie", exact=True).click()
    await expect(tab.get_by_text("Dziękujemy za opinię.")).to_be_visible()
    await no_barrier(tab)
    await ask(tab, "chcę człowieka")
    await tab.get_by_role("button", name="Sprawdź i wyślij").click()
    await expect(tab.get_by_label("Treść wiadomości")).to_be_focused()
    await no_barrier(tab)
    assert complaints == []


@pytest.mark.parametrize("tab", [NARROW_DARK], indirect=True)
@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script><img src=x onerror=alert(1)>", "ź" * 1000, "🏳️‍🌈👩‍👩‍👧😀" * 20, "مرحبا كيف الهواء اليوم"],
    ids=["markup", "one long word", "emoji", "right to left"],
)
async def test_nothing_that_is_written_breaks_the_page(tab: Page, site: Site, text: str) -> None:
    await open_widget(tab, site)
    await ask(tab, text)
    await expect(tab.get_by_role("article", name="Pytanie")).to_contain_text(text[:20])
    await expect(tab.get_by_role("article", name="Asystent")).to_have_count(2)
    assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    inside = "document.querySelector('city-assistant').shadowRoot.querySelectorAll('script, .message img').length"
    assert await tab.evaluate(inside) == 0


async def test_what_the_server_sends_is_text_and_its_links_lead_to_web_pages_only(tab: Page, site: Site) -> None:
    answer = {
        "text": "<b>gruby</b>" + "x" * 4000,
        "sources": [
            {"name": "Źle", "url": "javascript:alert(1)"},
            {"name": "Dobrze", "url": "https://miasto.example/"},
        ],
        "places": [{"name": "<i>A</i>", "map_url": "data:text/html,x"}],
    }
    turn = {"conversation": "c", "answers": [answer], "understanding": {"intent": "help", "decision": "answered"}}
    await tab.route("**/api/v1/chat", lambda route: route.fulfill(json=turn))
    await open_widget(tab, site)
    await ask(tab, "cokolwiek")
    log = tab.get_by_role("log")
    await expect(log).to_contain_text("<b>gruby</b>")
    await expect(log.get_by_role("link", name="Dobrze")).to_be_visible()
    assert await log.get_by_role("link").evaluate_all("links => links.map(link => link.protocol)") == [
        "http:",
        "https:",
    ]
    assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_an_answer_in_another_language_says_so(tab: Page, site: Site) -> None:
    await open_widget(tab, site)
    await ask(tab, "Яке сьогодні повітря в місті?")
    answer = tab.get_by_role("article", name="Asystent").last
    await expect(answer).to_have_attribute("lang", "uk")
    await expect(answer.get_by_text("Odpowiadam po polsku")).to_have_attribute("lang", "pl")


async def test_one_script_tag_is_enough_on_another_site_under_a_strict_policy(tab: Page, site: Site) -> None:
    policy = f"default-src 'none'; script-src {site.url}; connect-src {site.url}; img-src {site.url}"
    body = f'<!doctype html><html lang="pl"><title>Miasto</title><script src="{site.url}/widget.js" defer></script>'
    page = {"body": f"{body}<main><h1>Miasto</h1></main><city-assistant></city-assistant>", "content_type": "text/html"}
    await tab.route(
        "http://localhost:8998/", lambda route: route.fulfill(**page, headers={"Content-Security-Policy": policy})
    )
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    await tab.goto("http://localhost:8998/")
    await tab.get_by_role("button", name="Zapytaj asystenta").click()
    await expect(tab.get_by_role("dialog", name="Asystent mieszkańca Legnicy")).to_be_visible()
    await ask(tab, "jakie jest powietrze?")
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    assert complaints == []
