"""Databases to back up and to restore into, and short ways to do both."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copy

import pytest

from core.clock import SystemClock
from core.database import Database
from core.settings import Settings
from hub.bootstrap import address_vault
from hub.migrations.run import migrating
from notifier.subscriptions.service import Subscriptions
from tests.fixtures.servers import fresh_database
from tests.hub.sample_rows import add_rows, reflected

SECRET, KEY = "s" * 32, "k" * 32
PHONE = "+48512345678"


def settings_for(database: Database | str, folder: Path, secret: str = SECRET, keys: str = KEY) -> Settings:
    """Return the settings of a machine whose state lies in a folder."""
    url = database if isinstance(database, str) else address_of(database)
    return Settings(database_url=url, var_dir=folder, secret_key=secret, encryption_keys=keys)


def address_of(database: Database) -> str:
    """Return the address of a database as an operator writes it."""
    return database.url.set(drivername=database.url.get_backend_name()).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=(pytest.mark.servers, pytest.mark.long))])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database without tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored.db'}"
    return fresh_database(request.getfixturevalue("postgres_url"))


async def fill(database: Database, settings: Settings) -> None:
    """Put two rows into every table."""
    async with migrating(database) as connection:
        tables = await connection.run_sync(reflected)
        for number in (7, 12):
            key_id = bytes.fromhex(address_vault(settings).key_ids[0])
            await connection.run_sync(add_rows, tables, number, key_id)


async def subscribe(settings: Settings, database: Database, phone: str = PHONE) -> None:
    """Sign a phone number up for smog alerts."""
    subscriptions = Subscriptions(address_vault(settings), SystemClock())
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", phone, "smog", text_version="1")


@pytest.fixture
async def hub_file(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated SQLite database."""
    database = Database(f"sqlite:///{copy(migrated_file, tmp_path / 'hub.db')}")
    yield database
    await database.close()
