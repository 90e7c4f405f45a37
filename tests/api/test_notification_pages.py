"""Signing up and settings as a resident does it, with forms and without any script."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import httpx2
import pytest

from api.dependencies import Services
from core.settings import Settings
from hub.bootstrap import Foundation
from tests.api.notifications import PAGE, PHONE, VERSION, Town, town

# The rules behind it are tested on both engines in tests/notifier.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Fields = Mapping[str, str | Sequence[str]]
SIGN_UP: Fields = {
    "phone": PHONE,
    "topics": ["smog", "announcements"],
    "districts": ["piekary"],
    "consent": "1",
    "text_version": VERSION,
}
SETTINGS: Fields = {"topics": ["smog"], "level": "4", "text_version": VERSION, "quiet_from": "", "quiet_until": ""}


@pytest.fixture
async def legnica(foundation: Foundation, services: Services) -> AsyncIterator[Town]:
    async with town(foundation, services) as opened:
        yield opened


@pytest.fixture
async def browser(legnica: Town) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser that follows no redirect by itself."""
    async with legnica.client(Accept="text/html") as opened:
        yield opened


async def _send(browser: httpx2.AsyncClient, path: str, fields: Fields) -> httpx2.Response:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    return await browser.post(path, content=urlencode(fields, doseq=True), headers=headers)


async def _own(browser: httpx2.AsyncClient, legnica: Town) -> str:
    """Sign up and return the address of the resident's own page."""
    asked = await _send(browser, PAGE, SIGN_UP)
    confirmed = await _send(browser, asked.headers["location"], {"code": await legnica.code()})
    assert confirmed.status_code == 303, confirmed.text
    return str(confirmed.headers["location"]).partition("?")[0]


def _text(response: httpx2.Response) -> str:
    """Return the words of a page."""
    assert response.headers["content-type"].startswith("text/html"), response.text
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())


def _checked(response: httpx2.Response) -> set[str]:
    return set(re.findall(r'value="(\w+)" (?:[^>]* )?checked>', response.text))


async def test_from_the_form_to_the_own_page(browser: httpx2.AsyncClient, legnica: Town) -> None:
    form = await browser.get(PAGE)
    assert f'name="text_version" value="{VERSION}"' in form.text
    assert "Zgoda jest dobrowolna" in _text(form)
    assert 'href="/prywatnosc"' in form.text

    asked = await _send(browser, PAGE, SIGN_UP)
    assert (asked.status_code, PHONE.replace(" ", "") in str(asked.headers)) == (303, False)
    code_page = await browser.get(asked.headers["location"])
    assert "Na podany numer wysłano SMS z kodem. Kod jest ważny 10 min." in _text(code_page)
    assert 'autocomplete="one-time-code" inputmode="numeric"' in code_page.text

    confirmed = await _send(browser, asked.headers["location"], {"code": await legnica.code()})
    assert confirmed.status_code == 303
    own = await browser.get(confirmed.headers["location"])
    words = _text(own)
    assert "Zapis przyjęty." in words
    assert "SMS: +48 *** *** 678" in words
    assert "Smog w Legnicy od 23.11.2026; ostrzeżenie, gdy powietrze jest złe lub bardzo złe" in words
    assert "obszar: Piekary" in words
    assert await legnica.topics() == [("smog", ()), ("announcements", ("piekary",))]


async def test_every_fault_is_told_at_once_and_nothing_typed_is_lost(
    browser: httpx2.AsyncClient, legnica: Town
) -> None:
    faulty = await _send(browser, PAGE, {"phone": "76 721 21 00", "districts": "zosinek", "text_version": VERSION})
    assert faulty.status_code == 422
    words = _text(faulty)
    for sentence in ("To jest numer stacjonarny", "Proszę wybrać co najmniej jeden temat.", "Bez zgody"):
        # Once in the summary, once beside its field.
        assert words.count(sentence) == 2, sentence
    assert "<title>Błąd: " in faulty.text
    assert re.findall(r'<a href="#([\w-]+)">', faulty.text) == ["topic-smog", "phone", "consent"]
    for field in ("phone", "topic-smog", "consent", "phone-error", "topics-error", "consent-error"):
        assert faulty.text.count(f'id="{field}"') == 1
    assert 'value="76 721 21 00"' in faulty.text
    assert _checked(faulty) == {"zosinek"}
    assert await legnica.called() == []


async def test_what_is_typed_stays_text(browser: httpx2.AsyncClient) -> None:
    answer = await _send(browser, PAGE, {**SIGN_UP, "phone": '"><script>alert(1)</script>'})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    odd = await browser.get(f"{PAGE}/kod/%22%3E%3Cb%3E")
    assert '"><b>' not in odd.text


async def test_codes_too_many_are_told_in_the_form(browser: httpx2.AsyncClient, legnica: Town) -> None:
    for _ in range(3):
        assert (await _send(browser, PAGE, SIGN_UP)).status_code == 303
    refused = await _send(browser, PAGE, SIGN_UP)
    assert refused.status_code == 429
    assert "Kodów było już za dużo." in _text(refused)
    assert f'value="{PHONE}"' in refused.text


async def test_a_wrong_code_can_be_typed_again_and_a_new_one_asked_for(
    browser: httpx2.AsyncClient, legnica: Town
) -> None:
    where = str((await _send(browser, PAGE, SIGN_UP)).headers["location"])
    wrong = await _send(browser, where, {"code": await legnica.wrong_code()})
    assert (wrong.status_code, "Pozostałe próby: 4." in _text(wrong)) == (422, True)
    assert 'aria-describedby="code-hint code-error" aria-invalid="true"' in wrong.text
    again = await _send(browser, f"{where}/nowy", {})
    assert "Nowy kod został wysłany." in _text(await browser.get(again.headers["location"]))
    assert (await _send(browser, where, {"code": await legnica.code()})).status_code == 303


async def test_a_code_that_is_too_old_leads_back_to_the_form(browser: httpx2.AsyncClient, legnica: Town) -> None:
    where = str((await _send(browser, PAGE, SIGN_UP)).headers["location"])
    legnica.clock.advance(timedelta(minutes=10))
    for path in (where, f"{where}/nowy"):
        ended = await _send(browser, path, {"code": await legnica.code()})
        assert (ended.status_code, "Ten kod już nie działa." in _text(ended)) == (410, True)
        assert f'href="{PAGE}">Poproś o nowy kod' in ended.text
        assert "<form" not in ended.text


async def test_the_form_shows_what_is_and_keeps_what_is_changed(browser: httpx2.AsyncClient, legnica: Town) -> None:
    own = await _own(browser, legnica)
    assert _checked(await browser.get(own)) == {"smog", "announcements", "piekary", "4"}
    changes: Fields = {
        "topics": ["announcements", "events"],
        "districts": ["zosinek", "kartuzy"],
        "level": "5",
        "quiet_from": "22:00",
        "quiet_until": "06:30",
        "pause": "7",
        "text_version": VERSION,
    }
    saved = await _send(browser, own, changes)
    assert saved.status_code == 303
    shown = await browser.get(saved.headers["location"])
    words = _text(shown)
    assert "Zmiany są zapisane." in words
    assert "obszar: Kartuzy, Zosinek" in words
    assert "Godziny ciszy 22:00–06:30" in words
    assert "wszystko wstrzymane do 30.11.2026, 19:30" in words
    assert _checked(shown) == {"announcements", "events", "kartuzy", "zosinek", "5"}
    assert [topic for topic, _ in await legnica.topics()] == ["announcements", "events"]

    # As the form comes with a pause in it: it stays until it is ended.
    await _send(browser, own, {**changes, "pause": ""})
    assert "wstrzymane" in _text(await browser.get(own))
    await _send(browser, own, {**changes, "pause": "0", "quiet_from": "", "quiet_until": ""})
    words = _text(await browser.get(own))
    assert "wstrzymane" not in words
    assert "Godziny ciszy brak" in words


async def test_a_setting_that_cannot_be_is_told_and_nothing_is_saved(
    browser: httpx2.AsyncClient, legnica: Town
) -> None:
    own = await _own(browser, legnica)
    faults: list[tuple[Fields, str, int]] = [
        ({"quiet_from": "22:00"}, "Proszę podać dwie różne godziny ciszy", 422),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "Proszę podać dwie różne godziny ciszy", 422),
        ({"quiet_from": "abc", "quiet_until": "6"}, "Proszę podać dwie różne godziny ciszy", 422),
        ({"level": "9"}, "Takiego progu smogu nie ma do wyboru.", 422),
        ({"level": ""}, "Takiego progu smogu nie ma do wyboru.", 422),
        ({"topics": ["pogoda"]}, "Proszę wybrać", 422),
        ({"topics": ["events"], "text_version": "web-2020-01-01"}, "Treść zgody zmieniła się", 409),
    ]
    for changes, sentence, status in faults:
        refused = await _send(browser, own, {**SETTINGS, **changes})
        assert (refused.status_code, _text(refused).count(sentence)) == (status, 2), (changes, refused.status_code)
        assert [topic for topic, _ in await legnica.topics()] == ["smog", "announcements"]


async def test_one_button_stops_everything_and_a_link_alone_does_not(
    browser: httpx2.AsyncClient, legnica: Town
) -> None:
    own = await _own(browser, legnica)
    asked = await browser.get(f"{own}/wypisz")
    assert asked.text.count("<button") == 1
    assert len(await legnica.topics()) == 2
    # As a mail program does it (RFC 8058), without a page before and without a redirect after.
    stopped = await browser.post(f"{own}/wypisz", content="List-Unsubscribe=One-Click")
    assert (stopped.status_code, "Zgoda jest wycofana" in _text(stopped)) == (200, True)
    assert await legnica.topics() == []
    words = _text(await browser.get(own))
    assert "Nie ma tu włączonych powiadomień." in words
    assert "Wyłącz wszystkie powiadomienia" not in words
    assert (await _send(browser, own, SETTINGS)).status_code == 303
    assert await legnica.topics() == [("smog", ())]


async def test_a_form_without_any_topic_stops_everything(browser: httpx2.AsyncClient, legnica: Town) -> None:
    own = await _own(browser, legnica)
    assert (await _send(browser, own, {**SETTINGS, "topics": []})).status_code == 303
    assert await legnica.topics() == []


async def test_an_invented_address_is_a_page_that_helps(browser: httpx2.AsyncClient) -> None:
    own = f"{PAGE}/{'x' * 43}"
    for answer in (
        await browser.get(own),
        await browser.get(f"{own}/wypisz"),
        await _send(browser, own, SETTINGS),
        await _send(browser, f"{own}/wypisz", {}),
    ):
        assert (answer.status_code, "Ten adres nie otwiera żadnych ustawień." in _text(answer)) == (404, True)


async def test_other_sites_cannot_press_the_buttons_and_learn_no_address(
    browser: httpx2.AsyncClient, legnica: Town
) -> None:
    own = await _own(browser, legnica)
    for path in (PAGE, own, f"{own}/wypisz"):
        forged = await browser.post(
            path, content=urlencode(SIGN_UP, doseq=True), headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert forged.status_code == 403
    assert len(await legnica.called()) == 1
    assert len(await legnica.topics()) == 2
    for path in (PAGE, own, f"{PAGE}/kod/ticket"):
        shown = await browser.get(path, headers={"Sec-Fetch-Site": "cross-site"})
        assert shown.status_code == 200
        assert shown.headers["cache-control"] == "no-store"
        assert shown.headers["referrer-policy"] == "no-referrer"


async def test_a_form_of_a_thousand_fields_is_refused(browser: httpx2.AsyncClient) -> None:
    assert (await _send(browser, PAGE, {"topics": ["smog"] * 1000})).status_code == 400


async def test_the_page_names_the_other_ways_that_there_are(foundation: Foundation, services: Services) -> None:
    settings = Settings(
        telegram_bot_name="@PrzykladBot", twilio_from="+48 512 000 000", var_dir=foundation.settings.var_dir
    )
    async with town(foundation, services, settings) as city, city.client() as browser:
        page = await browser.get(PAGE)
    assert 'href="https://t.me/PrzykladBot"' in page.text
    assert 'SMS o treści START na numer <a href="sms:+48512000000">+48 512 000 000</a>' in page.text


async def test_without_sms_no_form_is_shown(foundation: Foundation, services: Services) -> None:
    settings = Settings(
        hub_profile="production",
        secret_key="s" * 40,
        encryption_keys="e" * 40,
        public_url="https://miasto.example",
        database_url="postgresql://nowhere/hub",
        redis_url="redis://nowhere",
    )
    async with town(foundation, services, settings) as city, city.client() as browser:
        page = await browser.get(PAGE)
    assert "Zapis przez SMS nie jest teraz możliwy." in _text(page)
    assert "<form" not in page.text
