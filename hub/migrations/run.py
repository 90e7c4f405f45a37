"""Bring a database to the newest version, also beside running processes and beside another upgrade."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.database import Database
from core.errors import ConfigurationError
from core.logging import get_logger
from hub.migrations.beside import obstacles
from hub.migrations.tables import metadata

# A migration that cannot get a lock gives up instead of blocking the running service, and tries again a little later.
_LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'"
_TRIES, _PAUSE_SECONDS = 10, 2.0
# Any number that nothing else in the database uses.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7283046512)"
_SQLSTATES_OF_LOCKS = ("55P03", "40P01")  # lock not available, deadlock

_log = get_logger(__name__)


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database) -> None:
    """Apply every migration that the database does not have yet.

    A database that is newer than this release is left as it is, and served if this release can work on it.

    Raises:
        ConfigurationError: the database is too new, or somebody holds a table for long.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            if not await _is_newest(database):
                async with migrating(database) as connection:
                    await connection.run_sync(migrate, "head")
            return
        except OperationalError as error:
            if not _is_held(error):
                raise
            if not tries_left:
                message = "The database is too busy for an upgrade: end long transactions, then run `hub db upgrade`."
                raise ConfigurationError(message) from error
        _log.warning("upgrade_waits_for_a_lock", tries_left=tries_left)
        await asyncio.sleep(_PAUSE_SECONDS)


@asynccontextmanager
async def migrating(database: Database) -> AsyncIterator[AsyncConnection]:
    """Open one transaction for migrations, which no other upgrade can enter; an error leaves nothing of it behind."""
    engine = database.engine.execution_options(writes=True)
    async with engine.connect() as connection, _tables_rebuilt(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            await connection.exec_driver_sql(_LOCK_TIMEOUT)
            await connection.exec_driver_sql(_ONE_AT_A_TIME)
        yield connection


def migrate(connection: Connection, revision: str) -> None:
    """Apply the migrations up to a revision inside the open transaction."""
    command.upgrade(alembic_config(connection), revision)


def revision_of(connection: Connection) -> str | None:
    """Return the revision that a database has, None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(connection: Connection, revision: str) -> bool:
    """Whether this release has a migration of that name."""
    return revision in _history(connection)


async def _is_newest(database: Database) -> bool:
    """Whether there is nothing to apply.

    Raises:
        ConfigurationError: the database is newer than this release, which cannot work on it.
    """
    async with database.engine.connect() as connection:
        revision = await connection.run_sync(revision_of)
        history = await connection.run_sync(_history)
        if revision is None or revision in history:
            return revision == history[0]
        faults = await connection.run_sync(obstacles, metadata)
    if faults:
        message = (
            f"The database is of a newer release ({revision}) on which this one cannot work: {faults[0]}. "
            "Start the newer release, or restore the backup that was made before the upgrade."
        )
        raise ConfigurationError(message)
    _log.warning("database_is_newer", revision=revision)
    return True


def _history(connection: Connection) -> list[str]:
    """Return the revisions that this release knows, the newest first."""
    return [script.revision for script in ScriptDirectory.from_config(alembic_config(connection)).walk_revisions()]


def _is_held(error: OperationalError) -> bool:
    if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return True
    return getattr(error.orig, "sqlstate", None) in _SQLSTATES_OF_LOCKS


@asynccontextmanager
async def _tables_rebuilt(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let SQLite change a table the only way it can, by a new one in its place, without losing the rows below it.

    Dropping the old table would delete what refers to it, and the switch is deaf inside a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = (await connection.get_raw_connection()).driver_connection
    await driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await driver.execute("PRAGMA foreign_keys=ON")
