"""`POST /api/v1/feedback` over HTTP."""

from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from bot.ratings.models import RatingRow
from core.database import Database

# What is said does not depend on the engine; the queries are asked on both in tests/bot/ratings.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

FEEDBACK = "/api/v1/feedback"


async def _conversation(web: httpx2.AsyncClient) -> str:
    turn = await web.post("/api/v1/chat", json={"text": "jakie jest powietrze"})
    return str(turn.json()["conversation"])


async def test_a_rating_is_kept_without_personal_data(web: httpx2.AsyncClient, database: Database) -> None:
    sent: dict[str, Any] = {"conversation": await _conversation(web), "intent": "air_quality_now", "helpful": False}
    response = await web.post(FEEDBACK, json=sent | {"reason": "wrong", "comment": "Proszę dzwonić: 600 700 800"})
    assert response.status_code == 204
    async with database.read() as session:
        (row,) = (await session.scalars(select(RatingRow))).all()
    assert (row.helpful, row.reason, row.comment) == (False, "wrong", "Proszę dzwonić: [telefon]")


async def test_an_answer_that_was_never_given_cannot_be_rated(web: httpx2.AsyncClient) -> None:
    for sent in (
        {"conversation": "nie-ma", "intent": "help"},
        {"conversation": await _conversation(web), "intent": "help"},
    ):
        response = await web.post(FEEDBACK, json={**sent, "helpful": True})
        assert response.status_code == 404
        assert "Tej rozmowy już nie ma" in response.json()["detail"]


@pytest.mark.parametrize(
    "broken",
    [{"helpful": "może"}, {"helpful": True, "reason": "bo tak"}, {"helpful": True, "comment": "x" * 301}, {}],
)
async def test_what_cannot_be_read_is_a_problem_in_polish(web: httpx2.AsyncClient, broken: dict[str, object]) -> None:
    response = await web.post(FEEDBACK, json={"conversation": "c", "intent": "help", **broken})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
