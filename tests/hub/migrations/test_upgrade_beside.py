"""An upgrade beside running processes, beside another upgrade, and processes on a database newer than they are."""

import asyncio

import pytest
from sqlalchemy import text

from core.clock import SystemClock
from core.database import Database
from core.errors import ConfigurationError
from core.processes.heartbeat import Heartbeat, processes
from hub.migrations import run
from hub.migrations.run import migrate, migrating, upgrade
from tests.fixtures.servers import fresh_database

NEWER = "2027_01_01_of_the_next_release"


async def _change(database: Database, *statements: str) -> None:
    async with migrating(database) as connection:
        for statement in statements:
            await connection.execute(text(statement))
        await connection.execute(text("UPDATE alembic_version SET version_num = :newer").bindparams(newer=NEWER))


async def _beats(database: Database) -> int:
    """Do what each process of the present release does all the time; return how many are heard of."""
    await Heartbeat(database, SystemClock(), ["web"]).beat()
    async with database.read() as session:
        return len(await processes(session))


async def test_a_process_works_on_a_newer_database_that_was_only_expanded(database: Database) -> None:
    await _change(
        database,
        "CREATE TABLE meadows (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL)",
        "ALTER TABLE processes ADD COLUMN note VARCHAR(20)",
        "ALTER TABLE processes ADD COLUMN rank INTEGER NOT NULL DEFAULT 0",
    )
    await upgrade(database)
    assert await _beats(database) == 1
    async with database.read() as session:
        assert await session.scalar(text("SELECT version_num FROM alembic_version")) == NEWER


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("ALTER TABLE processes RENAME COLUMN host TO machine", "the column processes.host is gone"),
        ("DROP TABLE news_copies", "the table news_copies is gone"),
    ],
)
async def test_a_process_refuses_a_newer_database_that_lacks_what_it_needs(
    database: Database, change: str, fault: str
) -> None:
    await _change(database, change)
    with pytest.raises(ConfigurationError, match=f"newer release .*{fault}. Start the newer release"):
        await upgrade(database)


async def test_two_upgrades_at_once_make_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('twice') / 'hub.db'}"
    await _upgraded_by_two(url)


@pytest.mark.servers
async def test_two_upgrades_of_postgresql_at_once_make_one(postgres_url: str) -> None:
    await _upgraded_by_two(fresh_database(postgres_url))


async def _upgraded_by_two(url: str) -> None:
    first, second = Database(url), Database(url)
    await asyncio.gather(upgrade(first), upgrade(second))
    assert await _beats(first) == 1
    for database in (first, second):
        await database.close()


@pytest.mark.servers
async def test_an_upgrade_gives_up_before_it_blocks_the_service_for_long(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_LOCK_TIMEOUT", "SET LOCAL lock_timeout = '50ms'")
    monkeypatch.setattr(run, "_PAUSE_SECONDS", 0.01)
    database = Database(fresh_database(postgres_url))
    async with migrating(database) as connection:
        await connection.run_sync(migrate, "2026_11_24_deliveries")
    async with database.engine.connect() as long, long.begin():
        await long.execute(text("SELECT count(*) FROM alert_episodes"))
        with pytest.raises(ConfigurationError, match="too busy for an upgrade"):
            await upgrade(database)
        # Whoever reads meanwhile is served.
        async with database.read() as session:
            assert await session.scalar(text("SELECT count(*) FROM alert_episodes")) == 0
    await upgrade(database)
    async with database.read() as session:
        assert await session.scalar(text("SELECT count(told_level) FROM alert_episodes")) == 0
    await database.close()
