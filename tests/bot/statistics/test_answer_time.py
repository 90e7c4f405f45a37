"""How long an answer took is written down with it."""

from datetime import timedelta

import pytest

from bot.statistics import repository
from core.database import Database
from core.period import Period
from nlu.client import Parse
from tests.bot.talking import Talk
from tests.fakes import FakeParser, FrozenClock


@pytest.fixture
def parser(clock: FrozenClock) -> FakeParser:
    """A model that thinks for an eighth of a second."""

    class Thoughtful(FakeParser):
        async def parse(self, text: str) -> Parse:
            clock.advance(timedelta(milliseconds=125))
            return await super().parse(text)

    return Thoughtful()


async def test_the_time_from_the_message_to_its_answer_is_kept(talk: Talk, talks: Database, clock: FrozenClock) -> None:
    await talk.say("jakie jest dzisiaj powietrze")
    async with talks.read() as session:
        assert await repository.answer_times(session, Period.ending_today(1, clock.now())) == {125: 1}
