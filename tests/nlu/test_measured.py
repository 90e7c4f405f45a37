"""How understanding is timed, and what counts as a failure."""

import pytest

from core.metrics import Metrics
from nlu.client import NluUnavailable, NoWords, Parse
from nlu.measured import MeasuredParser
from tests.fakes import FakeParser, FrozenClock


async def test_answers_are_timed_and_failures_counted(clock: FrozenClock) -> None:
    metrics, fake = Metrics(), FakeParser()
    parser = MeasuredParser(fake, metrics.talks, clock)
    await parser.parse("dzień dobry")
    fake.is_down = True
    with pytest.raises(NluUnavailable):
        await parser.parse("dzień dobry")
    page = (await metrics.page()).decode()
    assert "hub_nlu_seconds_count 1.0" in page
    assert "hub_nlu_failures_total 1.0" in page


async def test_a_message_without_words_is_no_failure_of_the_model(clock: FrozenClock) -> None:
    class Wordless:
        async def parse(self, text: str) -> Parse:
            raise NoWords("the sentence has no words")

    metrics = Metrics()
    with pytest.raises(NoWords):
        await MeasuredParser(Wordless(), metrics.talks, clock).parse("/")
    assert "hub_nlu_failures_total 0.0" in (await metrics.page()).decode()
