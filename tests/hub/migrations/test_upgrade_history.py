"""A city may come from any earlier version, and while it upgrades, processes of two versions run side by side."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, MetaData, func, select

from core.database import Base, Database
from hub.migrations.beside import obstacles
from hub.migrations.run import alembic_config, migrate, migrating
from tests.fixtures.servers import fresh_database
from tests.hub.sample_rows import Rows, add_rows, reflected

FIRST_TO_EXPAND_ONLY = "2026_11_25_linked"
"""From here on a migration only expands, unless it says in `CONTRACTS` why nothing uses any more what it takes away."""
CHANGED = {("announcements", "state")}
"""Columns whose values a migration translates; tests/hub/migrations/test_upgrade.py says how."""
APART, OLD_RELEASE = 200, 100
"""Numbers from one version's rows to the next one's, and to those that the release before writes after the upgrade."""


@dataclass
class History:
    """A database that lived through every version: what each wrote, and what the next one took from it."""

    url: str
    written: dict[str, Rows] = field(default_factory=dict)
    taken: dict[str, list[str]] = field(default_factory=dict)
    contracts: dict[str, str] = field(default_factory=dict)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=(pytest.mark.servers, pytest.mark.long))]
)
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> History:
    """A database of the first version, upgraded version by version, with a row in every table at each."""
    folder: Path = tmp_path_factory.mktemp("history")
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{folder / 'hub.db'}" if is_sqlite else fresh_database(request.getfixturevalue("postgres_url"))
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _lived(url)).result()


async def _lived(url: str) -> History:
    history, database = History(url), Database(url)
    async with migrating(database) as connection:
        versions = await connection.run_sync(_versions)
    before: MetaData | None = None
    for number, version in enumerate(versions, start=1):
        first = number * APART
        async with migrating(database) as connection:
            await connection.run_sync(migrate, version.revision)
        async with migrating(database) as connection:
            if before is not None:
                history.taken[version.revision] = await connection.run_sync(obstacles, before)
                if not history.taken[version.revision]:
                    await connection.run_sync(add_rows, before, first + OLD_RELEASE)
            before = await connection.run_sync(reflected)
            history.written[version.revision] = await connection.run_sync(add_rows, before, first)
        history.contracts[version.revision] = getattr(version.module, "CONTRACTS", "")
    await database.close()
    return history


def _versions(connection: Connection) -> list[Script]:
    return [*ScriptDirectory.from_config(alembic_config(connection)).walk_revisions()][::-1]


async def test_every_row_of_every_version_is_kept(history: History) -> None:
    database = Database(history.url)
    async with database.engine.connect() as connection:
        tables = (await connection.run_sync(reflected)).tables
        for version, rows in history.written.items():
            for name, row in rows.items():
                now = select(tables[name]).where(*[key == row[key.name] for key in tables[name].primary_key.columns])
                (found,) = (await connection.execute(now)).mappings()
                kept: dict[str, Any] = {
                    column: value for column, value in row.items() if column in found and (name, column) not in CHANGED
                }
                assert {column: found[column] for column in kept} == kept, (version, name)
    await database.close()


async def test_the_present_release_reads_all_of_it(history: History) -> None:
    database = Database(history.url)
    async with database.read() as session:
        for mapper in Base.registry.mappers:
            rows = (await session.scalars(select(mapper.class_))).all()
            assert len(rows) == await session.scalar(select(func.count()).select_from(mapper.class_)), mapper
            assert rows, mapper
    await database.close()


def test_a_migration_takes_nothing_away_that_the_release_before_uses(history: History) -> None:
    versions = list(history.written)
    bound = versions[versions.index(FIRST_TO_EXPAND_ONLY) :]
    assert {version: history.taken[version] for version in bound if not history.contracts[version]} == {
        version: [] for version in bound if not history.contracts[version]
    }


def test_what_an_earlier_migration_took_away_is_noticed(history: History) -> None:
    taken = history.taken["2026_11_24_alerts"]
    assert "the column alert_episodes.station_id is gone" in taken
    assert "the column alert_episodes.measured_at must be filled" in taken
