"""The real model behind the real HTTP server."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest

from content.intents import all_intents
from core.clock import SystemClock
from core.http import http_client
from nlu.client import RasaClient
from nlu.endpoint import Endpoint

pytestmark = pytest.mark.rasa


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with http_client(timeout=5.0) as client:
        yield client


@pytest.fixture
def client(http: httpx2.AsyncClient, rasa_endpoint: Endpoint) -> RasaClient:
    return RasaClient(http, lambda: rasa_endpoint, SystemClock())


@pytest.mark.parametrize(
    ("sentence", "intent"),
    [
        ("Dzień dobry!", "greet"),
        ("jakie jest teraz powietrze na {place}?", "air_quality_now"),
        ("JAKIE POWIETRZE JEST TERAZ NA {place}", "air_quality_now"),
        ("czy jutro bedzie smog", "air_quality_forecast"),
        ("ile kosztuje ladowanie samochodu", "charger_price"),
        ("Gdzie mogę złożyć wniosek o dotację na wymianę pieca?", "subsidy_apply"),
        ("czuję gaz w kuchni", "emergency"),
        ("proszę mnie wypisać z powiadomień", "alerts_unsubscribe"),
        ("przepis na sernik", "out_of_scope"),
    ],
)
async def test_a_plain_sentence_is_understood(client: RasaClient, sentence: str, intent: str) -> None:
    assert (await client.parse(sentence)).intent == intent


async def test_the_ranking_names_every_intent_once_best_first_and_sums_to_one(client: RasaClient) -> None:
    ranking = (await client.parse("dotacja")).ranking

    assert {name for name, _ in ranking} == {name for name, intent in all_intents().items() if not intent.only_pressed}
    assert [confidence for _, confidence in ranking] == sorted((c for _, c in ranking), reverse=True)
    assert sum(confidence for _, confidence in ranking) == pytest.approx(1)


@pytest.mark.parametrize("sentence", ["?!", "😀", "\u200b", "1", "zażółć " * 140])
async def test_strange_input_gets_an_answer_too(client: RasaClient, sentence: str) -> None:
    assert (await client.parse(sentence)).ranking


async def test_several_sentences_at_once_are_understood_as_each_alone(
    client: RasaClient, http: httpx2.AsyncClient, rasa_endpoint: Endpoint
) -> None:
    texts = ["jakie jest powietrze na {place}?", "?!", "gdzie złożyć wniosek o dotację", "zażółć " * 140]
    together = await asyncio.gather(*(client.parse(text) for text in texts))
    alone = [await RasaClient(http, lambda: rasa_endpoint, SystemClock()).parse(text) for text in texts]

    assert together == alone


@pytest.mark.parametrize("body", [{}, {"texts": "hej"}, {"texts": ["hej", 1]}, ["hej"]], ids=str)
async def test_a_list_that_is_none_is_refused(http: httpx2.AsyncClient, rasa_endpoint: Endpoint, body: object) -> None:
    url, token = rasa_endpoint.url("/model/parse-several"), rasa_endpoint.token
    response = await http.post(url, params={"token": token}, json=body)

    assert response.status_code == 400


async def test_polish_letters_and_capitals_make_no_difference(client: RasaClient) -> None:
    plain = await client.parse("czy mozna zlozyc wniosek o doplate")

    assert await client.parse("CZY MOŻNA ZŁOŻYĆ WNIOSEK O DOPŁATĘ") == plain


async def test_the_word_for_paying_is_not_taken_for_a_place(client: RasaClient) -> None:
    assert (await client.parse("za co ja płacę")).ranking != (await client.parse("za co ja {place}")).ranking


@pytest.mark.parametrize("path", ["/model/parse", "/model/parse-several"])
@pytest.mark.parametrize("token", ["", "wrong"])
async def test_without_the_token_nothing_is_parsed(
    http: httpx2.AsyncClient, rasa_endpoint: Endpoint, token: str, path: str
) -> None:
    body = {"text": "hej", "texts": ["hej"]}
    response = await http.post(rasa_endpoint.url(path), params={"token": token}, json=body)

    assert response.status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/webhooks/rest/webhook"),
        ("PUT", "/model"),
        ("DELETE", "/model"),
        ("POST", "/model/train"),
        ("GET", "/conversations/1/tracker"),
        ("GET", "/"),
    ],
)
async def test_nothing_but_parsing_is_served_even_with_the_token(
    http: httpx2.AsyncClient, rasa_endpoint: Endpoint, method: str, path: str
) -> None:
    response = await http.request(
        method, rasa_endpoint.url(path), params={"token": rasa_endpoint.token}, json={"sender": "a", "message": "hej"}
    )

    assert response.status_code == 404
