"""Every page of the panel, asked for by everybody who may not have it."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from api.panel.access import pages as access
from api.panel.access import set_up
from api.panel.account import pages as account
from api.panel.rooms import ROOMS
from api.panel.start import pages as start
from core.staff.actor import CONSOLE
from core.staff.permissions import PERMISSIONS, Permission, Role
from tests.api.panel.conftest import NAMES, Browser, Panel

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_SIGN_IN = "/panel/logowanie"
# Pages that need more than their room does.
_MORE = {
    "/panel/sprawy/1/przydzial": Permission.ANSWER_HANDOFFS,
    "/panel/sprawy/1/odpowiedz": Permission.ANSWER_HANDOFFS,
    "/panel/sprawy/1/zakonczenie": Permission.ANSWER_HANDOFFS,
    "/panel/teksty/greet/text": Permission.EDIT_TEXTS,
    "/panel/teksty/greet/text/przywroc": Permission.EDIT_TEXTS,
}
_VALUES = {"intent": "greet", "name": "text"}
_FIELDS = {"seen": "0", "version": "0", "value": "Dzień dobry.", "to": "Anna Nowak", "text": "Dobrze."}

Page = tuple[str, str]


def _pages(router: APIRouter, prefix: str) -> Iterator[Page]:
    for route in router.routes:
        assert isinstance(route, APIRoute)
        path = prefix + route.path.format_map({name: _VALUES.get(name, "1") for name in route.param_convertors})
        yield from ((method, path) for method in route.methods or ())


PAGES_OF_ROOMS = [(page, room) for room in ROOMS for page in _pages(room.router, f"/panel{room.path}")]
OTHER_PAGES = [
    page
    for module in (start, access, set_up, account)
    for page in _pages(module.router, "/panel")
    if page[1] != _SIGN_IN
]
EVERY_PAGE = [page for page, _ in PAGES_OF_ROOMS] + OTHER_PAGES


async def _ask(browser: Browser, page: Page) -> tuple[int, str]:
    method, path = page
    answer = await (browser.get(path) if method == "GET" else browser.post(path, _FIELDS))
    return answer.status_code, answer.headers.get("location", "")


async def test_without_signing_in_every_page_leads_to_the_sign_in(staff_panel: Panel) -> None:
    browser = await staff_panel.browser()
    for page in EVERY_PAGE:
        if page == ("GET", "/panel/"):
            continue
        status, location = await _ask(browser, page)
        assert (page, status, location.partition("?")[0]) == (page, 303, _SIGN_IN)


async def test_with_a_one_time_password_no_page_but_that_of_the_new_password_opens(staff_panel: Panel) -> None:
    invited = await staff_panel.desk.accounts.add(CONSOLE, "Olga Sowa", Role.ADMINISTRATOR)
    browser = await staff_panel.browser()
    await browser.sign_in("Olga Sowa", invited.password)
    await browser.get("/panel/haslo")
    for page in [page for page, _ in PAGES_OF_ROOMS] + [("GET", "/panel"), ("GET", "/panel/konto")]:
        status, location = await _ask(browser, page)
        assert (page, status, location.partition("?")[0]) == (page, 303, "/panel/haslo")


@pytest.mark.parametrize("role", Role)
async def test_every_role_finds_what_is_not_for_it_closed_and_the_rest_open(staff_panel: Panel, role: Role) -> None:
    browser = await staff_panel.visit(role)
    for page, room in PAGES_OF_ROOMS:
        method, path = page
        needed = _MORE.get(path, room.permission) if method == "POST" else room.permission
        status, _ = await _ask(browser, page)
        assert (page, status == 403) == (page, needed not in PERMISSIONS[role])
        # Pages of work that is not there say so; none of them fails.
        assert status < 500


@pytest.mark.parametrize("role", Role)
async def test_the_menu_names_the_rooms_that_are_open(staff_panel: Panel, role: Role) -> None:
    page = (await (await staff_panel.visit(role)).get("/panel")).text
    for room in ROOMS:
        assert (f'href="/panel{room.path}"' in page) is (room.permission in PERMISSIONS[role])


async def test_a_role_that_is_taken_away_closes_its_pages_at_once(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    administrator = await staff_panel.visit(Role.ADMINISTRATOR)
    (found,) = [each for each in await staff_panel.desk.accounts.listed(CONSOLE) if each.name == NAMES[Role.EDITOR]]
    answer = await administrator.post(f"/panel/pracownicy/{found.id}/rola", {"role": "analyst"})
    assert answer.headers["location"] == "/panel/pracownicy?zapisano=rola"
    assert (await editor.get("/panel/sprawy")).status_code == 303
    await editor.sign_in(found.name)
    assert (await editor.get("/panel/sprawy")).status_code == 403


@pytest.mark.parametrize(
    "path", ["/panel/nie-ma", "/panel/sprawy/1/2/3", "/panel/..%2f..%2fetc", "/panel/static/../desk.py"]
)
async def test_an_address_of_nothing_is_a_page_of_the_panel(staff_panel: Panel, path: str) -> None:
    assert (await (await staff_panel.visit(Role.EDITOR)).get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/panel", "/panel/logowanie", "/panel/sprawy", "/panel/nie-ma"])
async def test_pages_are_kept_nowhere_and_run_no_foreign_code(staff_panel: Panel, path: str) -> None:
    headers = (await (await staff_panel.visit(Role.EDITOR)).get(path)).headers
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"
