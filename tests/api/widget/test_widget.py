"""The widget in a real browser, as a resident uses it."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page, Request, Route, expect

from api.notices import LiveAlert
from notifier.banners.models import BannerRow
from tests.browsing import no_barrier
from tests.fixtures.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

DESKTOP = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
NARROW_DARK = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "reduced_motion": "reduce"}
# 1280 pixels at 200 % are 640.
ENLARGED = {"viewport": {"width": 640, "height": 450}, "reduced_motion": "reduce"}
_SQUARE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63f8ffffff7f0009fb03fd"
    "05e3454f0000000049454e44ae426082"
)
# Keeps every text that the live region ever held.
_LISTEN = """() => {
  const region = document.querySelector('city-assistant').shadowRoot.querySelector('[aria-live=polite]');
  window.said = [];
  new MutationObserver(() => region.textContent.trim() && window.said.push(region.textContent.trim()))
    .observe(region, { childList: true, characterData: true, subtree: true });
}"""


async def _ask(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Pytanie do asystenta")
    await box.fill(text)
    await box.press("Enter")


async def _open(page: Page, site: Site, path: str = "/wydarzenia") -> None:
    await page.goto(site.url + path)
    await page.get_by_role("button", name="Zapytaj asystenta").click()


async def test_it_says_that_a_machine_answers_and_leads_to_the_privacy_page(tab: Page, site: Site) -> None:
    await _open(tab, site)
    dialog = tab.get_by_role("dialog", name="Asystent mieszkańca Legnicy")
    await expect(dialog).to_contain_text("Jestem automatycznym asystentem")
    await expect(dialog).to_contain_text("Odpowiada automat, nie człowiek")
    link = dialog.get_by_role("link", name="Więcej o prywatności")
    await expect(link).to_have_attribute("href", f"{site.url}/prywatnosc")


async def test_nothing_is_fetched_or_stored_before_it_is_opened(tab: Page, site: Site) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    await tab.goto(f"{site.url}/wydarzenia")
    await expect(tab.get_by_role("button", name="Zapytaj asystenta")).to_be_visible()
    assert not [url for url in asked if "/api/" in url or not url.startswith(site.url)]
    await _open(tab, site)
    assert await tab.evaluate("localStorage.length + sessionStorage.length") == 0
    assert await tab.context.cookies() == []


async def test_by_keyboard_alone(tab: Page, site: Site) -> None:
    await tab.goto(f"{site.url}/wydarzenia")
    launcher = tab.get_by_role("button", name="Zapytaj asystenta")
    await launcher.focus()
    await tab.keyboard.press("Enter")
    await expect(launcher).to_have_attribute("aria-expanded", "true")
    await expect(tab.get_by_role("textbox", name="Pytanie do asystenta")).to_be_focused()
    await tab.keyboard.type("jakie jest powietrze?")
    await tab.keyboard.press("Enter")
    answer = tab.get_by_role("article", name="Asystent").last
    await expect(answer).to_contain_text("Indeks jakości powietrza")
    # The answer took no focus; the arrows walk over the messages.
    await expect(tab.get_by_role("textbox", name="Pytanie do asystenta")).to_be_focused()
    await tab.get_by_role("log").focus()
    await tab.keyboard.press("ArrowUp")
    await expect(answer).to_be_focused()
    await tab.keyboard.press("ArrowUp")
    await expect(tab.get_by_role("article", name="Pytanie")).to_be_focused()
    await tab.keyboard.press("Home")
    await expect(tab.get_by_role("article", name="Asystent").first).to_be_focused()
    await tab.keyboard.press("Escape")
    await expect(launcher).to_be_focused()
    await expect(tab.get_by_role("dialog")).to_have_count(0)


async def test_each_message_is_read_out_once(tab: Page, site: Site) -> None:
    await _open(tab, site)
    await tab.evaluate(_LISTEN)
    await _ask(tab, "jakie jest powietrze?")
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    await tab.wait_for_function("window.said.length > 0")
    said = await tab.evaluate("window.said")
    assert len(said) == 1
    assert said[0].startswith("Dane przykładowe")
    # After a reload the talk is back, and nothing of it is read again.
    await tab.reload()
    await tab.evaluate(_LISTEN)
    await tab.get_by_role("button", name="Zapytaj asystenta").click()
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    assert await tab.evaluate("window.said") == []


async def test_the_talk_goes_on_after_a_reload_and_ends_with_a_new_one(tab: Page, site: Site) -> None:
    await _open(tab, site)
    await _ask(tab, "gdzie naladuje auto na Chojnowskiej")
    log = tab.get_by_role("log")
    await expect(log).to_contain_text("ul. Chojnowska 109a")
    before = await tab.evaluate("JSON.parse(sessionStorage['city-assistant-conversation']).conversation")
    await _open(tab, site, "/powietrze")
    await expect(log).to_contain_text("ul. Chojnowska 109a")
    await _ask(tab, "jakie jest powietrze?")
    await expect(log).to_contain_text("Indeks jakości powietrza")
    after = await tab.evaluate("JSON.parse(sessionStorage['city-assistant-conversation']).conversation")
    assert after == before
    await tab.get_by_role("button", name="Nowa rozmowa").click()
    await expect(log).not_to_contain_text("Chojnowska")
    assert await tab.evaluate("sessionStorage.length") == 0


async def test_two_tabs_are_two_talks(tab: Page, site: Site) -> None:
    other = await tab.context.new_page()
    ids = []
    for page in (tab, other):
        await _open(page, site)
        await _ask(page, "jakie jest powietrze?")
        await expect(page.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
        ids.append(await page.evaluate("JSON.parse(sessionStorage['city-assistant-conversation']).conversation"))
    assert ids[0] != ids[1]


async def test_messages_written_without_network_go_out_by_themselves_and_once(tab: Page, site: Site) -> None:
    await _open(tab, site)
    await tab.context.set_offline(True)
    await expect(tab.get_by_text("Brak połączenia z internetem. Wcześniejsze")).to_be_visible()
    heard = len(site.parser.heard)
    failures = tab.get_by_role("article", name="Błąd")
    for number, text in enumerate(("gdzie naladuje auto", "jakie jest powietrze?"), 1):
        await _ask(tab, text)
        await expect(failures).to_have_count(number)
        await expect(failures.last).to_contain_text("zostanie wysłana sama")
    await tab.context.set_offline(False)
    # Each answer stands below its question, and nothing says any more that there is no network.
    talk = tab.get_by_role("log").get_by_role("article")
    await expect(talk).to_contain_text(
        ["Dzień dobry", "gdzie naladuje auto", "Ładowarki w Legnicy", "jakie jest powietrze?", "Indeks jakości"]
    )
    assert site.parser.heard[heard:] == ["gdzie naladuje auto", "jakie jest powietrze?"]


async def test_a_question_left_on_its_way_is_answered_on_the_next_page_and_once(tab: Page, site: Site) -> None:
    answered = asyncio.Event()

    async def keep_the_answer(route: Route) -> None:
        await route.fetch()
        answered.set()

    await tab.route("**/api/v1/chat", keep_the_answer)
    await _open(tab, site)
    heard = len(site.parser.heard)
    await _ask(tab, "jakie jest powietrze?")
    await answered.wait()
    await tab.unroute("**/api/v1/chat")
    await _open(tab, site, "/powietrze")
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    assert site.parser.heard[heard:] == ["jakie jest powietrze?"]


async def test_an_answer_that_got_lost_on_the_way_is_the_same_the_second_time(tab: Page, site: Site) -> None:
    lost: list[str] = []

    async def lose_the_first(route: Route) -> None:
        response = await route.fetch()
        if lost:
            await route.fulfill(response=response)
        else:
            lost.append(await response.text())
            await route.abort("connectionreset")

    await tab.route("**/api/v1/chat", lose_the_first)
    await _open(tab, site)
    heard = site.parser.heard.count("jakie jest powietrze?")
    await _ask(tab, "jakie jest powietrze?")
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    assert site.parser.heard.count("jakie jest powietrze?") == heard + 1
    kept = await tab.evaluate("JSON.parse(sessionStorage['city-assistant-conversation']).conversation")
    assert kept in lost[0]


@pytest.mark.parametrize(
    "tab", [DESKTOP, NARROW_DARK, ENLARGED], indirect=True, ids=["desktop", "narrow dark", "enlarged"]
)
async def test_no_barrier_is_found_in_any_state(tab: Page, site: Site) -> None:
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    await tab.route("https://mapy.example/**", lambda route: route.fulfill(body=_SQUARE, content_type="image/png"))
    await _open(tab, site)
    await no_barrier(tab)
    await _ask(tab, "gdzie naladuje auto na Chojnowskiej")
    await tab.get_by_role("log").get_by_role("button", name="Pokaż na mapie").click()
    await expect(tab.get_by_role("log").get_by_role("region", name="Mapa")).to_be_visible()
    await tab.get_by_role("button", name="Nie", exact=True).click()
    await expect(tab.get_by_text("Dziękujemy za opinię.")).to_be_visible()
    await no_barrier(tab)
    await _ask(tab, "chcę człowieka")
    await tab.get_by_role("button", name="Sprawdź i wyślij").click()
    await expect(tab.get_by_label("Treść wiadomości")).to_be_focused()
    await no_barrier(tab)
    assert complaints == []


async def test_the_map_is_loaded_only_when_asked_for_and_says_whose_it_is(tab: Page, site: Site) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    await tab.route("https://mapy.example/**", lambda route: route.fulfill(body=_SQUARE, content_type="image/png"))
    await _open(tab, site)
    await _ask(tab, "gdzie naladuje auto na Chojnowskiej")
    await expect(tab.get_by_role("log")).to_contain_text("ul. Chojnowska 109a")
    assert not [url for url in asked if "map" in url]
    await tab.get_by_role("log").get_by_role("button", name="Pokaż na mapie").click()
    await tab.get_by_role("log").get_by_role("button", name="Lidl").click()
    await expect(tab.get_by_role("log").get_by_role("region", name="Mapa")).to_contain_text("ul. Chojnowska 109a")
    await expect(tab.get_by_role("link", name="© Mapa próbna")).to_have_attribute("href", "https://mapa.example/")
    await expect(tab.get_by_role("log").get_by_text("ul. Chojnowska 109a").first).to_be_visible()


async def test_a_rating_is_kept_with_its_reason(tab: Page, site: Site) -> None:
    sent: list[Any] = []

    def note(request: Request) -> None:
        if "feedback" in request.url:
            sent.append(request.post_data_json)

    tab.on("request", note)
    await _open(tab, site)
    await _ask(tab, "jakie jest powietrze?")
    await tab.get_by_role("button", name="Nie", exact=True).click()
    await tab.get_by_role("button", name="Błędna lub nieaktualna").click()
    await expect(tab.get_by_text("Dziękujemy za opinię.")).to_be_visible()
    assert [(each["intent"], each["helpful"], each.get("reason")) for each in sent] == [
        ("air_quality_now", False, None),
        ("air_quality_now", False, "wrong"),
    ]


async def test_a_message_for_the_office_and_its_reply(tab: Page, site: Site) -> None:
    await _open(tab, site)
    await _ask(tab, "coś zupełnie innego")
    await tab.get_by_role("button", name="Napisz do urzędu").click()
    await tab.get_by_label("Inne", exact=True).check()
    await tab.get_by_label("Treść wiadomości").fill("Lampa na rogu nie świeci od tygodnia.")
    await tab.get_by_label("E-mail lub telefon").fill("nie-adres@")
    await tab.get_by_role("button", name="Sprawdź i wyślij").click()
    contact = tab.get_by_label("E-mail lub telefon")
    await expect(contact).to_be_focused()
    await expect(contact).to_have_accessible_description(re.compile("To nie jest poprawny numer"))
    await contact.fill("")
    await tab.get_by_role("button", name="Sprawdź i wyślij").click()
    await tab.get_by_role("button", name="Wyślij", exact=True).click()
    done = tab.get_by_role("log").get_by_text("Numer sprawy:")
    await expect(done).to_be_visible()
    found = re.search(r"LG-\w{5}", await done.inner_text())
    assert found
    # The reply comes while the resident has no network, and is there once it is back.
    await tab.context.set_offline(True)
    async with site.foundation.database.write() as session:
        await site.handoffs.assign(session, found[0], "ANNA", "ANNA")
        await site.handoffs.reply(session, found[0], "Lampę naprawimy jutro.", "ANNA")
    await tab.context.set_offline(False)
    await expect(tab.get_by_role("log")).to_contain_text("Odpowiedź urzędu: Lampę naprawimy jutro.")
    await tab.reload()
    await tab.get_by_role("button", name="Zapytaj asystenta").click()
    await expect(tab.get_by_role("log").get_by_text("Odpowiedź urzędu: Lampę naprawimy jutro.")).to_have_count(1)


async def test_an_alert_appears_while_the_page_is_open_and_ends(tab: Page, site: Site) -> None:
    await _open(tab, site)
    site.alert = LiveAlert("1", "Zła jakość powietrza", "Proszę ograniczyć czas na dworze.")
    banner = tab.get_by_role("note", name="Ostrzeżenie")
    await expect(banner).to_contain_text("Zła jakość powietrza")
    await no_barrier(tab)
    site.alert = None
    await expect(banner).to_have_count(0)


async def test_an_urgent_banner_is_read_out_once_and_can_be_hidden(tab: Page, site: Site) -> None:
    now = datetime.now(UTC)
    site.banner = BannerRow(
        text="Woda nie nadaje się do picia.", level="danger", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    await tab.goto(f"{site.url}/wydarzenia")
    await expect(tab.get_by_role("region", name="Zagrożenie")).to_contain_text("Woda nie nadaje się do picia.")
    await tab.evaluate(_LISTEN)
    await tab.get_by_role("button", name="Zapytaj asystenta").click()
    banner = tab.get_by_role("note", name="Zagrożenie")
    await expect(banner).to_contain_text("Woda nie nadaje się do picia.")
    await no_barrier(tab)
    assert [text for text in await tab.evaluate("window.said") if "Woda" in text] == [
        "Zagrożenie. Woda nie nadaje się do picia."
    ]
    await banner.get_by_role("button", name="Ukryj").click()
    await expect(banner).to_have_count(0)
    await expect(tab.get_by_role("log")).to_be_focused()
    site.banner = None


async def test_the_position_is_asked_for_only_when_its_button_is_pressed(tab: Page, site: Site) -> None:
    await tab.context.grant_permissions(["geolocation"])
    await tab.context.set_geolocation({"latitude": 51.2101234, "longitude": 16.1612345})
    await tab.add_init_script(
        "window.located = 0; const locate = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);"
        "navigator.geolocation.getCurrentPosition = (...rest) => { window.located += 1; locate(...rest); }"
    )
    sent: list[Any] = []
    tab.on("request", lambda request: sent.append(request.post_data_json) if request.url.endswith("/chat") else None)
    await _open(tab, site)
    await _ask(tab, "gdzie naladuje auto")
    button = tab.get_by_role("button", name="Udostępnij lokalizację")
    await expect(button).to_be_visible()
    assert await tab.evaluate("window.located") == 0
    await button.click()
    await expect(tab.get_by_role("log")).to_contain_text(re.compile(r"\d k?m\b"))
    await expect(button).to_have_attribute("aria-disabled", "true")
    assert await tab.evaluate("window.located") == 1
    assert sent[-1]["location"] == {"lat": 51.2101, "lon": 16.1612}


@pytest.mark.parametrize("tab", [NARROW_DARK], indirect=True)
@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script><img src=x onerror=alert(1)>", "ź" * 1000, "🏳️‍🌈👩‍👩‍👧😀" * 20, "مرحبا كيف الهواء اليوم"],
    ids=["markup", "one long word", "emoji", "right to left"],
)
async def test_nothing_that_is_written_breaks_the_page(tab: Page, site: Site, text: str) -> None:
    await _open(tab, site)
    await _ask(tab, text)
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
    await _open(tab, site)
    await _ask(tab, "cokolwiek")
    log = tab.get_by_role("log")
    await expect(log).to_contain_text("<b>gruby</b>")
    await expect(log.get_by_role("link", name="Dobrze")).to_be_visible()
    assert await log.get_by_role("link").evaluate_all("links => links.map(link => link.protocol)") == [
        "http:",
        "https:",
    ]
    assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_an_answer_in_another_language_says_so(tab: Page, site: Site) -> None:
    await _open(tab, site)
    await _ask(tab, "Яке сьогодні повітря в місті?")
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
    await _ask(tab, "jakie jest powietrze?")
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    assert complaints == []
