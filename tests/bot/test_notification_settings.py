"""A resident changes notifications in the middle of a talk, in words that the model never sees."""

import pytest

from tests.bot.talking import Talk
from tests.fakes import FakeParser


@pytest.fixture
async def subscriber(talk: Talk) -> Talk:
    """A resident on a phone who gets smog alerts and announcements."""
    talk.sender = "sms:+48512345678"
    await talk.press("alerts_subscribe?confirm=yes")
    await talk.press("alerts_subscribe?topic=announcements&confirm=yes")
    return talk


async def test_a_sentence_sets_quiet_hours_at_any_time(subscriber: Talk) -> None:
    reply = await subscriber.say("od 22 do 6 nie pisz")
    assert reply.step.intent == "alerts_manage"
    assert "Godziny ciszy: 22:00–6:00." in reply.answers[0].text


async def test_a_short_answer_counts_while_settings_are_talked_about(subscriber: Talk) -> None:
    await subscriber.press("alerts_manage?ask=districts")
    reply = await subscriber.say("tylko Piekary")
    assert "obszar: Piekary" in reply.answers[0].text


async def test_a_value_that_was_set_completes_no_later_question(subscriber: Talk, parser: FakeParser) -> None:
    parser.learn("jak sie zapisac", ("alerts_subscribe", 0.9))
    await subscriber.press("alerts_manage?level=5")
    reply = await subscriber.say("jak sie zapisac")
    assert reply.entities == ()


async def test_on_the_page_nobody_is_known_so_nothing_is_set(talk: Talk, parser: FakeParser) -> None:
    parser.learn("od 22 do 6 nie pisz", ("alerts_manage", 0.9))
    reply = await talk.say("od 22 do 6 nie pisz")
    assert "Godziny ciszy" not in reply.answers[0].text
