"""Restoring a backup into an empty database: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Connection, Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from core.clock import Clock
from core.crypto import AddressVault
from core.database import Database
from core.errors import ConfigurationError
from core.logging import get_logger
from core.settings import Settings
from hub.backups.file import BackupError, Manifest, check
from hub.backups.hold import Held, hold
from hub.backups.making import part_of
from hub.backups.model import restore_model
from hub.backups.rows import load, tables_of
from hub.bootstrap import address_vault
from hub.faults import how_to_empty
from hub.migrations.run import knows, migrate, migrating
from hub.understanding.model import models_folder
from nlu.store import ModelStore

_log = get_logger(__name__)


@dataclass(frozen=True)
class Restored:
    """A backup that is in the database now, with what is held back; `model` is whether its model is in service."""

    manifest: Manifest
    held: Held
    model: bool


async def restore_backup(settings: Settings, clock: Clock, file: Path) -> Restored:
    """Check a backup, load it into the empty database, bring it to the present version and hold what is unsent.

    Raises:
        BackupError: the file is damaged, or its rows do not fit into the tables.
        ConfigurationError: the database is not empty, or the keys or the city are others.
    """
    manifest = check(file)
    _check_city(manifest, settings)
    _check_keys(manifest, address_vault(settings))
    database = Database(settings.database)
    try:
        async with migrating(database) as connection:
            await _refuse_unless_empty(connection, database)
            await _load(connection, file, manifest)
            await connection.run_sync(migrate, "head")
            async with AsyncSession(bind=connection, join_transaction_mode="create_savepoint") as session:
                held = await hold(session, clock.now(), manifest.made_at)
                await session.commit()
    finally:
        await database.close()
    return Restored(manifest, held, _put_model_in_service(settings, file, manifest))


def _put_model_in_service(settings: Settings, file: Path, manifest: Manifest) -> bool:
    try:
        return manifest.model is not None and restore_model(file, manifest, ModelStore(models_folder(settings)))
    except OSError as error:
        # The database is restored; a model is trained from the same sentences.
        _log.error("model_not_restored", reason=error.strerror)
        return False


def _check_city(manifest: Manifest, settings: Settings) -> None:
    if manifest.city != settings.city:
        message = f"The backup is of another city: set CITY={manifest.city}."
        raise ConfigurationError(message)


def _check_keys(manifest: Manifest, vault: AddressVault) -> None:
    missing = {key: count for key, count in manifest.keys.items() if key not in vault.key_ids}
    if missing:
        message = (
            f"These ENCRYPTION_KEYS do not open the backup: {sum(missing.values())} of its values were sealed with "
            f"other keys ({', '.join(sorted(missing))}). Add the keys of that time, the newest first."
        )
        raise ConfigurationError(message)
    if manifest.index_key != vault.index_id:
        message = (
            "SECRET_KEY is not the one of the backup, so no address in it would be found: set the one of that time. "
            "Once it is restored, `hub keys rotate` brings a new one in."
        )
        raise ConfigurationError(message)


async def _refuse_unless_empty(connection: AsyncConnection, database: Database) -> None:
    if not await connection.run_sync(lambda sync: inspect(sync).get_table_names()):
        return
    how = how_to_empty(database.url)
    message = f"A backup is restored into an empty database only, and this one has tables. To empty it: {how}."
    raise ConfigurationError(message)


async def _load(connection: AsyncConnection, file: Path, manifest: Manifest) -> None:
    if not await connection.run_sync(knows, manifest.revision):
        message = (
            f"The backup is of a newer release ({manifest.release}, {manifest.revision}): restore it with that one."
        )
        raise BackupError(message)
    await connection.run_sync(migrate, manifest.revision)
    tables = await connection.run_sync(tables_of)
    with ZipFile(file) as archive:
        for table in tables:
            await _load_table(connection, archive, table, manifest)
    if connection.dialect.name == "postgresql":
        for table in tables:
            await _set_sequence(connection, table)
    await connection.run_sync(_check_references)


async def _load_table(connection: AsyncConnection, archive: ZipFile, table: Table, manifest: Manifest) -> None:
    part = manifest.parts.get(part_of(table.name))
    if part is None or set(part.columns) != set(table.columns.keys()):
        message = f"The backup does not fit the tables of its own version ({table.name}): it is not restored."
        raise BackupError(message)
    try:
        with archive.open(part_of(table.name)) as rows:
            count = await load(connection, table, part.columns, rows)
    except OperationalError:
        raise
    except DBAPIError as error:
        # The text of the database would show the row, which may be personal.
        message = (
            f"A row of {table.name} does not fit into this database ({type(error.orig).__name__}): nothing is kept."
        )
        raise BackupError(message) from None
    if count != part.rows:
        message = f"The backup has {count} rows of {table.name} instead of {part.rows}: it is not restored."
        raise BackupError(message)


async def _set_sequence(connection: AsyncConnection, table: Table) -> None:
    """Let the numbers that PostgreSQL counts up itself go on after the highest one."""
    for column in table.primary_key.columns:
        sequence = await connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        highest = await connection.scalar(select(func.max(column))) if sequence else None
        if highest is not None:
            await connection.execute(select(func.setval(sequence, highest)))


def _check_references(connection: Connection) -> None:
    """PostgreSQL has checked them row by row; SQLite does not while its tables are rebuilt."""
    if connection.dialect.name != "sqlite":
        return
    dangling: Sequence[object] = connection.execute(text("PRAGMA foreign_key_check")).all()
    if dangling:
        message = f"In the backup, {len(dangling)} rows refer to others that are missing: it is not restored."
        raise BackupError(message)
