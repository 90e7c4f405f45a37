"""What every room expects of the database, on both engines."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import StatementError

from bot.conversations.models import ConversationRow
from core.database import Database
from core.database.engine import database_url
from core.errors import ConfigurationError

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def _row(digest: str = "a", at: datetime = NOON) -> ConversationRow:
    return ConversationRow(digest=digest, channel="web", started_at=at, last_turn_at=at, context={"n": 0})


async def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    warsaw_winter = timezone(timedelta(hours=1))
    async with database.write() as session:
        session.add(_row(at=NOON.astimezone(warsaw_winter)))
    async with database.read() as session:
        stored = await session.scalar(select(ConversationRow.started_at))
    assert stored == NOON
    assert stored is not None
    assert stored.utcoffset() == timedelta(0)


async def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        async with database.write() as session:
            session.add(_row(at=datetime(2026, 11, 23, 12, 0)))  # noqa: DTZ001 - refused, which is the point


async def test_a_failed_unit_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            session.add(_row())
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ConversationRow)) == 0


async def test_an_open_reader_does_not_block_a_writer(database: Database) -> None:
    async with database.write() as session:
        session.add(_row("a"))
    async with database.read() as reading:
        await reading.scalar(select(func.count()).select_from(ConversationRow))
        async with asyncio.timeout(3), database.write() as writing:
            writing.add(_row("b"))


async def test_concurrent_writers_lose_no_update(database: Database) -> None:
    async with database.write() as session:
        session.add(_row())

    async def count_up() -> None:
        async with database.write() as session:
            row = (await session.scalars(select(ConversationRow).with_for_update())).one()
            await asyncio.sleep(0)
            row.context = {"n": row.context["n"] + 1}

    await asyncio.gather(*(count_up() for _ in range(20)))
    async with database.read() as session:
        assert await session.scalar(select(ConversationRow.context)) == {"n": 20}


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite"),
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgres://u:p@h/d", "postgresql+psycopg"),
    ],
)
def test_picks_the_driver(given: str, driver: str) -> None:
    assert database_url(given).drivername == driver


@pytest.mark.parametrize(
    "given",
    [
        "sqlite:///h.db?foo=secret",
        "sqlite:///h.db?timeout=secret",
        "postgresql://h/d?foo=secret",
        "postgresql://h/d?connect_timeout=secret",
    ],
)
def test_an_option_that_the_database_cannot_use_is_named_without_its_value(given: str) -> None:
    name = given.partition("?")[2].partition("=")[0]
    with pytest.raises(ConfigurationError, match=rf"^DATABASE_URL has an option .*\({name}\): correct it") as raised:
        database_url(given)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "given", ["sqlite:///h.db?timeout=7", "postgresql://h/d?connect_timeout=2&sslmode=require&application_name=hub"]
)
def test_an_option_that_the_database_knows_is_kept(given: str) -> None:
    assert database_url(given).query == make_url(given).query


@pytest.mark.parametrize("given", ["mysql://h/d", "not an address"])
def test_refuses_other_engines_with_a_clear_sentence(given: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        database_url(given)
