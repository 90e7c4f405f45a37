"""What the widget offers beside its answers, in a real browser: map, position, rating, the office, warnings."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page, Request, expect

from api.notices import LiveAlert
from notifier.banners.models import BannerRow
from tests.api.widget.resident import LISTEN, SQUARE, ask, open_widget
from tests.browsing import no_barrier
from tests.fixtures.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_the_map_is_loaded_only_when_asked_for_and_says_whose_it_is(tab: Page, site: Site) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    await tab.route("https://mapy.example/**", lambda route: route.fulfill(body=SQUARE, content_type="image/png"))
    await open_widget(tab, site)
    await ask(tab, "gdzie naladuje auto na Chojnowskiej")
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
    await open_widget(tab, site)
    await ask(tab, "jakie jest powietrze?")
    await tab.get_by_role("button", name="Nie", exact=True).click()
    await tab.get_by_role("button", name="Błędna lub nieaktualna").click()
    await expect(tab.get_by_text("Dziękujemy za opinię.")).to_be_visible()
    assert [(each["intent"], each["helpful"], each.get("reason")) for each in sent] == [
        ("air_quality_now", False, None),
        ("air_quality_now", False, "wrong"),
    ]


async def test_a_message_for_the_office_and_its_reply(tab: Page, site: Site) -> None:
    await open_widget(tab, site)
    await ask(tab, "coś zupełnie innego")
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
    await open_widget(tab, site)
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
    await tab.evaluate(LISTEN)
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
    await open_widget(tab, site)
    await ask(tab, "gdzie naladuje auto")
    button = tab.get_by_role("button", name="Udostępnij lokalizację")
    await expect(button).to_be_visible()
    assert await tab.evaluate("window.located") == 0
    await button.click()
    await expect(tab.get_by_role("log")).to_contain_text(re.compile(r"\d k?m\b"))
    await expect(button).to_have_attribute("aria-disabled", "true")
    assert await tab.evaluate("window.located") == 1
    assert sent[-1]["location"] == {"lat": 51.2101, "lon": 16.1612}
