"""Every page of the panel, asked for by everybody who may not have it."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.panel.rooms import ROOMS
from core.audit.models import AuditRow
from core.staff.actor import CONSOLE
from core.staff.permissions import PERMISSIONS, Permission, Role
from tests.api.panel.conftest import NAMES, Browser, Panel
from tests.api.panel.routes import PanelPage, panel_pages

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_SIGN_IN = "/panel/logowanie"
# Pages that belong to whoever is signed in, or signs in; every other page says whom it lets in.
_EVERYBODYS = frozenset(
    {
        *("/panel", "/panel/", "/panel/logowanie", "/panel/kod", "/panel/potwierdzenie", "/panel/sesja"),
        *("/panel/wyloguj", "/panel/haslo", "/panel/drugi-skladnik"),
        *("/panel/konto", "/panel/konto/sesje", "/panel/konto/kody"),
    }
)
# Pages of a room whose services let in only some of its people: whoever may do one of these.
_WRITERS = frozenset({Permission.WRITE_ANNOUNCEMENTS})
_APPROVERS = frozenset({Permission.APPROVE_ANNOUNCEMENTS})
_NEWS = "/panel/komunikaty"
_ANY_OF = {
    **{f"{_NEWS}{each}": _WRITERS for each in ("/nowy", "/podglad", "/1/edycja", "/1/probka", "/1/przekaz")},
    **{f"{_NEWS}{each}": _WRITERS for each in ("/1/szablon", "/szablony/1/usun")},
    **{f"{_NEWS}{each}": _APPROVERS for each in ("/1/zatwierdz", "/1/zwroc", "/baner/1/zatwierdz")},
    **{
        f"{_NEWS}{each}": _WRITERS | _APPROVERS
        for each in ("/1/wysylka", "/1/wstrzymaj", "/1/wznow", "/1/anuluj", "/1/ponow", "/baner/1/zdejmij")
    },
}
_ANY_OF_TO_CHANGE = {f"{_NEWS}/baner": _WRITERS}
_FIELDS = {"seen": "0", "version": "0", "value": "Dzień dobry.", "to": "Anna Nowak", "text": "Dobrze."}


def _rooms(panel: Panel) -> list[PanelPage]:
    return [page for page in panel_pages(panel.app) if page.needed]


def _opens_for(page: PanelPage, role: Role) -> bool:
    more = _ANY_OF.get(page.path) or (_ANY_OF_TO_CHANGE.get(page.path) if page.method == "POST" else None)
    return page.opens_for(PERMISSIONS[role]) and (more is None or bool(more & PERMISSIONS[role]))


async def _newest_deed(session: AsyncSession) -> int:
    return await session.scalar(select(func.max(AuditRow.id))) or 0


async def _ask(browser: Browser, page: PanelPage) -> tuple[int, str]:
    answer = await (browser.get(page.path) if page.method == "GET" else browser.post(page.path, _FIELDS))
    return answer.status_code, answer.headers.get("location", "")


async def test_every_page_says_whom_it_lets_in(staff_panel: Panel) -> None:
    pages = list(panel_pages(staff_panel.app))
    assert {page.path for page in pages if not page.needed} == _EVERYBODYS
    for room in ROOMS:
        address = f"/panel{room.path}"
        own = [page for page in pages if page.path == address or page.path.startswith(f"{address}/")]
        assert own
        assert all(frozenset({room.permission}) in page.needed for page in own)


async def test_without_signing_in_every_page_leads_to_the_sign_in(staff_panel: Panel) -> None:
    browser = await staff_panel.browser()
    for page in panel_pages(staff_panel.app):
        if page.path in {"/panel/", _SIGN_IN}:
            continue
        status, location = await _ask(browser, page)
        assert (page, status, location.partition("?")[0]) == (page, 303, _SIGN_IN)


async def test_with_a_one_time_password_no_page_but_that_of_the_new_password_opens(staff_panel: Panel) -> None:
    invited = await staff_panel.desk.accounts.add(CONSOLE, "Olga Sowa", Role.ADMINISTRATOR)
    browser = await staff_panel.browser()
    await browser.sign_in("Olga Sowa", invited.password)
    await browser.get("/panel/haslo")
    own = [PanelPage("GET", path, ()) for path in ("/panel", "/panel/konto")]
    for page in _rooms(staff_panel) + own:
        status, location = await _ask(browser, page)
        assert (page, status, location.partition("?")[0]) == (page, 303, "/panel/haslo")


@pytest.mark.parametrize("role", Role)
async def test_every_role_finds_what_is_not_for_it_closed_and_the_rest_open(staff_panel: Panel, role: Role) -> None:
    browser = await staff_panel.visit(role)
    for page in _rooms(staff_panel):
        status, _ = await _ask(browser, page)
        assert (page, status == 403) == (page, not _opens_for(page, role))
        # Pages of work that is not there say so; none of them fails.
        assert status < 500


@pytest.mark.parametrize("role", Role)
async def test_no_form_is_taken_from_another_site_or_without_the_token_of_its_session(
    staff_panel: Panel, role: Role
) -> None:
    browser = await staff_panel.visit(role)
    async with staff_panel.desk.database.read() as session:
        before = await _newest_deed(session)
    for page in _rooms(staff_panel):
        if page.method == "POST" and _opens_for(page, role):
            foreign = await browser.post(page.path, _FIELDS, **{"Sec-Fetch-Site": "cross-site"})
            unsigned = await browser.post(page.path, {**_FIELDS, "csrf": ""})
            assert (page, foreign.status_code, unsigned.status_code) == (page, 403, 403)
    async with staff_panel.desk.database.read() as session:
        assert await _newest_deed(session) == before


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
