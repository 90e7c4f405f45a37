"""A word thrown in during the subsidy check is about the check, not about what was answered before it."""

import pytest

from bot.flows.flow import Flow
from bot.flows.subsidy_check import SubsidyCheck
from content.pack import load_city
from content.topics.subsidies.programmes import load_programmes
from tests.bot.conftest import Knowledge
from tests.bot.talking import Talk
from tests.fakes import FakeParser, FrozenClock

INCOME = "a jak mam 2500 na osobę"


@pytest.fixture
def flows(knowledge: Knowledge, clock: FrozenClock) -> list[Flow]:
    return [SubsidyCheck(load_programmes(load_city("legnica").folder), knowledge.texts, clock)]


async def test_an_income_is_no_place_and_asks_nothing_of_the_air(talk: Talk, parser: FakeParser) -> None:
    parser.learn(INCOME, ("inform", 0.9))
    await talk.say("jakie powietrze na Piekarach")
    asked = await talk.press("subsidy_check")
    first, second = [await talk.say(INCOME) for _ in range(2)]
    assert asked.answers[0].text in first.answers[0].text
    assert second.step.intent == "inform"
    assert "takiego miejsca" not in second.answers[0].text
