"""Periods of keeping: seen, tried out, refused out of their bounds, saved with a record, and kept to at night."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversations.models import ConversationRow
from core.audit.models import AuditRow
from core.retention.models import PeriodRow
from core.staff.permissions import Role
from tests.api.panel.conftest import Browser, Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_ROOM = "/panel/przechowywanie"


async def _talked(panel: Panel, *days_ago: int) -> None:
    async with panel.desk.database.write() as session:
        for days in days_ago:
            at = panel.clock.now() - timedelta(days=days)
            row = ConversationRow(digest=f"d{days}", channel="web", started_at=at, last_turn_at=at, context={})
            session.add(row)


async def _administrator(panel: Panel) -> Browser:
    browser = await panel.visit(Role.ADMINISTRATOR)
    await browser.get(_ROOM)
    return browser


async def _conversations(panel: Panel) -> list[str]:
    async with panel.desk.database.read() as session:
        return list(await session.scalars(select(ConversationRow.digest).order_by(ConversationRow.id)))


async def test_what_a_shorter_period_deletes_is_shown_before_it_is_saved_and_goes_at_night(staff_panel: Panel) -> None:
    await _talked(staff_panel, 80, 40, 10)
    browser = await _administrator(staff_panel)
    shown = words((await browser.get(_ROOM)).text)
    assert "Rozmowy z asystentem" in shown
    assert "Nic nie czeka na usunięcie." in shown

    preview = words((await browser.post(f"{_ROOM}/podglad", {"conversations": "30", "handoffs": "90"})).text)
    assert "Okres: z 90 dni na 30 dni" in preview
    assert "Najbliższej nocy zniknie: 2. Najstarsze z 04.09.2026" in preview
    assert "Sprawy zakończone" not in preview
    await staff_panel.desk.retention.forget()
    assert await _conversations(staff_panel) == ["d80", "d40", "d10"]

    answer = await browser.post(_ROOM, {"conversations": "30"})
    assert "Okresy są zapisane." in (await browser.get(answer.headers["location"])).text
    assert await staff_panel.desk.retention.days("conversations") == 30
    assert (await staff_panel.desk.retention.forget())["conversations"] == 2
    assert await _conversations(staff_panel) == ["d10"]
    async with staff_panel.desk.database.read() as session:
        deed = (await session.scalars(select(AuditRow).where(AuditRow.action == "retention.changed"))).one()
    assert (deed.actor, deed.subject) == ("Olga Sowa", "retention/conversations")
    assert (deed.before, deed.after) == ({"days": 90}, {"days": 30})


@pytest.mark.parametrize("typed", ["", "0", "-1", "9" * 9, "rok", "٣٠", "<script>", "1e3"])
async def test_a_period_out_of_its_bounds_is_told_beside_its_field_and_nothing_changes(
    staff_panel: Panel, typed: str
) -> None:
    browser = await _administrator(staff_panel)
    for path in (f"{_ROOM}/podglad", _ROOM):
        refused = await browser.post(path, {"conversations": typed, "outbox": "7"})
        assert refused.status_code == 422
        assert "Proszę wpisać liczbę dni od 1 do 730." in refused.text
        assert 'value="7"' in refused.text
        assert "<script>" not in refused.text.replace("<script src", "")
    async with staff_panel.desk.database.read() as session:
        assert (await session.scalars(select(PeriodRow))).all() == []


async def test_what_the_law_asks_for_cannot_be_shortened(staff_panel: Panel) -> None:
    browser = await _administrator(staff_panel)
    for kind in ("contacts", "audit"):
        refused = await browser.post(f"{_ROOM}/podglad", {kind: "364"})
        assert refused.status_code == 422
        assert "Proszę wpisać liczbę dni od 365" in refused.text
    # The period that residents are told in the answers themselves is not taken from a form at all.
    assert "Żaden okres nie jest zmieniony." in (await browser.post(f"{_ROOM}/podglad", {"sms_answers": "9"})).text


async def test_saving_asks_for_a_proof_of_presence_when_the_last_one_is_old(staff_panel: Panel) -> None:
    browser = await _administrator(staff_panel)
    staff_panel.clock.advance(timedelta(minutes=6))
    answer = await browser.post(_ROOM, {"conversations": "30"})
    assert answer.headers["location"].startswith("/panel/potwierdzenie")
    assert await staff_panel.desk.retention.days("conversations") == 90
