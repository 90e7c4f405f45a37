"""The talk in a real browser: by keyboard, read out, over pages, tabs and a lost network."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.api.widget.resident import LISTEN, ask, open_widget
from tests.fixtures.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_it_says_that_a_machine_answers_and_leads_to_the_privacy_page(tab: Page, site: Site) -> None:
    await open_widget(tab, site)
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
    await open_widget(tab, site)
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
    await open_widget(tab, site)
    await tab.evaluate(LISTEN)
    await ask(tab, "jakie jest powietrze?")
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    await tab.wait_for_function("window.said.length > 0")
    said = await tab.evaluate("window.said")
    assert len(said) == 1
    assert said[0].startswith("Dane przykładowe")
    # After a reload the talk is back, and nothing of it is read again.
    await tab.reload()
    await tab.evaluate(LISTEN)
    await tab.get_by_role("button", name="Zapytaj asystenta").click()
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    assert await tab.evaluate("window.said") == []


async def test_the_talk_goes_on_after_a_reload_and_ends_with_a_new_one(tab: Page, site: Site) -> None:
    await open_widget(tab, site)
    await ask(tab, "gdzie naladuje auto na Chojnowskiej")
    log = tab.get_by_role("log")
    await expect(log).to_contain_text("ul. Chojnowska 109a")
    before = await tab.evaluate("JSON.parse(sessionStorage['city-assistant-conversation']).conversation")
    await open_widget(tab, site, "/powietrze")
    await expect(log).to_contain_text("ul. Chojnowska 109a")
    await ask(tab, "jakie jest powietrze?")
    await expect(log).to_contain_text("Indeks jakości powietrza")
    after = await tab.evaluate("JSON.parse(sessionStorage['city-assistant-conversation']).conversation")
    assert after == before
    await tab.get_by_role("button", name="Nowa rozmowa").click()
    await expect(log).not_to_contain_text("Chojnowska")
    assert await tab.evaluate("sessionStorage.length") == 0


async def test_what_is_erased_is_gone_from_the_screen_as_well(tab: Page, site: Site) -> None:
    site.parser.learn("moje dane", ("privacy_data", 0.9))
    await open_widget(tab, site)
    log = tab.get_by_role("log")
    await ask(tab, "jakie jest powietrze?")
    await expect(log).to_contain_text("Indeks jakości powietrza")
    await ask(tab, "moje dane")
    await log.get_by_role("button", name="Usuń moje dane").press("Enter")
    await log.get_by_role("button", name="Usuń", exact=True).press("Enter")
    left = ["Dzień dobry", "Usuń", "Dane są usunięte"]
    await expect(log.get_by_role("article")).to_contain_text(left)
    # The pressed button is gone with the rest; whoever works by keyboard stays in the talk.
    await expect(log).to_be_focused()
    await open_widget(tab, site, "/powietrze")
    await expect(log.get_by_role("article")).to_contain_text(left)
    # So it is on a page that the browser kept since before: it comes back with what the tab remembers now.
    await tab.evaluate("sessionStorage.clear(); dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    await expect(log.get_by_role("article")).to_contain_text(left[:1])


async def test_two_tabs_are_two_talks(tab: Page, site: Site) -> None:
    other = await tab.context.new_page()
    ids = []
    for page in (tab, other):
        await open_widget(page, site)
        await ask(page, "jakie jest powietrze?")
        await expect(page.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
        ids.append(await page.evaluate("JSON.parse(sessionStorage['city-assistant-conversation']).conversation"))
    assert ids[0] != ids[1]


async def test_messages_written_without_network_go_out_by_themselves_and_once(tab: Page, site: Site) -> None:
    await open_widget(tab, site)
    await tab.context.set_offline(True)
    await expect(tab.get_by_text("Brak połączenia z internetem. Wcześniejsze")).to_be_visible()
    heard = len(site.parser.heard)
    failures = tab.get_by_role("article", name="Błąd")
    for number, text in enumerate(("gdzie naladuje auto", "jakie jest powietrze?"), 1):
        await ask(tab, text)
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
    await open_widget(tab, site)
    heard = len(site.parser.heard)
    await ask(tab, "jakie jest powietrze?")
    await answered.wait()
    await tab.unroute("**/api/v1/chat")
    await open_widget(tab, site, "/powietrze")
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
    await open_widget(tab, site)
    heard = site.parser.heard.count("jakie jest powietrze?")
    await ask(tab, "jakie jest powietrze?")
    await expect(tab.get_by_role("log")).to_contain_text("Indeks jakości powietrza")
    assert site.parser.heard.count("jakie jest powietrze?") == heard + 1
    kept = await tab.evaluate("JSON.parse(sessionStorage['city-assistant-conversation']).conversation")
    assert kept in lost[0]
