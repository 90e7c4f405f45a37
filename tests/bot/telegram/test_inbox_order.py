"""Order, restarts and several processes of the inbox."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.telegram.models import State
from core.settings import Settings
from hub.retention import retention
from tests.bot.telegram.conftest import Line
from tests.bot.telegram.questions import AIR, CHARGER, SUBSIDY, Gate, topics_told
from tests.bot.telegram.updates import ANNA, JAN, said
from tests.fakes import FakeParser, FrozenClock


async def test_a_chat_is_answered_in_order(line: Line, parser: FakeParser) -> None:
    gate = Gate(parser, AIR)
    await line.intake.accept([said(AIR), said(SUBSIDY), said(CHARGER)])
    running = await line.inbox.start_due()
    await gate.reached.wait()
    assert await line.inbox.start_due() == running
    gate.open.set()
    await line.answer_due()
    assert topics_told(line, ANNA) == [AIR, SUBSIDY, CHARGER]


async def test_a_slow_chat_holds_up_nobody_else(line: Line, parser: FakeParser) -> None:
    gate, stop = Gate(parser, AIR), asyncio.Event()
    work = asyncio.create_task(line.inbox.run(line.intake.stored, stop))
    await line.intake.accept([said(AIR), said(SUBSIDY, JAN), said(CHARGER, JAN)])
    await line.api.seen(lambda: len(line.api.made(chat=JAN)) == 2)
    assert topics_told(line, JAN) == [SUBSIDY, CHARGER]
    assert line.api.made(chat=ANNA) == []
    gate.open.set()
    await line.api.seen(lambda: bool(line.api.made(chat=ANNA)))
    stop.set()
    await work
    assert topics_told(line, ANNA) == [AIR]


async def test_a_duplicate_is_answered_once(line: Line) -> None:
    update = said(AIR)
    await line.intake.accept([update, update])
    await line.hear(update)
    await line.hear(update)
    assert topics_told(line, ANNA) == [AIR]


async def test_nothing_personal_is_kept_once_it_is_answered(line: Line, clock: FrozenClock) -> None:
    await line.hear(said("mój PESEL to 44051401359"))
    (row,) = await line.rows()
    assert (row.state, row.chat_id, row.raw, row.answer) == ("answered", None, None, None)
    clock.advance(timedelta(days=3, seconds=1))
    await retention(Settings(), line.database, clock).forget()
    assert await line.rows() == []


async def test_what_was_stored_before_a_kill_is_answered_after_it(line: Line, another: Callable[..., Line]) -> None:
    await line.intake.accept([said(AIR), said(SUBSIDY)])
    await another().answer_due()
    assert topics_told(line, ANNA) == [AIR, SUBSIDY]


async def test_a_kill_while_answering_is_made_good_when_the_lease_ends(
    line: Line, another: Callable[..., Line], parser: FakeParser, clock: FrozenClock
) -> None:
    gate = Gate(parser, AIR)
    await line.intake.accept([said(AIR), said(SUBSIDY)])
    await _kill_when(line, gate.reached.wait())
    gate.open.set()
    await another().answer_due()
    assert line.api.made() == []
    clock.advance(timedelta(seconds=61))
    await another().answer_due()
    assert topics_told(line, ANNA) == [AIR, SUBSIDY]


async def test_at_most_the_message_that_was_being_sent_is_repeated(
    line: Line, another: Callable[..., Line], clock: FrozenClock
) -> None:
    await line.intake.accept([said("/start")])
    await _kill_when(line, line.api.seen(lambda: bool(line.api.made())))
    clock.advance(timedelta(seconds=61))
    await another().answer_due()
    first = [call.text.partition("\n")[0] for call in line.api.made()]
    introduction, topics = (
        next(text for text in first if word in text) for word in ("Tu automatyczny", "Można zapytać")
    )
    assert first in ([introduction, topics], [introduction, introduction, topics], [introduction, topics, topics])


async def _kill_when(line: Line, moment: object) -> None:
    running = await line.inbox.start_due()
    await moment  # type: ignore[misc]
    for task in running:
        task.cancel()
    await asyncio.wait(running)


async def test_two_processes_share_the_work(line: Line, another: Callable[..., Line]) -> None:
    await line.intake.accept([said(AIR, chat) for chat in range(1, 21)])
    second = another()
    await asyncio.gather(line.answer_due(), second.answer_due())
    assert sorted(call.values["chat_id"] for call in line.api.made("sendMessage")) == list(range(1, 21))


async def test_a_flood_is_answered_slowly_and_loses_nothing(another: Callable[..., Line], line: Line) -> None:
    slow = another(per_minute=4)
    await slow.hear(said(AIR), said(SUBSIDY), said(AIR, JAN))
    assert (topics_told(line, ANNA), topics_told(line, JAN)) == ([AIR], [AIR])
    waiting = [row for row in await line.rows() if row.state == State.RECEIVED]
    assert [row.attempts for row in waiting] == [0]


async def test_an_update_of_an_unknown_shape_holds_up_nothing(line: Line) -> None:
    strange = said(AIR)
    strange["message"]["date"] = "tomorrow"
    await line.hear(strange, said(SUBSIDY))
    assert await line.states() == ["failed", "answered"]


async def test_a_stopped_inbox_finishes_its_answer(line: Line, parser: FakeParser) -> None:
    gate, stop = Gate(parser, AIR), asyncio.Event()
    work = asyncio.create_task(line.inbox.run(line.intake.stored, stop))
    await line.intake.accept([said(AIR)])
    await gate.reached.wait()
    stop.set()
    gate.open.set()
    await work
    assert topics_told(line, ANNA) == [AIR]


async def test_updates_that_come_out_of_order_are_all_answered(line: Line) -> None:
    first, second, third = said(AIR), said(SUBSIDY), said(CHARGER)
    await line.hear(third)
    await line.hear(second, third)
    await line.hear(first, second)
    assert topics_told(line, ANNA) == [CHARGER, SUBSIDY, AIR]
