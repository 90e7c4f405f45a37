"""Administration: accounts, keys of programs, the audit log and its file."""

import csv
import io
import re

import pytest

from core.audit.service import Deed, record
from core.staff.permissions import Role
from tests.api.panel.conftest import PASSWORD, Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_new_colleague_gets_in_with_the_one_time_password(staff_panel: Panel) -> None:
    administrator = await staff_panel.visit(Role.ADMINISTRATOR)
    answer = await administrator.post("/panel/pracownicy", {"name": "Nowa Osoba", "role": "approver"})
    (password,) = re.findall(r'<code class="secret">([^<]+)', answer.text)
    assert password not in (await administrator.get("/panel/pracownicy")).text
    browser = await staff_panel.browser()
    assert (await browser.sign_in("Nowa Osoba", password)).status_code == 303


async def test_a_lost_password_is_replaced_and_the_sessions_end(staff_panel: Panel) -> None:
    editor, administrator = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.ADMINISTRATOR)
    answer = await administrator.post("/panel/pracownicy/1/haslo")
    assert "Hasło jednorazowe: Anna Nowak" in words(answer.text)
    assert (await editor.get("/panel")).status_code == 303
    assert (await editor.sign_in("Anna Nowak", PASSWORD)).status_code == 422


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "role": "editor"}, "od 2 do 40 znaków"),
        ({"name": "Olga Sowa", "role": "editor"}, "Jest już konto"),
        ({"name": "system", "role": "editor"}, "sam program"),
        ({"name": "Nowa Osoba", "role": "king"}, "Nie ma takiej roli"),
    ],
)
async def test_an_account_that_cannot_be_is_told(staff_panel: Panel, fields: dict[str, str], said: str) -> None:
    answer = await (await staff_panel.visit(Role.ADMINISTRATOR)).post("/panel/pracownicy", fields)
    assert answer.status_code == 422
    assert said in answer.text


async def test_the_only_administrator_cannot_lock_everybody_out(staff_panel: Panel) -> None:
    administrator = await staff_panel.visit(Role.ADMINISTRATOR)
    page = (await administrator.get("/panel/pracownicy")).text
    assert "/panel/pracownicy/1/wylacz" not in page
    for step, fields in (("wylacz", {}), ("rola", {"role": "editor"}), ("haslo", {})):
        answer = await administrator.post(f"/panel/pracownicy/1/{step}", fields)
        assert answer.status_code == 422
    assert (await administrator.get("/panel")).status_code == 200


async def test_a_disabled_account_is_closed_and_opened_again(staff_panel: Panel) -> None:
    editor, administrator = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.ADMINISTRATOR)
    answer = await administrator.post("/panel/pracownicy/1/wylacz")
    assert "konto wyłączone" in (await administrator.get(answer.headers["location"])).text
    assert (await editor.sign_in("Anna Nowak")).status_code == 422
    await administrator.post("/panel/pracownicy/1/wlacz")
    assert (await editor.sign_in("Anna Nowak")).status_code == 303


async def test_a_key_is_shown_once_and_opens_nothing_when_it_is_revoked(staff_panel: Panel) -> None:
    administrator, keys = await staff_panel.visit(Role.ADMINISTRATOR), staff_panel.desk.keys
    fields = {"name": "Strona urzędu", "scope": "write_announcements", "days": "365"}
    answer = await administrator.post("/panel/klucze", fields)
    (token,) = re.findall(r'<code class="secret">([^<]+)', answer.text)
    assert await keys.holder(token)
    page = (await administrator.get("/panel/klucze")).text
    assert token not in page
    assert "ważny do 23.11.2027, 19:30" in words(page)
    answer = await administrator.post("/panel/klucze/1/uniewaznij")
    assert "Klucz jest unieważniony." in (await administrator.get(answer.headers["location"])).text
    assert await keys.holder(token) is None
    assert (await administrator.post("/panel/klucze/1/uniewaznij")).status_code == 422


@pytest.mark.parametrize("scope", ["", "approve_announcements", "manage_staff"])
async def test_a_key_for_nothing_or_for_approving_is_refused(staff_panel: Panel, scope: str) -> None:
    administrator = await staff_panel.visit(Role.ADMINISTRATOR)
    answer = await administrator.post("/panel/klucze", {"name": "Strona urzędu", "scope": scope, "days": ""})
    assert answer.status_code == 422
    assert "przynajmniej jedno uprawnienie" in answer.text


async def test_the_audit_log_tells_who_did_what(staff_panel: Panel) -> None:
    administrator = await staff_panel.visit(Role.ADMINISTRATOR)
    await administrator.post("/panel/pracownicy", {"name": "Nowa Osoba", "role": "approver"})
    rows = re.findall(r"<tr>\s*<td.*?</tr>", (await administrator.get("/panel/dziennik")).text, re.DOTALL)
    assert "Olga Sowa dodanie konta staff/nowa osoba" in words(rows[0])
    only = (await administrator.get("/panel/dziennik?kto=Olga+Sowa&co=staff.added&od=2026-11-23&do=2026-11-23")).text
    assert "staff/nowa osoba" in only
    assert "staff/olga sowa" not in only
    assert "Nie ma takich zapisów." in (await administrator.get("/panel/dziennik?do=2026-11-22")).text


async def test_the_file_runs_nothing_in_a_spreadsheet(staff_panel: Panel) -> None:
    evil = '=HYPERLINK("https://evil.example","Kliknij")'
    async with staff_panel.desk.database.write() as session:
        await record(session, "+Anna", Deed("@SUM(1)", evil, after={"text": '=1+1;"x"\n-2'}), staff_panel.clock.now())
    answer = await (await staff_panel.visit(Role.ADMINISTRATOR)).get("/panel/dziennik/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="dziennik-2026-11-23.csv"'
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["numer", "kiedy", "kto", "co", "czego dotyczy", "przed", "po"]
    written = next(row for row in rows if "HYPERLINK" in row[4])
    assert written[2:5] == ["'+Anna", "'@SUM(1)", f"'{evil}"]
    assert not any(cell[:1] in set("=+-@\t\r\n") for row in rows for cell in row)


async def test_taking_the_file_stands_in_the_log(staff_panel: Panel) -> None:
    administrator = await staff_panel.visit(Role.ADMINISTRATOR)
    await administrator.get("/panel/dziennik/csv")
    assert "pobranie dziennika" in (await administrator.get("/panel/dziennik?co=audit.exported")).text


@pytest.mark.parametrize(
    "address", ["przed=abc", "przed=-1", "kto=%00", "czego=" + "x" * 300, "od=9999-12-31&do=9999-12-31"]
)
async def test_an_address_that_makes_no_sense_never_fails(staff_panel: Panel, address: str) -> None:
    answer = await (await staff_panel.visit(Role.ADMINISTRATOR)).get(f"/panel/dziennik?{address}")
    assert answer.status_code < 500
    assert "<h1>" in answer.text
