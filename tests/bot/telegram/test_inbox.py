"""Order, faults and restarts of the inbox."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from aiogram import Bot

from bot.assistant import Assistant
from bot.telegram.models import State
from core.settings import Settings
from hub import bootstrap
from hub.retention import retention
from nlu.client import Parse
from tests.bot.telegram.conftest import Line, make_line
from tests.bot.telegram.updates import ANNA, JAN, pressed, said
from tests.fakes import FakeParser, FrozenClock
from tests.standins.telegram import CUT, TelegramStandIn

AIR, SUBSIDY, CHARGER = "jakie jest powietrze", "dotacja na wymiane kopciucha", "gdzie ladowarka ccs"


class Gate:
    """Holds up the understanding of one sentence."""

    def __init__(self, parser: FakeParser, sentence: str) -> None:
        self.reached, self.open = asyncio.Event(), asyncio.Event()
        self._parse, self._sentence = parser.parse, sentence
        parser.parse = self  # type: ignore[method-assign]

    async def __call__(self, text: str) -> Parse:
        if text == self._sentence:
            self.reached.set()
            await self.open.wait()
        return await self._parse(text)


@pytest.fixture
def another(
    api: TelegramStandIn, bot: Bot, assistant: Assistant, foundation: bootstrap.Foundation, clock: FrozenClock
) -> Callable[..., Line]:
    """Make another process on the same database."""
    return lambda **options: make_line(api, bot, assistant, foundation, clock, **options)


def _topics(line: Line, chat: int) -> list[str]:
    words = {"PM10": AIR, "Czyste Powietrze": SUBSIDY, "CCS": CHARGER}
    return [
        next(topic for word, topic in words.items() if word in call.text) for call in line.api.made("sendMessage", chat)
    ]


async def test_a_chat_is_answered_in_order(line: Line, parser: FakeParser) -> None:
    gate = Gate(parser, AIR)
    await line.intake.accept([said(AIR), said(SUBSIDY), said(CHARGER)])
    running = await line.inbox.start_due()
    await gate.reached.wait()
    assert await line.inbox.start_due() == running
    gate.open.set()
    await line.answer_due()
    assert _topics(line, ANNA) == [AIR, SUBSIDY, CHARGER]


async def test_a_slow_chat_holds_up_nobody_else(line: Line, parser: FakeParser) -> None:
    gate, stop = Gate(parser, AIR), asyncio.Event()
    work = asyncio.create_task(line.inbox.run(line.intake.stored, stop))
    await line.intake.accept([said(AIR), said(SUBSIDY, JAN), said(CHARGER, JAN)])
    await line.api.seen(lambda: len(line.api.made(chat=JAN)) == 2)
    assert _topics(line, JAN) == [SUBSIDY, CHARGER]
    assert line.api.made(chat=ANNA) == []
    gate.open.set()
    await line.api.seen(lambda: bool(line.api.made(chat=ANNA)))
    stop.set()
    await work
    assert _topics(line, ANNA) == [AIR]


async def test_a_duplicate_is_answered_once(line: Line) -> None:
    update = said(AIR)
    await line.intake.accept([update, update])
    await line.hear(update)
    await line.hear(update)
    assert _topics(line, ANNA) == [AIR]


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
    assert _topics(line, ANNA) == [AIR, SUBSIDY]


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
    assert _topics(line, ANNA) == [AIR, SUBSIDY]


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


async def test_our_own_fault_is_tried_three_times_and_owned(
    line: Line, parser: FakeParser, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock
) -> None:
    real, tries = parser.parse, []

    async def faulty(text: str) -> Parse:
        if text == AIR:
            tries.append(text)
            raise RuntimeError(text)
        return await real(text)

    monkeypatch.setattr(parser, "parse", faulty)
    await line.hear(said(AIR), said(SUBSIDY))
    for _ in range(4):
        clock.advance(timedelta(seconds=10))
        await line.answer_due()
    apology, answer = line.api.made()
    assert len(tries) == 3
    assert "po naszej stronie" in apology.text
    assert "Czyste Powietrze" in answer.text
    assert await line.states() == ["failed", "answered"]
    assert (await line.rows())[0].raw is None


async def test_a_message_telegram_refuses_is_owned_at_once(line: Line) -> None:
    line.api.fail("sendMessage", 400, said="Bad Request: can't parse entities")
    await line.hear(said(AIR))
    assert "po naszej stronie" in line.api.made()[0].text
    assert await line.states() == ["failed"]


async def test_a_resident_who_blocked_the_bot_is_left_alone(line: Line) -> None:
    line.api.fail("sendMessage", 403, said="Forbidden: bot was blocked by the user")
    await line.hear(said("/start"))
    assert line.api.made() == []
    assert len(line.api.calls) == 1
    assert await line.states() == ["answered"]


async def test_too_many_requests_stop_all_sending_for_the_time_named(line: Line, clock: FrozenClock) -> None:
    line.api.fail("sendMessage", 429, retry_after=7)
    await line.hear(said(AIR))
    await line.hear(said(SUBSIDY, JAN))
    clock.advance(timedelta(seconds=6))
    await line.answer_due()
    assert len([call for call in line.api.calls if call.method == "sendMessage"]) == 1
    clock.advance(timedelta(seconds=2))
    await line.answer_due()
    assert (_topics(line, ANNA), _topics(line, JAN)) == ([AIR], [SUBSIDY])


async def test_an_outage_of_telegram_is_waited_out(line: Line, clock: FrozenClock) -> None:
    line.api.fail("sendMessage", 502, times=4)
    await line.hear(said(AIR))
    for seconds in (2, 4, 8, 16):
        assert line.api.made() == []
        clock.advance(timedelta(seconds=seconds))
        await line.answer_due()
    assert _topics(line, ANNA) == [AIR]


async def test_waiting_for_telegram_has_an_end(line: Line, clock: FrozenClock) -> None:
    line.api.fail("sendMessage", 502, times=100)
    await line.hear(said(AIR))
    for _ in range(6):
        assert await line.states() == ["received"]
        clock.advance(timedelta(minutes=10))
        await line.answer_due()
    assert await line.states() == ["failed"]


async def test_an_answer_is_composed_once_however_often_it_is_sent(
    line: Line, parser: FakeParser, clock: FrozenClock
) -> None:
    line.api.fail("sendMessage", 502, times=2)
    await line.hear(said(AIR))
    for _ in range(2):
        clock.advance(timedelta(minutes=1))
        await line.answer_due()
    assert (parser.heard, _topics(line, ANNA)) == ([AIR], [AIR])


async def test_a_flood_is_answered_slowly_and_loses_nothing(another: Callable[..., Line], line: Line) -> None:
    slow = another(per_minute=4)
    await slow.hear(said(AIR), said(SUBSIDY), said(AIR, JAN))
    assert (_topics(line, ANNA), _topics(line, JAN)) == ([AIR], [AIR])
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
    assert _topics(line, ANNA) == [AIR]


async def test_an_apology_that_telegram_cannot_take_now_is_kept(
    line: Line, parser: FakeParser, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock
) -> None:
    async def faulty(text: str) -> Parse:
        raise RuntimeError(text)

    monkeypatch.setattr(parser, "parse", faulty)
    line.api.fail("sendMessage", 502, times=2)
    await line.hear(said(AIR))
    for _ in range(6):
        clock.advance(timedelta(seconds=10))
        await line.answer_due()
    (apology,) = line.api.made(chat=ANNA)
    assert "po naszej stronie" in apology.text


async def test_updates_that_come_out_of_order_are_all_answered(line: Line) -> None:
    first, second, third = said(AIR), said(SUBSIDY), said(CHARGER)
    await line.hear(third)
    await line.hear(second, third)
    await line.hear(first, second)
    assert _topics(line, ANNA) == [CHARGER, SUBSIDY, AIR]


async def test_a_lost_answer_of_telegram_repeats_one_message_and_no_more(line: Line, clock: FrozenClock) -> None:
    line.api.fail("sendMessage", CUT)
    await line.hear(said(SUBSIDY), said(CHARGER))
    clock.advance(timedelta(seconds=10))
    await line.answer_due()
    assert _topics(line, ANNA) == [SUBSIDY, SUBSIDY, CHARGER]


async def test_a_pause_of_the_bot_is_kept_by_every_process(line: Line, another: Callable[..., Line]) -> None:
    line.api.fail("sendMessage", 429, retry_after=7)
    await line.hear(said(SUBSIDY))
    await another().hear(said(SUBSIDY, JAN))
    assert len([call for call in line.api.calls if call.method == "sendMessage"]) == 1


async def test_a_press_is_acknowledged_even_when_the_bot_was_silenced_first(line: Line, clock: FrozenClock) -> None:
    line.api.fail("answerCallbackQuery", 429, retry_after=3)
    await line.hear(pressed("subsidy_overview"))
    clock.advance(timedelta(seconds=4))
    await line.answer_due()
    assert len(line.api.made("answerCallbackQuery")) == 1
    assert _topics(line, ANNA) == [SUBSIDY]
