"""Making a backup: everything that cannot be made again, in one file.

That is the database as of one moment, and the language model in service. Not in it: settings and keys (their own place
is safer), the city pack and the code (they come with the release), counters and what Redis holds for minutes.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.clock import Clock
from core.database import Database
from core.errors import ConfigurationError, HubError
from core.settings import Settings
from hub.backups.file import UNFINISHED, Manifest, Parts, new_backup
from hub.backups.model import write_model
from hub.backups.rows import lines, tables_of
from hub.bootstrap import address_vault
from hub.migrations.run import revision_of
from hub.understanding.model import models_folder
from nlu.store import ModelStore
from notifier.scheduler.job import Job
from notifier.scheduler.models import JobRunRow
from notifier.scheduler.runs import JobRuns

JOB = "backup"
"""The name under which runs of the backup stand among those of the regular jobs."""

_LEFT_BEHIND_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Written:
    """A backup that was made: its file, what it holds, and how many older ones were deleted."""

    file: Path
    manifest: Manifest
    forgotten: int


async def make_backup(settings: Settings, clock: Clock, folder: Path, keep: int | None) -> Written:
    """Write a backup and note in the database how it went; then delete all but the newest `keep` (None: nothing).

    Raises:
        ConfigurationError: the database is empty, or `keep` would leave none.
        BackupError: the folder cannot be written, or the disk is full.
    """
    if keep is not None and keep < 1:
        raise ConfigurationError("--keep counts the backups that stay: at least 1.")
    database = Database(settings.database)
    try:
        file, manifest = await _noted(settings, database, clock, folder)
    finally:
        await database.close()
    return Written(file, manifest, _forget(folder, settings.city, clock.now(), keep))


async def last_backup(database: Database) -> datetime | None:
    """Return when the last backup succeeded (UTC), None when there was none."""
    async with database.read() as session:
        return await session.scalar(select(JobRunRow.succeeded_at).where(JobRunRow.name == JOB))


def newest_backup(city: str, folders: Iterable[Path]) -> Path | None:
    """Return the newest backup of a city in these folders and those just below them."""
    found = [file for folder in folders for at in ("", "*/") for file in folder.glob(f"{at}{_prefix(city)}*.zip")]
    return max(found, key=lambda file: file.name, default=None)


def part_of(table: str) -> str:
    """Return where the rows of a table lie inside."""
    return f"tables/{table}.jsonl"


async def _noted(settings: Settings, database: Database, clock: Clock, folder: Path) -> tuple[Path, Manifest]:
    """Write a backup, and how it went among the runs of the regular jobs, where the panel and the metrics find it."""
    async with database.engine.connect() as connection:
        if await connection.run_sync(revision_of) is None:
            raise ConfigurationError("The database has no tables yet: there is nothing to back up.")
    runs, job = JobRuns(database, clock), Job(JOB, _nothing, minutes="0")
    await runs.take_now(job)
    try:
        written = await _write(settings, database, clock.now(), folder)
    except Exception as error:
        await runs.ended(job, type(error).__name__)
        raise
    await runs.ended(job, None)
    return written


async def _nothing() -> None:
    """Stand in for the work of a job that no scheduler starts."""


async def _write(settings: Settings, database: Database, now: datetime, folder: Path) -> tuple[Path, Manifest]:
    path, sealed = folder / f"{_prefix(settings.city)}{now:%Y%m%dT%H%M%SZ}.zip", Counter[str]()
    with new_backup(path) as parts:
        async with _snapshot(database) as connection:
            revision = await connection.run_sync(revision_of)
            await _write_tables(connection, parts, sealed)
        manifest = Manifest(
            release=version("city-assistant"),
            revision=revision or "",
            engine=database.url.get_backend_name(),
            city=settings.city,
            made_at=now,
            keys=dict(sealed),
            index_key=address_vault(settings).index_id,
            model=_write_model(settings, parts),
            parts=parts.written,
        )
        parts.finish(manifest)
    return path, manifest


def _write_model(settings: Settings, parts: Parts) -> str | None:
    folder = models_folder(settings)
    return write_model(ModelStore(folder), parts) if folder.is_dir() else None


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncIterator[AsyncConnection]:
    """Open a transaction that sees the database as of one moment and keeps nobody from writing."""
    engine = database.engine
    if database.url.get_backend_name() == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    async with engine.connect() as connection, connection.begin():
        yield connection


async def _write_tables(connection: AsyncConnection, parts: Parts, sealed: Counter[str]) -> None:
    for table in await connection.run_sync(tables_of):
        name, rows = part_of(table.name), 0
        with parts.add(name, tuple(table.columns.keys())) as sink:
            async for some in lines(connection, table, sealed):
                rows += len(some)
                sink.write(b"".join(some))
        parts.count(name, rows)


def _forget(folder: Path, city: str, now: datetime, keep: int | None) -> int:
    """Delete all but the newest, and what a killed backup left behind; return how many backups were deleted."""
    try:
        for left in folder.glob(f".{_prefix(city)}*{UNFINISHED}"):
            if now.timestamp() - left.stat().st_mtime > _LEFT_BEHIND_AFTER.total_seconds():
                left.unlink(missing_ok=True)
        old = sorted(folder.glob(f"{_prefix(city)}*.zip"))[:-keep] if keep else []
        for path in old:
            path.unlink(missing_ok=True)
    except OSError as error:
        message = f"The backup is made, but older ones cannot be deleted from {folder} ({error.strerror})."
        raise HubError(message) from error
    return len(old)


def _prefix(city: str) -> str:
    return f"backup-{city}-"
