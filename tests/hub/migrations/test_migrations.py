import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import hub.migrations
from core.database import Database
from hub.migrations.run import alembic_config, upgrade
from hub.migrations.tables import metadata

VERSIONS = Path(hub.migrations.__file__).parent / "versions"


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    await upgrade(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_there_is_one_line_of_history(database: Database) -> None:
    async with database.engine.connect() as connection:
        script = await connection.run_sync(lambda sync: ScriptDirectory.from_config(alembic_config(sync)))
    assert len(script.get_heads()) == 1


def test_migration_files_are_named_by_date() -> None:
    names = [path.name for path in VERSIONS.glob("*.py") if path.name != "__init__.py"]
    assert names
    assert all(re.fullmatch(r"\d{4}_\d{2}_\d{2}_[a-z0-9_]+\.py", name) for name in names)
