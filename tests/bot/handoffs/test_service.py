"""A message for the office: taken in once, worked on in order, unreadable at rest, deleted in time."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import select

from bot.handoffs.errors import MoveRefusedError, PartRefusedError, TooManyOpenError, UnknownHandoffError
from bot.handoffs.handoff import NewHandoff
from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.handoffs.service import MAX_OPEN, Handoffs
from bot.handoffs.states import HandoffState
from core.database import Database
from tests.fakes import FrozenClock

TEXT = "Dziura w chodniku przed moim domem."
NEW = NewHandoff("key-1", "sms", "air", "sms:+48512345678", TEXT, "phone", "+48512345678")


async def _create(database: Database, handoffs: Handoffs, new: NewHandoff = NEW) -> str:
    async with database.write() as session:
        return await handoffs.create(session, new)


async def test_the_same_draft_sent_again_is_the_same_message(database: Database, handoffs: Handoffs) -> None:
    first = await _create(database, handoffs)
    assert await _create(database, handoffs) == first
    async with database.read() as session:
        waiting = await handoffs.listed(session, HandoffState.OPEN)
    assert [(each.reference, each.text, each.contact) for each in waiting] == [(first, TEXT, "+48512345678")]


async def test_text_contact_and_reply_cannot_be_read_in_the_database(database: Database, handoffs: Handoffs) -> None:
    reference = await _create(database, handoffs)
    async with database.write() as session:
        await handoffs.assign(session, reference, "Anna", "Jan")
        await handoffs.reply(session, reference, "Naprawimy w piątek.", "Anna")
    async with database.read() as session:
        stored = [vars(row) for table in (HandoffRow, HandoffStepRow) for row in await session.scalars(select(table))]
    for secret in ("chodniku", "512345678", "piątek"):
        assert secret.encode() not in str(stored).encode()
        assert not [
            value for row in stored for value in row.values() if isinstance(value, bytes) and secret.encode() in value
        ]


async def test_a_message_goes_from_open_to_closed_and_tells_who_did_what(
    database: Database, handoffs: Handoffs, clock: FrozenClock
) -> None:
    reference = await _create(database, handoffs)
    for step in ("assign", "reply", "close"):
        clock.advance(timedelta(hours=1))
        async with database.write() as session:
            if step == "assign":
                await handoffs.assign(session, reference, "Anna", "Jan")
            elif step == "reply":
                await handoffs.reply(session, reference, "Naprawimy w piątek.", "Anna")
            else:
                await handoffs.close(session, reference, "Anna")
    async with database.read() as session:
        found = await handoffs.find(session, reference)
    assert found is not None
    assert [(step.state, step.by, step.text) for step in found.steps] == [
        (HandoffState.OPEN, "resident", None),
        (HandoffState.ASSIGNED, "Jan", None),
        (HandoffState.ANSWERED, "Anna", "Naprawimy w piątek."),
        (HandoffState.CLOSED, "Anna", None),
    ]
    assert (found.assignee, found.changed_at, found.last_reply) == ("Anna", clock.now(), "Naprawimy w piątek.")


async def test_moves_out_of_order_are_refused(database: Database, handoffs: Handoffs) -> None:
    reference = await _create(database, handoffs)
    with pytest.raises(MoveRefusedError):
        async with database.write() as session:
            await handoffs.reply(session, reference, "Bez przydziału.", "Anna")
    async with database.write() as session:
        await handoffs.close(session, reference, "Anna")
    with pytest.raises(MoveRefusedError):
        async with database.write() as session:
            await handoffs.assign(session, reference, "Anna", "Jan")
    with pytest.raises(UnknownHandoffError):
        async with database.write() as session:
            await handoffs.close(session, "LG-22222", "Anna")


@pytest.mark.parametrize(("text", "by"), [(" ", "Anna"), ("a" * 2001, "Anna"), ("Odpowiedź.", "")])
async def test_an_empty_or_endless_reply_is_refused(database: Database, handoffs: Handoffs, text: str, by: str) -> None:
    reference = await _create(database, handoffs)
    async with database.write() as session:
        await handoffs.assign(session, reference, "Anna", "Jan")
    with pytest.raises(PartRefusedError):
        async with database.write() as session:
            await handoffs.reply(session, reference, text, by)
    async with database.read() as session:
        found = await handoffs.find(session, reference)
    assert found is not None
    assert found.state is HandoffState.ASSIGNED


async def test_a_sender_may_have_five_of_a_day_waiting(
    database: Database, handoffs: Handoffs, clock: FrozenClock
) -> None:
    references = [await _create(database, handoffs, replace(NEW, request_key=str(n))) for n in range(MAX_OPEN)]
    with pytest.raises(TooManyOpenError):
        await _create(database, handoffs, replace(NEW, request_key="one more"))
    await _create(database, handoffs, replace(NEW, request_key="of another", owner="sms:+48600000000"))
    async with database.write() as session:
        await handoffs.close(session, references[0], "Anna")
    await _create(database, handoffs, replace(NEW, request_key="after a closed one"))
    clock.advance(timedelta(days=1))
    await _create(database, handoffs, replace(NEW, request_key="next day"))


async def test_a_number_that_is_taken_is_drawn_again(database: Database, handoffs: Handoffs) -> None:
    first = await _create(database, handoffs)
    with patch("bot.handoffs.service.new_reference", side_effect=[first, "LG-AAAA2"]):
        assert await _create(database, handoffs, replace(NEW, request_key="key-2")) == "LG-AAAA2"


async def test_replies_are_found_by_whoever_wrote_and_only_the_newer_ones(
    database: Database, handoffs: Handoffs
) -> None:
    reference = await _create(database, handoffs)
    other = await _create(database, handoffs, replace(NEW, request_key="key-2", owner="sms:+48600700800"))
    async with database.write() as session:
        before = await handoffs.newest(session)
        for number, text in ((reference, "Sprawdzamy."), (other, "To nie u nas."), (reference, "Naprawione.")):
            await handoffs.assign(session, number, "Anna", "Jan")
            await handoffs.reply(session, number, text, "Anna")
    async with database.read() as session:
        mine = await handoffs.replies(session, NEW.owner, 0)
        newer = await handoffs.replies(session, NEW.owner, mine[0].number)
        assert await handoffs.newest(session) > before
    assert [(reply.reference, reply.text) for reply in mine] == [(reference, "Sprawdzamy."), (reference, "Naprawione.")]
    assert newer == mine[1:]
