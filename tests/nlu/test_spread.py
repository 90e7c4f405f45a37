"""Several servers of the language model behind one parser."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.http import http_client
from nlu.client import NluUnavailable, NoWords, Parse, RasaClient
from nlu.endpoint import fixed_endpoint
from nlu.spread import LEFT_OUT_FOR, SpreadParser
from tests.fakes import FrozenClock

PARSE = Parse("greet", 0.9, (("greet", 0.9),))


class Fake:
    """A server that counts, answers when it is let, and fails while it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False
        self.open = asyncio.Event()
        self.open.set()

    async def parse(self, text: str) -> Parse:
        self.asked.append(text)
        if text == "":
            raise NoWords("the sentence has no words")
        await self.open.wait()
        if self.fails:
            raise NluUnavailable("the model did not answer")
        return PARSE

    async def check(self) -> None:
        await self.parse("dzień dobry")


def spread(clock: FrozenClock, count: int = 2) -> tuple[SpreadParser, list[Fake]]:
    fakes = [Fake() for _ in range(count)]
    return SpreadParser(fakes, clock), fakes


def counts(fakes: Sequence[Fake]) -> list[int]:
    return [len(fake.asked) for fake in fakes]


async def _let_others_run() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_questions_one_after_the_other_go_round(clock: FrozenClock) -> None:
    parser, fakes = spread(clock, 3)
    for number in range(9):
        await parser.parse(f"pytanie {number}")

    assert counts(fakes) == [3, 3, 3]


async def test_who_has_fewer_questions_under_way_gets_the_next(clock: FrozenClock) -> None:
    parser, (slow, quick) = spread(clock)
    slow.open.clear()
    stuck = asyncio.create_task(parser.parse("pierwsze"))
    await _let_others_run()
    for number in range(5):
        await parser.parse(f"pytanie {number}")
    slow.open.set()

    assert await stuck == PARSE
    assert (len(slow.asked), len(quick.asked)) == (1, 5)


async def test_a_failed_question_is_answered_by_the_other_and_the_failed_server_rests(clock: FrozenClock) -> None:
    parser, (bad, good) = spread(clock)
    bad.fails = True
    for number in range(6):
        assert await parser.parse(f"pytanie {number}") == PARSE
    assert counts([bad, good]) == [1, 6]

    bad.fails = False
    clock.advance(LEFT_OUT_FOR)
    for number in range(4):
        await parser.parse(f"znowu {number}")
    assert counts([bad, good]) == [3, 8]


async def test_when_all_fail_two_are_asked_and_the_next_question_is_tried_all_the_same(clock: FrozenClock) -> None:
    parser, fakes = spread(clock, 3)
    for fake in fakes:
        fake.fails = True
    with pytest.raises(NluUnavailable):
        await parser.parse("nie do odczytania")
    assert sum(counts(fakes)) == 2

    for fake in fakes:
        fake.fails = False
    assert await parser.parse("dzień dobry") == PARSE


async def test_a_sentence_without_words_says_nothing_about_a_server(clock: FrozenClock) -> None:
    parser, fakes = spread(clock)
    with pytest.raises(NluUnavailable, match="no words"):
        await parser.parse("")

    assert sum(counts(fakes)) == 1
    await parser.parse("raz")
    await parser.parse("dwa")
    assert sorted(counts(fakes)) == [1, 2]


async def test_one_server_that_answers_is_enough_to_be_well(clock: FrozenClock) -> None:
    parser, fakes = spread(clock)
    fakes[0].fails = True
    await parser.check()
    fakes[1].fails = True
    with pytest.raises(NluUnavailable):
        await parser.check()


@given(
    servers=st.integers(2, 4),
    questions=st.lists(st.sets(st.integers(0, 3), max_size=3), min_size=1, max_size=40),
)
def test_whatever_fails_each_question_is_answered_as_long_as_one_of_two_tries_meets_a_server_that_is_well(
    servers: int, questions: list[set[int]]
) -> None:
    async def ask() -> None:
        clock = FrozenClock()
        parser, fakes = spread(clock, servers)
        for number, failing in enumerate(questions):
            for index, fake in enumerate(fakes):
                fake.fails = index in failing
                fake.asked.clear()
            try:
                assert await parser.parse(f"pytanie {number}") == PARSE
            except NluUnavailable:
                assert all(fake.fails for fake in fakes if fake.asked)
            tries = [index for index, fake in enumerate(fakes) for _ in fake.asked]
            assert 1 <= len(tries) <= 2
            assert max(Counter(tries).values()) == 1

    asyncio.run(ask())


async def test_a_silent_server_costs_its_own_share_of_the_time_and_the_other_answers(clock: FrozenClock) -> None:
    asked: list[str] = []

    async def wire(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        if request.url.host == "silent.test":
            await asyncio.Event().wait()
        body = json.loads(request.content)
        parse = {"intent_ranking": [{"name": "greet", "confidence": 0.9}]}
        return httpx2.Response(200, json=[parse for _ in body["texts"]] if "texts" in body else parse)

    http = http_client(timeout=60.0, transport=httpx2.MockTransport(wire))
    sources = [fixed_endpoint(f"http://{host}", "token") for host in ("silent.test", "well.test")]
    parser = SpreadParser([RasaClient(http, source, clock, total=0.05) for source in sources], clock)
    texts = [f"pytanie {number}" for number in range(8)]

    assert {parse.intent for parse in await asyncio.gather(*(parser.parse(text) for text in texts))} == {"greet"}
    assert "silent.test" in asked
    asked.clear()
    await parser.parse("jeszcze jedno")
    assert asked == ["well.test"]
