"""The one way in to the model of another process."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest

from core.http import http_client
from nlu.client import NluUnavailable, RasaClient
from nlu.endpoint import Endpoint, fixed_endpoint
from nlu.serving.door import LARGEST_BODY, Door
from tests.fakes import FrozenClock

TOKEN, CHILD_TOKEN = "t0ken-of-the-clients", "t0ken-of-the-child"
FIRST, SECOND = Endpoint("http://first.test", CHILD_TOKEN), Endpoint("http://second.test", CHILD_TOKEN)
ASKED = {"text": "hej"}
PARSED = {"intent_ranking": [{"name": "greet", "confidence": 1}]}

Answer = Callable[[httpx2.Request], httpx2.Response]


class Wire(httpx2.ASGITransport):
    """Asks the door as a socket would: the target that a client names goes over the wire."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if target := request.extensions.get("target"):
            request.url = request.url.copy_with(raw_path=target)
        return await super().handle_async_request(request)


class House:
    """A door, the servers behind it, and what they were asked."""

    def __init__(self) -> None:
        self.endpoint: Endpoint | None = FIRST
        self.model = "a" * 16
        self.asked: list[httpx2.Request] = []
        self.answer: Answer = lambda _: httpx2.Response(200, json=PARSED)
        inside = http_client(timeout=5, transport=httpx2.MockTransport(self._wire))
        self.door = Door(inside, lambda: self.endpoint, lambda: self.model, TOKEN)
        self.http = http_client("http://door.test", timeout=5, transport=Wire(self.door))

    def _wire(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        return self.answer(request)

    async def post(self, path: str, token: str | None = TOKEN, **content: object) -> httpx2.Response:
        return await self.http.post(path, params={"token": token} if token is not None else {}, **content)  # type: ignore[arg-type]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    built = House()
    yield built
    await built.http.aclose()


async def test_a_question_reaches_the_model_with_the_childs_own_token(house: House) -> None:
    response = await house.post("/model/parse", json=ASKED)

    assert response.status_code == 200
    assert response.json()["intent_ranking"][0]["name"] == "greet"
    (request,) = house.asked
    assert json.loads(request.content) == ASKED
    assert request.extensions["target"] == f"/model/parse?token={CHILD_TOKEN}".encode()


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x", "ż"])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/status"), ("POST", "/model/parse"), ("POST", "/model/parse-several")]
)
async def test_who_does_not_know_the_token_gets_nothing(
    house: House, method: str, path: str, token: str | None
) -> None:
    parameters = {"token": token} if token is not None else {}
    response = await house.http.request(method, path, params=parameters, json=ASKED)

    assert (response.status_code, response.content, house.asked) == (401, b"", [])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *((method, "/model/parse") for method in ("GET", "PUT", "DELETE", "HEAD", "OPTIONS")),
        *((method, "/model") for method in ("PUT", "DELETE", "POST", "GET")),
        *(("POST", path) for path in ("/model/train", "/model/test/intents", "/webhooks/rest/webhook", "/status")),
        *(("GET", path) for path in ("/", "/version", "/domain", "/conversations/1/tracker")),
        ("POST", "/model/parse/"),
    ],
)
async def test_nothing_but_parsing_is_served_even_with_the_token(house: House, method: str, path: str) -> None:
    response = await house.http.request(method, path, params={"token": TOKEN})

    assert (response.status_code, house.asked) == (404, [])


async def test_a_large_body_is_refused_unread_and_a_large_one_that_hides_its_size_too(house: House) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(1024):
            read.append(1024)
            yield b"x" * 1024

    read: list[int] = []
    assert (await house.post("/model/parse", content=b"x" * (LARGEST_BODY + 1))).status_code == 413
    assert (await house.post("/model/parse", content=pieces())).status_code == 413
    assert house.asked == []


async def test_while_no_model_is_ready_it_says_so(house: House) -> None:
    house.endpoint = None

    assert (await house.post("/model/parse", json=ASKED)).status_code == 503
    status = await house.http.get("/status", params={"token": TOKEN})
    assert (status.status_code, status.json()) == (503, {"model": "a" * 16, "served": False})


async def test_a_question_that_met_a_dying_server_is_answered_by_the_one_in_its_place(house: House) -> None:
    well = house.answer

    def die(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "first.test":
            house.endpoint = SECOND
            raise httpx2.ReadError("the server is gone", request=request)
        return well(request)

    house.answer = die
    assert (await house.post("/model/parse", json=ASKED)).status_code == 200
    assert [request.url.host for request in house.asked] == ["first.test", "second.test"]


@pytest.mark.parametrize("left", [FIRST, SECOND, None], ids=["the same", "another dead one", "none"])
async def test_a_question_that_nobody_can_answer_ends_at_once(house: House, left: Endpoint | None) -> None:
    def die(request: httpx2.Request) -> httpx2.Response:
        house.endpoint = left
        raise httpx2.ConnectError("refused", request=request)

    house.answer = die
    assert (await house.post("/model/parse", json=ASKED)).status_code == 503
    assert len(house.asked) <= 2


async def test_who_asks_by_the_door_forgets_what_a_model_said_that_is_no_longer_in_service(
    house: House, clock: FrozenClock
) -> None:
    client = RasaClient(house.http, fixed_endpoint("http://door.test", TOKEN), clock)
    await client.parse("dzień dobry")
    await client.parse("do widzenia")
    await client.parse("dzień dobry")
    assert len(house.asked) == 2

    house.model = "b" * 16
    await client.check()
    await client.parse("dzień dobry")
    assert len(house.asked) == 4


async def test_what_the_model_refuses_reaches_who_asked(house: House) -> None:
    house.answer = lambda _: httpx2.Response(400, json={"reason": "texts must be a list of strings"})

    assert (await house.post("/model/parse-several", json={"texts": 1})).status_code == 400


async def test_several_questions_are_under_way_at_once(house: House) -> None:
    several: list[Awaitable[httpx2.Response]] = [house.post("/model/parse", json=ASKED) for _ in range(20)]

    assert {response.status_code for response in await asyncio.gather(*several)} == {200}


async def test_with_the_wrong_token_a_client_says_that_the_model_is_away(house: House, clock: FrozenClock) -> None:
    client = RasaClient(house.http, fixed_endpoint("http://door.test", "another"), clock)
    with pytest.raises(NluUnavailable):
        await client.parse("dzień dobry")
