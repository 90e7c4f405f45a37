"""Signing in as a person does it, and as an attacker would."""

import re
from dataclasses import replace
from datetime import timedelta

import httpx2
import pyotp
import pytest

from core.staff.actor import CONSOLE
from core.staff.permissions import Role
from core.staff.sessions import Sessions
from tests.api.panel.conftest import PASSWORD, Browser, Panel, app_of, words

# What is let in does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

OWN = "kalendarz pod choinka bez swiecy"
WRONG = "Nie udało się zalogować."


async def _until_in(browser: Browser, answer: httpx2.Response) -> str:
    """Follow redirects and return the path of the page that is shown."""
    while answer.status_code == 303:
        answer = await browser.get(answer.headers["location"])
    return answer.url.path


async def test_from_the_one_time_password_to_the_first_page(staff_panel: Panel) -> None:
    invited = await staff_panel.desk.accounts.add(CONSOLE, "Anna Nowak", Role.EDITOR)
    browser = await staff_panel.browser()
    answer = await browser.sign_in("anna nowak", invited.password)
    assert await _until_in(browser, answer) == "/panel/haslo"
    answer = await browser.post("/panel/haslo", {"password": OWN, "repeated": OWN})
    assert await _until_in(browser, answer) == "/panel"
    assert "Dzień dobry, Anna Nowak" in words((await browser.get("/panel")).text)


async def test_a_second_factor_is_set_up_and_asked_for(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    shown = (await browser.get("/panel/drugi-skladnik")).text
    secret = re.sub(r"\s", "", re.findall(r'<code class="secret">([^<]+)', shown)[0])
    totp = pyotp.TOTP(secret)
    refused = await browser.post("/panel/drugi-skladnik", {"code": "000000"})
    assert refused.status_code == 422
    codes = await browser.post("/panel/drugi-skladnik", {"code": totp.at(staff_panel.clock.now())})
    recovery = re.findall(r"<code>(\w{5}-\w{5})</code>", codes.text)
    assert len(recovery) == 10
    assert (await browser.get("/panel")).status_code == 200

    staff_panel.clock.advance(timedelta(minutes=1))
    other = await staff_panel.browser()
    answer = await other.sign_in("Anna Nowak")
    assert await _until_in(other, answer) == "/panel/kod"
    assert (await other.get("/panel/sprawy")).headers["location"].startswith("/panel/kod")
    assert (await other.post("/panel/kod", {"code": "123456"})).status_code == 422
    answer = await other.post("/panel/kod", {"code": totp.at(staff_panel.clock.now())})
    assert await _until_in(other, answer) == "/panel"


async def test_where_a_second_factor_is_demanded_it_comes_before_any_page(staff_panel: Panel) -> None:
    desk = staff_panel.desk
    strict = Sessions(desk.database, desk.clock, second_factor_needed=True)
    desk.sign_in._sessions = desk.own_access._sessions = strict
    staff_panel.app = app_of(replace(desk, sessions=strict))
    await staff_panel.hire(Role.EDITOR)
    browser = await staff_panel.browser()
    assert await _until_in(browser, await browser.sign_in("Anna Nowak")) == "/panel/drugi-skladnik"
    assert (await browser.get("/panel/sprawy")).headers["location"].startswith("/panel/drugi-skladnik")


async def test_the_page_that_was_asked_for_comes_after_signing_in(staff_panel: Panel) -> None:
    await staff_panel.hire(Role.EDITOR)
    browser = await staff_panel.browser()
    asked = await browser.get("/panel/rozmowy?slowa=smog")
    assert asked.headers["location"] == "/panel/logowanie?next=%2Fpanel%2Frozmowy%3Fslowa%3Dsmog"
    form = await browser.get(asked.headers["location"])
    back = re.findall(r'name="next" value="([^"]+)"', form.text)[0]
    answer = await browser.sign_in("Anna Nowak", next=back)
    assert answer.headers["location"] == "/panel/rozmowy?slowa=smog"


@pytest.mark.parametrize(
    "wanted",
    [
        *("https://evil.example", "//evil.example", "/\\evil.example", "/panel//evil.example", "/panel/../evil"),
        *("javascript:alert(1)", "/paneless", "/panel@evil.example", "/panel/\r\nSet-Cookie: a=b", "/panel/%0d%0a"),
        *("https:/panel", "/panel/x" * 90, "\u202e/panel", ""),
    ],
)
async def test_signing_in_leads_nowhere_outside_the_panel(staff_panel: Panel, wanted: str) -> None:
    await staff_panel.hire(Role.EDITOR)
    browser = await staff_panel.browser()
    answer = await browser.sign_in("Anna Nowak", next=wanted)
    assert answer.headers["location"] == "/panel"


async def test_unknown_names_and_wrong_passwords_get_the_same_page(staff_panel: Panel) -> None:
    await staff_panel.hire(Role.EDITOR)
    browser = await staff_panel.browser()
    pages = []
    for name in ("Anna Nowak", "Anna Wilka"):
        answer = await browser.sign_in(name, "zgaduję")
        assert answer.status_code == 422
        pages.append(answer.text.replace(name, ""))
    assert pages[0] == pages[1]
    assert WRONG in pages[0]
    assert browser.cookies == []


async def test_after_five_wrong_passwords_the_page_says_how_long_to_wait(staff_panel: Panel) -> None:
    await staff_panel.hire(Role.EDITOR)
    browser = await staff_panel.browser()
    for _ in range(5):
        assert WRONG in (await browser.sign_in("Anna Nowak", "zgaduję")).text
    assert "Następną można zrobić za 1 minutę." in (await browser.sign_in("Anna Nowak")).text


async def test_a_planted_session_is_worth_nothing_after_signing_in(staff_panel: Panel) -> None:
    await staff_panel.hire(Role.EDITOR)
    planted = await staff_panel.visit(Role.ANALYST)
    victim = await staff_panel.browser()
    victim.client.cookies.update(planted.client.cookies)
    (before,) = victim.cookies
    assert (await victim.sign_in("Anna Nowak")).status_code == 303
    (after,) = victim.cookies
    assert after != before
    assert (await planted.get("/panel")).status_code == 303


@pytest.mark.parametrize("planted", ["abc", "a" * 43, "; Secure", "%00"])
async def test_an_invented_token_is_replaced_by_a_random_one(staff_panel: Panel, planted: str) -> None:
    await staff_panel.hire(Role.EDITOR)
    browser = await staff_panel.browser()
    answer = await browser.client.post(
        "/panel/logowanie",
        data={"name": "Anna Nowak", "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin", "Cookie": f"hub-staff-demo={planted}"},
    )
    assert planted not in answer.headers["set-cookie"]


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(staff_panel: Panel) -> None:
    await staff_panel.hire(Role.EDITOR)
    cookie = (await (await staff_panel.browser()).sign_in("Anna Nowak")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age" not in cookie


async def test_in_production_the_cookie_needs_tls_and_belongs_to_this_host(staff_panel: Panel) -> None:
    await staff_panel.hire(Role.EDITOR)
    staff_panel.app = app_of(replace(staff_panel.desk, demo=False))
    cookie = (await (await staff_panel.browser()).sign_in("Anna Nowak")).headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


async def test_signing_out_ends_the_session_on_the_server(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    (token,) = browser.cookies
    await browser.get("/panel")
    answer = await browser.post("/panel/wyloguj")
    assert answer.headers["location"] == "/panel/logowanie"
    browser.client.cookies.set("hub-staff-demo", token)
    assert (await browser.get("/panel")).status_code == 303


async def test_a_session_is_over_after_half_an_hour_and_a_form_is_not_taken(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    staff_panel.clock.advance(timedelta(minutes=31))
    answer = await browser.post("/panel/teksty/greet/text", {"value": "Dzień dobry!", "seen": "0"})
    assert (answer.status_code, "Jeszcze nie zapisano" in answer.text) == (403, True)
    assert staff_panel.desk.texts["greet"].text != "Dzień dobry!"
    assert (await browser.get("/panel/teksty")).headers["location"] == "/panel/logowanie?next=%2Fpanel%2Fteksty"
    assert (await browser.post("/panel/wyloguj")).headers["location"].startswith("/panel/logowanie")
    part = await browser.get("/panel/rozmowy", **{"HX-Request": "true"})
    assert (part.status_code, part.text) == (200, "")
    assert part.headers["hx-redirect"].startswith("/panel/logowanie")


async def test_dangerous_pages_ask_whether_the_person_is_there(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.ADMINISTRATOR)
    assert (await browser.get("/panel/pracownicy")).status_code == 200
    staff_panel.clock.advance(timedelta(minutes=6))
    for path in ("/panel/pracownicy", "/panel/klucze", "/panel/haslo", "/panel/drugi-skladnik", "/panel/konto/kody"):
        assert (await browser.get(path)).headers["location"].startswith("/panel/potwierdzenie?next=")
    refused = await browser.post("/panel/pracownicy", {"name": "Nowa Osoba", "role": "editor"})
    assert refused.headers["location"] == "/panel/potwierdzenie?next=%2Fpanel%2Fpracownicy"
    assert len(await staff_panel.desk.accounts.listed(CONSOLE)) == 1

    assert (await browser.post("/panel/potwierdzenie", {"proof": "zgaduję"})).status_code == 422
    answer = await browser.post("/panel/potwierdzenie", {"proof": PASSWORD, "next": "/panel/pracownicy"})
    assert await _until_in(browser, answer) == "/panel/pracownicy"


async def test_another_session_of_ones_own_can_be_ended(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    elsewhere = await staff_panel.browser()
    await elsewhere.sign_in("Anna Nowak")
    page = (await browser.get("/panel/konto")).text
    (other,) = re.findall(r'name="session" value="(\d+)"', page)
    answer = await browser.post("/panel/konto/sesje", {"session": other})
    assert "Sesja jest zakończona." in (await browser.get(answer.headers["location"])).text
    assert (await elsewhere.get("/panel")).status_code == 303
    assert (await browser.get("/panel")).status_code == 200


async def test_a_form_left_open_keeps_its_session_when_somebody_is_still_there(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    for _ in range(3):
        staff_panel.clock.advance(timedelta(minutes=28))
        assert (await browser.post("/panel/sesja")).status_code == 204
    assert (await browser.get("/panel")).status_code == 200
