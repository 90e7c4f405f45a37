import asyncio
import json
import logging
from collections.abc import Callable
from datetime import timedelta

import httpx2
import pytest

from core.http import http_client
from nlu.client import (
    AT_ONCE,
    FAILURES_BEFORE_PAUSE,
    PARSE_PATH,
    PAUSE,
    REMEMBERED_FOR,
    TOGETHER,
    NluUnavailable,
    RasaClient,
)
from nlu.endpoint import Endpoint, fixed_endpoint
from tests.fakes import FrozenClock

TOKEN = "s3cret-token"
RANKING = [{"name": "air_quality_now", "confidence": 0.8}, {"name": "greet", "confidence": 0.2}]

Answer = Callable[[httpx2.Request], httpx2.Response]


class Wire:
    """The Rasa server as the client sees it: keeps what was asked, answers as told."""

    def __init__(self) -> None:
        self.requests: list[httpx2.Request] = []
        self.answer: Answer = lambda _: httpx2.Response(200, json={"intent_ranking": RANKING})

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return self.answer(request)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def client(wire: Wire, clock: FrozenClock) -> RasaClient:
    http = http_client(timeout=1.0, transport=httpx2.MockTransport(wire))
    return RasaClient(http, fixed_endpoint("http://nlu.test", TOKEN), clock)


async def fail(client: RasaClient, text: str) -> str:
    with pytest.raises(NluUnavailable) as raised:
        await client.parse(text)
    return str(raised.value)


async def test_a_sentence_gets_its_intent_and_the_whole_ranking(client: RasaClient, wire: Wire) -> None:
    parse = await client.parse("jakie powietrze {place}?")

    assert (parse.intent, parse.confidence) == ("air_quality_now", 0.8)
    assert parse.ranking == (("air_quality_now", 0.8), ("greet", 0.2))
    assert json.loads(wire.requests[0].content) == {"text": "jakie powietrze {place}?"}


async def test_the_token_travels_on_the_wire_but_in_no_log_and_no_error(
    client: RasaClient, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx2").setLevel(logging.DEBUG)
    await client.parse("dzień dobry")
    wire.answer = lambda _: httpx2.Response(401)
    message = await fail(client, "mój pesel to 44051401359")

    assert wire.requests[0].extensions["target"] == f"/model/parse?token={TOKEN}".encode()
    assert "HTTP Request" in caplog.text
    for said in (caplog.text, message, repr(Endpoint("http://nlu.test", TOKEN)), str(wire.requests[0].url)):
        assert TOKEN not in said
        assert "44051401359" not in said


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(401, json={"reason": "NotAuthenticated"}),
        httpx2.Response(500, text="boom"),
        httpx2.Response(200, text="<html>zaloguj się</html>"),
        httpx2.Response(200, json={"status": "fine"}),
        httpx2.Response(200, json=["intent_ranking"]),
        httpx2.Response(200, json={"intent_ranking": []}),
        httpx2.Response(200, json={"intent_ranking": [{"name": "greet", "confidence": "high"}]}),
        httpx2.Response(200, content=b'{"intent_ranking": [{"name": "greet", "confidence": NaN}]}'),
    ],
    ids=["401", "500", "html", "other json", "list", "no intents", "word for a number", "nan"],
)
async def test_an_answer_that_is_no_parse_counts_as_unavailable(
    client: RasaClient, wire: Wire, answer: httpx2.Response
) -> None:
    wire.answer = lambda _: answer

    assert "did not answer" in await fail(client, "dzień dobry")


async def test_a_refused_connection_counts_as_unavailable(client: RasaClient, wire: Wire) -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused", request=request)

    wire.answer = refuse

    assert "ConnectError" in await fail(client, "dzień dobry")


async def test_a_server_that_never_answers_costs_no_more_than_the_time_out(clock: FrozenClock) -> None:
    async def hang(_: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError

    http = http_client(timeout=60.0, transport=httpx2.MockTransport(hang))
    client = RasaClient(http, fixed_endpoint("http://nlu.test", TOKEN), clock, total=0.01)

    assert "TimeoutError" in await fail(client, "dzień dobry")


async def test_after_repeated_failures_the_server_is_left_alone_and_then_tried_again(
    client: RasaClient, wire: Wire, clock: FrozenClock
) -> None:
    healthy, wire.answer = wire.answer, lambda _: httpx2.Response(500)
    for number in range(FAILURES_BEFORE_PAUSE):
        await fail(client, f"pytanie {number}")

    assert "pause" in await fail(client, "jeszcze jedno")
    assert len(wire.requests) == FAILURES_BEFORE_PAUSE

    wire.answer = healthy
    clock.advance(PAUSE)
    assert (await client.parse("jeszcze jedno")).intent == "air_quality_now"
    assert (await client.parse("i kolejne")).intent == "air_quality_now"


async def test_the_same_sentence_is_asked_once_within_some_minutes(
    client: RasaClient, wire: Wire, clock: FrozenClock
) -> None:
    first = await client.parse("jakie powietrze?")
    clock.advance(REMEMBERED_FOR - timedelta(seconds=1))
    assert await client.parse("jakie powietrze?") == first
    assert len(wire.requests) == 1

    clock.advance(timedelta(seconds=1))
    await client.parse("jakie powietrze?")
    assert len(wire.requests) == 2


async def test_a_restarted_server_is_asked_afresh_even_after_failures(wire: Wire, clock: FrozenClock) -> None:
    current = [Endpoint("http://nlu.test:1", "one")]
    http = http_client(timeout=1.0, transport=httpx2.MockTransport(wire))
    client = RasaClient(http, lambda: current[0], clock)
    await client.parse("jakie powietrze?")
    healthy, wire.answer = wire.answer, lambda _: httpx2.Response(500)
    for number in range(FAILURES_BEFORE_PAUSE):
        await fail(client, f"pytanie {number}")

    wire.answer = healthy
    current[0] = Endpoint("http://nlu.test:2", "two")
    await client.parse("jakie powietrze?")

    assert wire.requests[-1].url.port == 2
    assert wire.requests[-1].extensions["target"].endswith(b"token=two")


async def test_nothing_is_asked_while_no_server_is_ready(wire: Wire, clock: FrozenClock) -> None:
    client = RasaClient(http_client(timeout=1.0, transport=httpx2.MockTransport(wire)), lambda: None, clock)

    assert "not being served" in await fail(client, "dzień dobry")
    assert not wire.requests


async def test_a_sentence_cannot_command_rasa_to_return_an_intent(client: RasaClient, wire: Wire) -> None:
    await client.parse(' / /alerts_unsubscribe{"a": 1}')

    assert json.loads(wire.requests[0].content) == {"text": 'alerts_unsubscribe{"a": 1}'}
    assert "no words" in await fail(client, " // ")


class Crowd:
    """A server that answers several sentences at once, each with its own intent, when it is let."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.open = asyncio.Event()
        self.several = True

    async def __call__(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        if request.url.path == PARSE_PATH:
            self.asked.append([body["text"]])
            await self.open.wait()
            return httpx2.Response(200, json=self.parsed(body["text"]))
        if not self.several:
            return httpx2.Response(404)
        self.asked.append(body["texts"])
        await self.open.wait()
        return httpx2.Response(200, json=[self.parsed(text) for text in body["texts"]])

    def parsed(self, text: str) -> object:
        return {"intent_ranking": [{"name": f"intent of {text}", "confidence": 0.9}]}

    def client(self, clock: FrozenClock, *, total: float = 60.0, queue: float = 60.0) -> RasaClient:
        http = http_client(timeout=60.0, transport=httpx2.MockTransport(self))
        return RasaClient(http, fixed_endpoint("http://nlu.test", TOKEN), clock, total=total, queue=queue)


async def _let_others_run() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


@pytest.mark.parametrize("several", [True, False], ids=["our server", "a server run by others"])
async def test_sentences_that_come_at_once_each_get_their_own_intent(clock: FrozenClock, several: bool) -> None:
    crowd = Crowd()
    crowd.several = several
    crowd.open.set()
    client, texts = crowd.client(clock), [f"pytanie {number}" for number in range(2 * TOGETHER + 1)]
    for _ in range(2):
        parses = await asyncio.gather(*(client.parse(text) for text in texts))
        clock.advance(REMEMBERED_FOR)
        assert [parse.intent for parse in parses] == [f"intent of {text}" for text in texts]

    assert max(len(asked) for asked in crowd.asked) == (TOGETHER if several else 1)


async def test_only_so_many_questions_are_under_way_and_the_rest_does_not_wait_for_ever(clock: FrozenClock) -> None:
    crowd = Crowd()
    client = crowd.client(clock, queue=1.0)
    first = []
    for number in range(AT_ONCE):
        first.append(asyncio.create_task(client.parse(f"pytanie {number}")))
        await _let_others_run()
    late = asyncio.create_task(fail(client, "jedno za dużo"))
    await _let_others_run()
    clock.advance(timedelta(seconds=2))
    crowd.open.set()

    assert "too many" in await late
    assert [(await parse).intent for parse in first] == [f"intent of pytanie {number}" for number in range(AT_ONCE)]
    assert crowd.asked == [[f"pytanie {number}"] for number in range(AT_ONCE)]
    assert (await client.parse("teraz jest miejsce")).intent == "intent of teraz jest miejsce"


@pytest.mark.parametrize("payload", [[], [{"intent_ranking": RANKING}], {"intent_ranking": RANKING}, "boom"])
async def test_an_answer_for_other_sentences_than_those_asked_counts_as_unavailable(
    client: RasaClient, wire: Wire, payload: object
) -> None:
    wire.answer = lambda _: httpx2.Response(200, json=payload)

    assert all("did not answer" in said for said in await asyncio.gather(fail(client, "jedno"), fail(client, "drugie")))
