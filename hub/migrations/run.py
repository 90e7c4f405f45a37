"""Bring a database to the newest version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

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
        async with database.engine.execution_options(writes=True).connect() as connection:
            await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))
            await connection.commit()
    except OperationalError as error:
        where = database.url.render_as_string(hide_password=True)
        message = f"The database {where} does not answer: start it, or correct DATABASE_URL."
        raise ConfigurationError(message) from error
