"""A chat message that is sent again is answered once."""

import asyncio

import httpx2
import pytest
from redis.exceptions import ConnectionError as RedisAway

from hub import bootstrap
from tests.fakes import FakeParser

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CHAT = "/api/v1/chat"
KEY = {"Idempotency-Key": "0123456789abcdef0123456789abcdef"}
QUESTION = {"text": "jakie jest powietrze"}


async def test_the_same_key_gets_the_same_answer(web: httpx2.AsyncClient, parser: FakeParser) -> None:
    first = await web.post(CHAT, json=QUESTION, headers=KEY)
    again = await web.post(CHAT, json=QUESTION, headers=KEY)
    assert first.json() == again.json()
    assert parser.heard == ["jakie jest powietrze"]


async def test_two_at_once_are_one_question(web: httpx2.AsyncClient, parser: FakeParser) -> None:
    answers = await asyncio.gather(*(web.post(CHAT, json=QUESTION, headers=KEY) for _ in range(2)))
    assert answers[0].json() == answers[1].json()
    assert parser.heard == ["jakie jest powietrze"]


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "short"}, {"Idempotency-Key": "x" * 65}])
async def test_without_a_proper_key_every_message_is_a_new_one(
    web: httpx2.AsyncClient, parser: FakeParser, headers: dict[str, str]
) -> None:
    ids = {(await web.post(CHAT, json=QUESTION, headers=headers)).json()["conversation"] for _ in range(2)}
    assert len(ids) == 2


async def test_after_a_failure_the_same_key_is_answered_anew(web: httpx2.AsyncClient) -> None:
    assert (await web.post(CHAT, json={"text": ""}, headers=KEY)).status_code == 422
    assert (await web.post(CHAT, json=QUESTION, headers=KEY)).status_code == 200


async def test_what_is_kept_cannot_be_read_in_redis(web: httpx2.AsyncClient, foundation: bootstrap.Foundation) -> None:
    turn = (await web.post(CHAT, json=QUESTION, headers=KEY)).json()
    (name,) = await foundation.redis.keys("repeat:*")
    kept = await foundation.redis.get(name)
    assert KEY["Idempotency-Key"] not in name
    assert kept
    assert turn["conversation"] not in kept
    assert await foundation.redis.ttl(name) > 500


async def test_without_redis_residents_are_answered(
    web: httpx2.AsyncClient, foundation: bootstrap.Foundation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_args: object, **_options: object) -> None:
        raise RedisAway

    monkeypatch.setattr(foundation.redis, "set", away)
    assert (await web.post(CHAT, json=QUESTION, headers=KEY)).status_code == 200
