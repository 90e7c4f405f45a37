"""The city page and its widget in a real browser, over the real product."""

import asyncio
import re

import pytest
from playwright.async_api import ConsoleMessage, Locator, Page, Route, expect

from tests.browsing import no_barrier
from tests.fixtures.running import RunningHub

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
PHONE_WITH_KEYBOARD = {"viewport": {"width": 390, "height": 480}, "reduced_motion": "reduce"}
NARROW_DARK = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}
TOUCH = {**PHONE, "has_touch": True, "is_mobile": True}
IPHONE = {**TOUCH, "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"}


async def _ask(page: Page, text: str) -> None:
    box = page.get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


@pytest.mark.parametrize("page", [DESKTOP, PHONE], indirect=True, ids=["desktop", "phone"])
async def test_the_four_first_questions(page: Page, shared_hub: RunningHub) -> None:
    await page.goto(shared_hub.url)
    log = page.get_by_role("log")
    await _ask(page, "jakie jest powietrze?")
    await expect(log).to_contain_text("Indeks jakości powietrza w Legnicy")
    await expect(log).to_contain_text("dane przykładowe")
    await _ask(page, "gdzie naladuje auto na Chojnowskiej")
    await expect(log).to_contain_text("ul. Chojnowska 109a")
    await _ask(page, "dotacja na wymiane kopciucha")
    await expect(log).to_contain_text("Czyste Powietrze")
    await _ask(page, "czuje gaz w klatce")
    await expect(log).to_contain_text("112 lub 992")


@pytest.mark.parametrize("page", [DESKTOP, PHONE, NARROW_DARK], indirect=True, ids=["desktop", "phone", "narrow"])
async def test_no_barrier_is_found_and_nothing_is_cut_off(page: Page, shared_hub: RunningHub) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: _note(message, complaints))
    await page.goto(shared_hub.url)
    await _ask(page, "gdzie naladuje auto na Chojnowskiej")
    await expect(page.get_by_role("log")).to_contain_text("ul. Chojnowska 109a")
    await no_barrier(page)
    assert complaints == []


@pytest.mark.parametrize(
    ("page", "width"),
    [(DESKTOP, 720), (PHONE, 280), (NARROW_DARK, 280)],
    indirect=["page"],
    ids=["desktop", "phone", "narrow"],
)
async def test_a_chart_is_a_picture_with_a_table_and_no_barrier(page: Page, shared_hub: RunningHub, width: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: _note(message, complaints))
    await page.goto(shared_hub.url)
    await _ask(page, "jakie jest powietrze?")
    log = page.get_by_role("log")
    picture = log.get_by_role("img", name=re.compile("Wykres stężenia: PM10"))
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", width)
    await expect(log.get_by_role("table")).to_have_count(0)
    for summary in await page.get_by_text("Dane w tabeli").all():
        await summary.click()
    await expect(log.get_by_role("table", name=re.compile("PM10 w Legnicy, godzina po godzinie"))).to_be_visible()
    await expect(log.get_by_role("rowheader")).to_have_count(24)
    await expect(log.get_by_role("rowheader").first).to_have_text(re.compile(r"^\d\d\.\d\d\.\d{4} \d\d:00$"))
    await no_barrier(page)
    assert complaints == []


@pytest.mark.parametrize("page", [PHONE], indirect=True)
async def test_the_answer_does_not_jump_when_its_picture_comes(page: Page, shared_hub: RunningHub) -> None:
    may_come = asyncio.Event()

    async def hold(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await page.route("**/charts/**", hold)
    await page.goto(shared_hub.url, wait_until="domcontentloaded")
    await _ask(page, "jakie jest powietrze?")
    table = page.get_by_role("log").get_by_text("Dane w tabeli")
    before = await _height_above(table)
    may_come.set()
    picture = page.get_by_role("log").get_by_role("img", name=re.compile("Wykres"))
    await expect(picture).to_have_js_property("naturalWidth", 280)
    assert await _height_above(table) == before


async def test_a_picture_that_does_not_come_is_said_in_words(page: Page, shared_hub: RunningHub) -> None:
    await page.route("**/charts/**", lambda route: route.abort())
    await page.goto(shared_hub.url)
    await _ask(page, "jakie jest powietrze?")
    log = page.get_by_role("log")
    await expect(log.get_by_text("Wykres stężenia: PM10")).to_be_visible()
    await expect(log.get_by_role("img", name="Wykres")).to_have_count(0)
    await log.get_by_text("Dane w tabeli").click()
    await expect(log.get_by_role("rowheader")).to_have_count(24)


@pytest.mark.parametrize(("page", "offered"), [(DESKTOP, 0), (TOUCH, 1), (IPHONE, 0)], indirect=["page"])
async def test_the_way_is_offered_where_a_tap_opens_maps(page: Page, shared_hub: RunningHub, offered: int) -> None:
    await page.goto(shared_hub.url)
    await _ask(page, "gdzie naladuje auto na Chojnowskiej")
    log = page.get_by_role("log")
    await expect(log.get_by_role("link", name=re.compile("Mapa ?: Lidl, otwiera się w nowej karcie"))).to_be_visible()
    way = log.get_by_role("link", name=re.compile("Nawiguj ?: Lidl"))
    await expect(way).to_have_count(offered)
    if offered:
        await expect(way).to_have_attribute("href", re.compile(r"^geo:51\.\d+,16\.\d+$"))


@pytest.mark.parametrize("path", ["/demo/outbox"])
async def test_no_barrier_is_found_on_the_pages_of_the_demo(page: Page, shared_hub: RunningHub, path: str) -> None:
    await page.goto(shared_hub.url + path)
    await no_barrier(page)


@pytest.mark.parametrize("page", [PHONE, PHONE_WITH_KEYBOARD], indirect=True)
async def test_on_a_phone_the_beginning_of_the_answer_is_on_the_screen(page: Page, shared_hub: RunningHub) -> None:
    await page.goto(shared_hub.url)
    await _ask(page, "gdzie jest ładowarka na Piekarach")
    await expect(page.get_by_role("log")).to_contain_text("EIPA")
    first_lines = page.get_by_role("log").get_by_text("nie mam sprawdzonego położenia").first
    box = await first_lines.bounding_box()
    assert box
    assert box["y"] >= 0
    assert page.viewport_size
    assert box["y"] < page.viewport_size["height"] - 40


async def test_the_smog_button_fills_the_outbox_once(page: Page, shared_hub: RunningHub) -> None:
    await page.goto(f"{shared_hub.url}/demo/outbox")
    for _ in range(2):
        await page.get_by_role("button", name="Rozpocznij epizod smogu").click()
    # An SMS is shown as it leaves, without Polish letters.
    ways = ("Zla jakosc powietrza w Legnicy", "Zła jakość powietrza w Legnicy")
    shared_hub.wait_until(lambda: all(text in shared_hub.outbox() for text in ways), within=60)
    await page.reload()
    for text in ways:
        await expect(page.get_by_text(text)).to_have_count(1)
    await expect(page.get_by_text("SMS do …200")).to_have_count(1)
    await expect(page.get_by_text("Telegram do …300")).to_have_count(1)


async def test_by_keyboard_alone(page: Page, shared_hub: RunningHub) -> None:
    await page.goto(shared_hub.url)
    button = page.get_by_role("button", name="Gdzie naładować samochód")
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await button.evaluate("element => element.getRootNode().activeElement === element"):
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("EIPA")


async def test_what_a_resident_writes_stays_text(page: Page, shared_hub: RunningHub) -> None:
    await page.goto(shared_hub.url)
    await _ask(page, "<img src=x onerror=alert(1)><b>gruby</b>")
    await expect(page.get_by_role("log")).to_contain_text("<b>gruby</b>")
    assert (
        await page.evaluate("document.querySelector('city-assistant').shadowRoot.querySelectorAll('b, img').length")
        == 0
    )


async def test_nothing_is_stored_before_the_first_question(page: Page, shared_hub: RunningHub) -> None:
    await page.goto(shared_hub.url)
    await expect(page.get_by_role("textbox")).to_be_visible()
    assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert await page.context.cookies() == []


async def test_a_position_finds_the_nearest_charger(page: Page, shared_hub: RunningHub) -> None:
    await page.context.grant_permissions(["geolocation"], origin=shared_hub.url)
    await page.context.set_geolocation({"latitude": 51.2069, "longitude": 16.1457})
    await page.goto(shared_hub.url)
    await _ask(page, "gdzie jest ładowarka na Piekarach")
    await page.get_by_role("button", name="Udostępnij lokalizację").click()
    await expect(page.get_by_role("log")).to_contain_text("Lidl")
    await expect(page.get_by_role("log")).to_contain_text("10 m")


async def test_when_the_network_comes_back_the_message_goes_out_by_itself(page: Page, shared_hub: RunningHub) -> None:
    await page.goto(shared_hub.url)
    await page.context.set_offline(True)
    await _ask(page, "jakie jest powietrze?")
    await expect(page.get_by_role("button", name="Spróbuj ponownie")).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.get_by_role("log")).to_contain_text("Indeks jakości powietrza")


async def test_the_page_is_readable_without_scripts(page: Page, shared_hub: RunningHub) -> None:
    browser = page.context.browser
    assert browser
    context = await browser.new_context(java_script_enabled=False)
    plain = await context.new_page()
    await plain.goto(shared_hub.url)
    await expect(plain.get_by_text("pl. Słowiański 8").first).to_be_visible()
    await expect(plain.get_by_role("heading", name="Powietrze teraz")).to_be_visible()
    await expect(plain.get_by_role("img", name=re.compile("Wykres stężenia: PM10"))).to_be_visible()
    await plain.get_by_text("Dane w tabeli").click()
    await expect(plain.get_by_role("rowheader")).to_have_count(24)
    await context.close()


async def _height_above(element: Locator) -> float:
    """Return how far the element lies below the beginning of its answer."""
    await expect(element).to_be_visible()
    height: float = await element.evaluate(
        "element => element.getBoundingClientRect().top - element.closest('.message').getBoundingClientRect().top"
    )
    return height


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type in {"error", "warning"}:
        complaints.append(message.text)
