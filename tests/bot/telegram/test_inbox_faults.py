"""Faults of ours and of Telegram while the inbox answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from nlu.client import Parse
from tests.bot.telegram.conftest import Line
from tests.bot.telegram.questions import AIR, CHARGER, SUBSIDY, topics_told
from tests.bot.telegram.updates import ANNA, JAN, pressed, said
from tests.fakes import FakeParser, FrozenClock
from tests.standins.telegram import CUT


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
    assert (topics_told(line, ANNA), topics_told(line, JAN)) == ([AIR], [SUBSIDY])


async def test_an_outage_of_telegram_is_waited_out(line: Line, clock: FrozenClock) -> None:
    line.api.fail("sendMessage", 502, times=4)
    await line.hear(said(AIR))
    for seconds in (2, 4, 8, 16):
        assert line.api.made() == []
        clock.advance(timedelta(seconds=seconds))
        await line.answer_due()
    assert topics_told(line, ANNA) == [AIR]


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
    assert (parser.heard, topics_told(line, ANNA)) == ([AIR], [AIR])


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


async def test_a_lost_answer_of_telegram_repeats_one_message_and_no_more(line: Line, clock: FrozenClock) -> None:
    line.api.fail("sendMessage", CUT)
    await line.hear(said(SUBSIDY), said(CHARGER))
    clock.advance(timedelta(seconds=10))
    await line.answer_due()
    assert topics_told(line, ANNA) == [SUBSIDY, SUBSIDY, CHARGER]


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
    assert topics_told(line, ANNA) == [SUBSIDY]
