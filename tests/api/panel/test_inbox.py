"""Messages for the office: found, read, answered, ended; what residents write is only text."""

import pytest
from sqlalchemy import select

from bot.handoffs.handoff import NewHandoff, ReplyTo
from core.audit.models import AuditRow
from core.staff.permissions import Role
from tests.api.panel.conftest import Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"


async def _left(
    panel: Panel, text: str = "Czuję dym wieczorami.", reply_to: ReplyTo = "here", contact: str | None = None
) -> str:
    """Leave a message as a resident does and return its number."""
    async with panel.desk.database.write() as session:
        new = NewHandoff("key", "web", "air", "conversation:secret", text, reply_to, contact)
        return await panel.desk.handoffs.create(session, new)


async def test_from_the_message_to_the_answer(staff_panel: Panel) -> None:
    number = await _left(staff_panel, reply_to="phone", contact="+48512345678")
    browser = await staff_panel.visit(Role.EDITOR)
    assert "1 nowa sprawa czeka na przydzielenie" in words((await browser.get("/panel")).text)
    listed = (await browser.get("/panel/sprawy")).text
    assert number in listed
    assert "Czuję dym" not in listed
    assert "512345678" not in listed

    shown = words((await browser.get(f"/panel/sprawy/{number}")).text)
    assert "Czuję dym wieczorami." in shown
    assert "telefon: +48512345678" in shown
    answer = await browser.post(f"/panel/sprawy/{number}/odpowiedz", {"text": "Straż miejska\nsprawdzi to w piątek."})
    assert "Odpowiedź jest zapisana." in (await browser.get(answer.headers["location"])).text
    async with staff_panel.desk.database.read() as session:
        handoff = await staff_panel.desk.handoffs.find(session, number)
    assert handoff
    assert (handoff.state, handoff.assignee) == ("answered", "Anna Nowak")
    assert handoff.last_reply == "Straż miejska\nsprawdzi to w piątek."

    answer = await browser.post(f"/panel/sprawy/{number}/zakonczenie")
    closed = (await browser.get(answer.headers["location"])).text
    assert "Sprawa jest zakończona." in closed
    assert "Zapisz odpowiedź" not in closed
    late = await browser.post(f"/panel/sprawy/{number}/odpowiedz", {"text": "Jeszcze coś."})
    assert late.status_code == 422
    assert "już zakończona" in late.text


async def test_what_a_resident_wrote_is_shown_and_never_run(staff_panel: Panel) -> None:
    number = await _left(staff_panel, EVIL)
    browser = await staff_panel.visit(Role.EDITOR)
    page = (await browser.get(f"/panel/sprawy/{number}")).text
    assert EVIL in words(page)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "49" not in words(page)


async def test_work_is_given_to_a_colleague_who_may_do_it(staff_panel: Panel) -> None:
    number = await _left(staff_panel)
    await staff_panel.hire(Role.EDITOR, "Zofia Mak")
    await staff_panel.hire(Role.ANALYST)
    browser = await staff_panel.visit(Role.EDITOR)
    page = (await browser.get(f"/panel/sprawy/{number}")).text
    assert "Zofia Mak</option>" in page
    assert "Ewa Lis" not in page
    refused = await browser.post(f"/panel/sprawy/{number}/przydzial", {"to": "Ewa Lis"})
    assert refused.status_code == 422
    await browser.post(f"/panel/sprawy/{number}/przydzial", {"to": "Zofia Mak"})
    assert "prowadzi Zofia Mak" in words((await browser.get("/panel/sprawy?stan=assigned")).text)
    assert "Nic teraz nie czeka." in words((await browser.get("/panel")).text)


@pytest.mark.parametrize("typed", ["7k3m2", "LG 7K3M2", "lg-7k3m2"])
async def test_a_number_is_understood_however_it_is_typed(staff_panel: Panel, typed: str) -> None:
    number = await _left(staff_panel)
    browser = await staff_panel.visit(Role.EDITOR)
    typed = typed.lower().replace("7k3m2", number.partition("-")[2].lower())
    answer = await browser.get(f"/panel/sprawy?numer={typed}")
    assert answer.headers["location"] == f"/panel/sprawy/{number}"


@pytest.mark.parametrize("path", ["/panel/sprawy/LG-22222", "/panel/sprawy/1", "/panel/sprawy/%00", "/panel/sprawy/ą"])
async def test_a_number_of_nothing_is_told(staff_panel: Panel, path: str) -> None:
    answer = await (await staff_panel.visit(Role.EDITOR)).get(path)
    assert answer.status_code == 404
    assert "Nie ma sprawy o tym numerze." in answer.text


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 2001])
async def test_an_answer_that_is_empty_or_too_long_is_told_and_kept(staff_panel: Panel, text: str) -> None:
    number = await _left(staff_panel)
    browser = await staff_panel.visit(Role.EDITOR)
    answer = await browser.post(f"/panel/sprawy/{number}/odpowiedz", {"text": text})
    assert answer.status_code == 422
    assert "pusta albo dłuższa niż 2000 znaków" in answer.text
    assert f">{text.strip()}</textarea>" in answer.text


async def test_who_read_and_answered_stands_in_the_audit_log_and_what_was_written_does_not(staff_panel: Panel) -> None:
    number = await _left(staff_panel, "Mój sąsiad Jan pali oponami.")
    browser = await staff_panel.visit(Role.EDITOR)
    await browser.get(f"/panel/sprawy/{number}")
    await browser.post(f"/panel/sprawy/{number}/odpowiedz", {"text": "Dziękujemy za wiadomość."})
    async with staff_panel.desk.database.read() as session:
        rows = (await session.scalars(select(AuditRow).where(AuditRow.subject == f"handoffs/{number}"))).all()
    assert [(row.actor, row.action) for row in rows] == [
        ("Anna Nowak", "handoff.opened"),
        ("Anna Nowak", "handoff.answered"),
    ]
    assert "oponami" not in str([row.after for row in rows])
    assert "Dziękujemy" not in str([row.after for row in rows])
