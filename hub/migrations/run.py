"""Bring a database to the newest version."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.database import Database
from core.errors import ConfigurationError


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database) -> None:
    """Apply every migration that the database does not have yet.

    Raises:
        ConfigurationError: the database does not answer.
    """
    try:
        async with database.engine.execution_options(writes=True).connect() as connection, _tables_rebuilt(connection):
            await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))
            await connection.commit()
    except OperationalError as error:
        where = database.url.render_as_string(hide_password=True)
        message = f"The database {where} does not answer: start it, or correct DATABASE_URL."
        raise ConfigurationError(message) from error


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
