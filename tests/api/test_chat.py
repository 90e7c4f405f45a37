"""`POST /api/v1/chat` over HTTP."""

import json
from datetime import datetime
from typing import Any

import httpx2
import pytest
from redis.asyncio import Redis

from api.app import create_app
from api.dependencies import Services
from bot.guard import ChatGuard
from core.ratelimit import RateLimiter
from core.redis import open_redis
from tests.fakes import FakeParser

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CHAT = "/api/v1/chat"


async def _post(web: httpx2.AsyncClient, **turn: object) -> dict[str, Any]:
    response = await web.post(CHAT, json=turn)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


async def test_a_turn_has_the_shape_of_the_contract(web: httpx2.AsyncClient) -> None:
    body = await _post(web, conversation=None, text="jakie powietrze na Piekarach")
    assert set(body) == {"conversation", "answers", "understanding"}
    assert len(body["conversation"]) >= 32
    assert body["understanding"] == {
        "intent": "air_quality_now",
        "confidence": 0.9,
        "entities": [{"name": "district", "id": "piekary", "value": "Piekary", "text": "Piekarach"}],
        "decision": "answered",
        "alternatives": [],
    }
    answer = body["answers"][0]
    assert set(answer) == {"text", "lang", "facts", "buttons", "places", "chart", "sources"}
    assert answer["facts"][0].keys() == {"label", "value", "note"}
    source = answer["sources"][0]
    assert (source["name"], source["sample"]) == ("GIOŚ", True)
    assert datetime.fromisoformat(source["as_of"]).utcoffset() is not None
    assert "Dane przykładowe" in answer["text"]


async def test_chargers_come_with_address_position_and_map(web: httpx2.AsyncClient) -> None:
    body = await _post(web, text="gdzie naladuje auto na Chojnowskiej")
    lidl = next(place for place in body["answers"][0]["places"] if place["name"] == "Lidl")
    assert lidl["address"].startswith("ul. Chojnowska 109a")
    assert lidl["map_url"].startswith("https://")
    assert lidl["distance_m"] is None
    assert body["answers"][0]["sources"][0]["as_of"] == "2026-04-27"


async def test_subsidies_come_with_dates_and_a_word_to_check(web: httpx2.AsyncClient) -> None:
    answer = (await _post(web, text="dotacja na wymiane kopciucha"))["answers"][0]
    assert "Czyste Powietrze" in answer["text"]
    assert "warto to sprawdzić" in answer["text"]
    assert all(source["as_of"] == "2026-07-16" for source in answer["sources"])


async def test_a_location_finds_the_nearest_charger(web: httpx2.AsyncClient) -> None:
    asked = await _post(web, text="gdzie naladuje auto na Chojnowskiej")
    body = await _post(web, conversation=asked["conversation"], location={"lat": 51.2069, "lon": 16.1457})
    distances = [place["distance_m"] for place in body["answers"][0]["places"]]
    assert distances == sorted(distances)
    assert body["understanding"]["intent"] == "charger_find"


@pytest.mark.parametrize(
    ("turn", "sentence"),
    [
        ({"text": ""}, "Wiadomość jest pusta"),
        ({"text": " \u0000\u202e\n"}, "Wiadomość jest pusta"),
        ({"text": "x" * 1001}, "za długa"),
        ({}, "Proszę wysłać jedno"),
        ({"text": "a", "button": "help"}, "Proszę wysłać jedno"),
        ({"text": 7}, "Nie udało się odczytać"),
        ({"location": {"lat": 91, "lon": 16}}, "Nie udało się odczytać"),
        ({"button": "x" * 501}, "Nie udało się odczytać"),
        ({"text": "a", "conversation": "x" * 201}, "Nie udało się odczytać"),
    ],
)
async def test_bad_input_is_a_problem_in_polish(
    web: httpx2.AsyncClient, turn: dict[str, object], sentence: str
) -> None:
    response = await web.post(CHAT, json=turn)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert sentence in response.json()["detail"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"a"', b"\xff\xfe", b'{"text": NaN}', b'{"location":{"lat":NaN,"lon":1}}']
)
async def test_what_is_no_json_is_refused_kindly(web: httpx2.AsyncClient, body: bytes) -> None:
    response = await web.post(CHAT, content=body, headers={"Content-Type": "application/json"})
    assert 400 <= response.status_code < 500
    assert response.json()["detail"].startswith("Nie udało się odczytać")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE conversations; --",
        "😀😀😀",
        "\u202ejakie jest powietrze\u202c",
        "jakie\u0000 jest powietrze",
        "a\ud800b",
        "{place}",
        "/restart",
        "ż" * 1000,
        "%s %d {0} {city}",
    ],
)
async def test_odd_texts_get_a_sane_answer(web: httpx2.AsyncClient, text: str) -> None:
    # Half characters cannot be sent as UTF-8, but JSON can name them.
    response = await web.post(
        CHAT, content=json.dumps({"text": text}).encode(), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 200
    assert response.json()["answers"][0]["text"]


async def test_an_unknown_conversation_is_a_fresh_one(web: httpx2.AsyncClient) -> None:
    body = await _post(web, conversation="nie-ma-takiej", text="jakie jest powietrze")
    assert body["conversation"] != "nie-ma-takiej"


async def test_a_large_body_is_refused_before_it_is_read(web: httpx2.AsyncClient) -> None:
    response = await web.post(CHAT, json={"text": "x" * 70_000})
    assert response.status_code == 413
    assert "za długa" in response.json()["detail"]


async def test_a_flood_is_slowed_down(services: Services) -> None:
    redis: Redis = open_redis(None)
    slow = ChatGuard(RateLimiter(redis), per_minute=4, secret_key="k")
    app = create_app(Services(**{**vars(services), "chat_guard": slow}))
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        first = await client.post(CHAT, json={"button": "help"})
        second = await client.post(CHAT, json={"button": "help"})
    assert (first.status_code, second.status_code) == (200, 429)
    assert 0 < int(second.headers["Retry-After"]) <= 15
    assert "Proszę spróbować za" in second.json()["detail"]
    await redis.aclose()


async def test_a_fault_of_ours_is_a_sentence_without_details(
    web: httpx2.AsyncClient, parser: FakeParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def explode(_text: str) -> None:
        message = "secret detail"
        raise RuntimeError(message)

    monkeypatch.setattr(parser, "parse", explode)
    response = await web.post(CHAT, json={"text": "jakie jest powietrze"})
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "po naszej stronie" in response.json()["detail"]
