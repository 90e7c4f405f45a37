"""Ratings of answers, on both engines."""

import pytest
from sqlalchemy import func, select

from bot.conversations.repository import Entry, Turn, forget, store_turns
from bot.dialogue.context import Context
from bot.ratings.models import RatingRow
from bot.ratings.service import Rating, Ratings
from core.database import Database
from core.secrets import keyed_digest
from tests.fakes import FrozenClock

KEY = "k" * 32


@pytest.fixture
async def ratings(database: Database, clock: FrozenClock) -> Ratings:
    async with database.write() as session:
        turn = Turn("jakie powietrze", "air_quality_now", 0.9, "answered", "Dobre.")
        entry = Entry(keyed_digest(KEY, "rozmowa"), "web", turn, Context(), clock.now(), goes_on=False)
        await store_turns(session, [entry, entry])
    return Ratings(database, clock, KEY)


async def test_the_newest_answer_is_rated_and_the_latest_rating_counts(ratings: Ratings, database: Database) -> None:
    assert await ratings.rate("rozmowa", "air_quality_now", Rating(helpful=False, reason="unclear"))
    assert await ratings.rate("rozmowa", "air_quality_now", Rating(helpful=True))
    async with database.read() as session:
        (row,) = (await session.scalars(select(RatingRow))).all()
    assert (row.turn_id, row.helpful, row.reason) == (2, True, None)


async def test_nobody_rates_another_conversation(ratings: Ratings) -> None:
    assert not await ratings.rate("inna", "air_quality_now", Rating(helpful=True))
    assert not await ratings.rate("rozmowa", "charger_find", Rating(helpful=True))


async def test_a_rating_goes_with_its_conversation(ratings: Ratings, database: Database) -> None:
    await ratings.rate("rozmowa", "air_quality_now", Rating(helpful=True))
    async with database.write() as session:
        await forget(session, keyed_digest(KEY, "rozmowa"))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(RatingRow)) == 0
