"""Forms of other sites change nothing."""

import re
from datetime import timedelta

import pytest

from core.staff.permissions import Role
from tests.api.panel.conftest import PASSWORD, Panel

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

EDIT = "/panel/teksty/greet/text"
FIELDS = {"value": "Zmienione przez obcych.", "seen": "0"}


async def _greeting(panel: Panel) -> str:
    return panel.desk.texts["greet"].text


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.hub.test"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "http://hub.test"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
async def test_what_does_not_come_from_our_pages_is_refused(staff_panel: Panel, said: dict[str, str]) -> None:
    browser, before = await staff_panel.visit(Role.EDITOR), await _greeting(staff_panel)
    answer = await browser.post(EDIT, FIELDS, **said)
    assert answer.status_code == 403
    assert "z innej strony" in answer.text
    assert await _greeting(staff_panel) == before


@pytest.mark.parametrize(("origin", "status"), [("http://hub.test", 303), ("https://evil.example", 403), ("", 403)])
async def test_browsers_that_only_name_the_origin_are_understood(staff_panel: Panel, origin: str, status: int) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    headers = {"Origin": origin} if origin else {}
    answer = await browser.client.post(EDIT, data={**FIELDS, "csrf": browser.csrf}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize("token", ["", "0" * 64, "ą", "x" * 150])
async def test_a_form_without_the_token_of_its_session_is_refused(staff_panel: Panel, token: str) -> None:
    browser, before = await staff_panel.visit(Role.EDITOR), await _greeting(staff_panel)
    answer = await browser.post(EDIT, {**FIELDS, "csrf": token})
    assert answer.status_code == 403
    assert "nieaktualny" in answer.text
    assert await _greeting(staff_panel) == before


async def test_what_was_typed_outlives_the_session_and_is_sent_once_more(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    form, typed = (
        {**FIELDS, "value": "Dzień dobry,\n<b>proszę</b> pytać."},
        "Dzień dobry,\n&lt;b&gt;proszę&lt;/b&gt; pytać.",
    )
    staff_panel.clock.advance(timedelta(hours=1))
    kept = await browser.post(EDIT, form)
    assert (kept.status_code, f'value="{typed}"' in kept.text, "/panel/logowanie" in kept.text) == (403, True, True)
    preview = await browser.post(f"{EDIT}/podglad", form, **{"HX-Request": "true"})
    assert (preview.status_code, preview.text) == (204, "")
    await browser.sign_in("Anna Nowak")
    kept = await browser.post(EDIT, {**form, "csrf": "-"})
    assert (kept.status_code, f'value="{typed}"' in kept.text) == (403, True)
    (token,) = set(re.findall(r'name="csrf" value="([^"]+)"', kept.text))
    assert (await browser.post(EDIT, {**form, "csrf": token})).status_code == 303
    assert await _greeting(staff_panel) == form["value"]


async def test_a_password_is_never_shown_again(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    answer = await browser.post("/panel/potwierdzenie", {"proof": PASSWORD, "next": "/panel", "csrf": "-"})
    assert (answer.status_code, PASSWORD in answer.text) == (403, False)


async def test_the_token_of_another_session_is_refused(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    other = await staff_panel.visit(Role.ANALYST)
    assert (await browser.post(EDIT, {**FIELDS, "csrf": other.csrf})).status_code == 403


async def test_signing_in_from_another_site_is_refused(staff_panel: Panel) -> None:
    await staff_panel.hire(Role.EDITOR)
    browser = await staff_panel.browser()
    answer = await browser.post(
        "/panel/logowanie", {"name": "Anna Nowak", "password": PASSWORD}, **{"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert browser.cookies == []


@pytest.mark.parametrize("path", ["/panel/wyloguj", "/panel/konto/sesje", "/panel/pracownicy/1/wylacz"])
async def test_an_address_alone_changes_nothing(staff_panel: Panel, path: str) -> None:
    browser = await staff_panel.visit(Role.ADMINISTRATOR)
    assert (await browser.get(path)).status_code == 404
    assert (await browser.get("/panel")).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"value": "x"}', "application/json"),
        (b"value=x", "text/plain"),
        (b"value=%ff%fe", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"a=1&" * 5000, "application/x-www-form-urlencoded"),
        (b"", ""),
    ],
)
async def test_what_is_no_form_of_ours_is_refused_with_a_page(staff_panel: Panel, body: bytes, kind: str) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    headers = {"Content-Type": kind, "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    answer = await browser.client.post(EDIT, content=body, headers=headers)
    assert answer.status_code in {400, 403, 415}
    assert "<h1>" in answer.text
