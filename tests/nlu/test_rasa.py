"""The real model behind the real HTTP server."""

import asyncio
import io
import re
import shutil
import tarfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx2
import pytest

from content.intents import all_intents
from core.clock import SystemClock
from core.http import http_client
from nlu.client import RasaClient
from nlu.endpoint import Endpoint
from nlu.serving import process
from nlu.serving.door import LARGEST_BODY
from nlu.serving.supervisor import server_command
from tests.fixtures.rasa import RASA_PYTHON
from tests.fixtures.running import free_port

pytestmark = pytest.mark.rasa


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with http_client(timeout=60.0) as client:
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


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/model/parse"), ("POST", "/model/parse-several"), ("GET", "/status")]
)
@pytest.mark.parametrize("token", ["", "wrong", "ż"])
async def test_without_the_token_nothing_is_told(
    http: httpx2.AsyncClient, rasa_endpoint: Endpoint, token: str, method: str, path: str
) -> None:
    body = {"text": "hej", "texts": ["hej"]}
    response = await http.request(method, rasa_endpoint.url(path), params={"token": token}, json=body)

    assert response.status_code == 401


async def test_every_path_that_rasa_knows_is_closed_to_strangers(
    http: httpx2.AsyncClient, rasa_endpoint: Endpoint
) -> None:
    source = (RASA_PYTHON.parents[1] / "lib/python3.10/site-packages/rasa/server.py").read_text(encoding="utf-8")
    routes = re.findall(r"@app\.(get|post|put|delete)\(\s*\"([^\"]+)\"", source)
    assert ("put", "/model") in routes
    for method, path in routes:
        response = await http.request(method, rasa_endpoint.url(re.sub(r"<[^>]+>", "1", path)))
        assert response.status_code in {401, 404}, f"{method} {path}"


async def test_a_large_body_is_refused(http: httpx2.AsyncClient, rasa_endpoint: Endpoint) -> None:
    url, body = rasa_endpoint.url("/model/parse"), b"x" * (LARGEST_BODY + 1)
    response = await http.post(url, params={"token": rasa_endpoint.token}, content=body)

    assert response.status_code == 413


async def test_a_file_that_was_changed_after_it_was_checked_is_not_served(rasa_model: Path, tmp_path: Path) -> None:
    archive = tmp_path / rasa_model.name
    shutil.copy(rasa_model, archive)
    command = server_command(RASA_PYTHON, archive)(free_port())
    with archive.open("ab") as file:
        file.write(b"\0")

    assert "the file of the model is not the one that was trained" in await _refused(command)


async def test_an_archive_that_reaches_out_of_its_folder_writes_nothing_there(tmp_path: Path) -> None:
    archive, outside = tmp_path / "trap.tar.gz", tmp_path / "outside"
    with tarfile.open(archive, "w:gz") as tar:
        for reaching in (f"../../../../../../../..{outside}", str(outside)):
            tar.addfile(tarfile.TarInfo(reaching), io.BytesIO())
    await _refused(server_command(RASA_PYTHON, archive)(free_port()))

    assert not outside.exists()


async def _refused(command: Sequence[str]) -> str:
    """Start a server that must not start, and return what it says."""
    child = await process.start(command, {"NLU_TOKEN": "token"})
    assert child.stderr is not None
    said = (await child.stderr.read()).decode()
    assert await child.wait() != 0
    return said


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/webhooks/rest/webhook"),
        ("PUT", "/model"),
        ("DELETE", "/model"),
        ("POST", "/model/train"),
        ("GET", "/conversations/1/tracker"),
        ("GET", "/version"),
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
