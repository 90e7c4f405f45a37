"""Messages for the office: found, read, answered, ended; what residents write is only text."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.handoffs.handoff import NewHandoff, ReplyTo
from bot.handoffs.letters.letter import LetterState, Trouble
from bot.handoffs.letters.models import LetterRow
from core.audit.models import AuditRow
from core.settings import Settings
from core.staff.permissions import Role
from hub.bootstrap import address_vault
from notifier.subscriptions.service import Subscriptions
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
    assert "sprawa czeka" not in words((await browser.get("/panel")).text)


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


_SMS = "sms:+48601234567"


async def _texted(panel: Panel) -> str:
    """Leave a message by SMS, to be answered there, and return its number."""
    async with panel.desk.database.write() as session:
        new = NewHandoff("key", "sms", "air", _SMS, "Czuję dym wieczorami.", "here", _SMS)
        return await panel.desk.handoffs.create(session, new)


async def _became(panel: Panel, state: LetterState, trouble: Trouble | None = None) -> None:
    async with panel.desk.database.write() as session:
        at = panel.clock.now()
        await session.execute(update(LetterRow).values(state=state, trouble=trouble, finished_at=at, due_at=None))


async def test_a_reply_by_sms_tells_its_price_before_and_its_way_afterwards(staff_panel: Panel) -> None:
    number = await _texted(staff_panel)
    browser = await staff_panel.visit(Role.EDITOR)
    shown = (await browser.get(f"/panel/sprawy/{number}")).text
    assert "Każda część SMS kosztuje 0,20 zł." in words(shown)
    assert "+48601234567" not in shown

    text = "Sprawdzimy to jutro. " * 12
    fragment = await browser.post(f"/panel/sprawy/{number}/koszt", {"text": text}, **{"HX-Request": "true"})
    assert "Liczba części SMS: 3, koszt: 0,60 zł." in words(fragment.text)
    whole = await browser.post(f"/panel/sprawy/{number}/koszt", {"text": text})
    assert "koszt: 0,60 zł" in words(whole.text)
    assert f">{text.strip()}</textarea>" in whole.text

    answer = await browser.post(f"/panel/sprawy/{number}/odpowiedz", {"text": text})
    page = (await browser.get(answer.headers["location"])).text
    assert "Czeka na wysłanie SMS-em." in page
    (line,) = [line for line in page.split('"') if "/wysylka/" in line]
    await _became(staff_panel, LetterState.SENT)
    assert "Wysłano SMS-em: 23.11.2026, 19:30." in words((await browser.get(line)).text)
    await _became(staff_panel, LetterState.FAILED, Trouble.GONE)
    assert (
        "Nie udało się wysłać SMS-em: bot jest zablokowany albo ten numer nie istnieje"
        in (await browser.get(line)).text
    )
    assert "odpowiedź nie dotarła" in (await browser.get("/panel/sprawy")).text
    assert "1 odpowiedź nie dotarła do mieszkańca" in words((await browser.get("/panel")).text)


async def test_looking_after_a_reply_on_its_way_reads_nothing(staff_panel: Panel) -> None:
    number = await _texted(staff_panel)
    browser = await staff_panel.visit(Role.EDITOR)
    await browser.get(f"/panel/sprawy/{number}")
    await browser.post(f"/panel/sprawy/{number}/odpowiedz", {"text": "Tajna odpowiedź."})
    async with staff_panel.desk.database.read() as session:
        step = await session.scalar(select(LetterRow.step_id))
    fragment = (await browser.get(f"/panel/sprawy/{number}/wysylka/{step}")).text
    assert "Tajna" not in fragment
    assert (await browser.get(f"/panel/sprawy/{number}/wysylka/999")).status_code == 404
    async with staff_panel.desk.database.read() as session:
        actions = list(await session.scalars(select(AuditRow.action).where(AuditRow.subject == f"handoffs/{number}")))
    assert actions == ["handoff.opened", "handoff.answered"]


async def test_a_resident_who_stopped_sms_is_told_to_staff_before_they_write(staff_panel: Panel) -> None:
    number = await _texted(staff_panel)
    staff_panel.clock.advance(timedelta(minutes=1))
    async with staff_panel.desk.database.write() as session:
        subscriptions = Subscriptions(address_vault(Settings()), staff_panel.clock)
        await subscriptions.unsubscribe(session, "sms", "+48601234567")
    browser = await staff_panel.visit(Role.EDITOR)
    shown = words((await browser.get(f"/panel/sprawy/{number}")).text)
    assert "nie można wysłać SMS (STOP)" in shown
    assert "Mieszkaniec wysłał STOP, więc miasto nie pisze na ten numer." in shown
    assert "Pokaż koszt" not in shown


async def test_a_reply_by_sms_has_a_limit_of_its_own(staff_panel: Panel) -> None:
    number = await _texted(staff_panel)
    browser = await staff_panel.visit(Role.EDITOR)
    await browser.get(f"/panel/sprawy/{number}")
    refused = await browser.post(f"/panel/sprawy/{number}/odpowiedz", {"text": "x" * 901})
    assert refused.status_code == 422
    assert "dłuższa niż 900 znaków" in refused.text


async def test_own_work_is_listed_and_what_the_resident_adds_brings_it_back(staff_panel: Panel) -> None:
    number = await _texted(staff_panel)
    browser = await staff_panel.visit(Role.EDITOR)
    await browser.get(f"/panel/sprawy/{number}")
    assert "Nie ma takich spraw." in (await browser.get("/panel/sprawy?czyje=moje")).text
    await browser.post(f"/panel/sprawy/{number}/odpowiedz", {"text": "O której godzinie?"})
    assert number in (await browser.get("/panel/sprawy?czyje=moje")).text
    assert "sprawa czeka" not in words((await browser.get("/panel")).text)
    async with staff_panel.desk.database.write() as session:
        await staff_panel.desk.handoffs.add(session, number, "Około 20.")
    assert "1 własna sprawa czeka na odpowiedź" in words((await browser.get("/panel")).text)
    shown = words((await browser.get(f"/panel/sprawy/{number}")).text)
    assert "mieszkaniec dopisał Około 20." in shown
