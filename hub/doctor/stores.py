"""Checks of what the product stands on: the database, Redis, the disk."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from alembic.script import ScriptDirectory
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from core.clock import Clock
from core.database import Database
from core.settings import Settings
from hub.doctor.finding import Finding, doubtful, right, wrong
from hub.faults import unusable
from hub.migrations.run import alembic_config, revision_of
from hub.watching.process import free_space
from notifier.deliveries.clock import server_time

_CLOCK_DOUBTFUL, _CLOCK_WRONG = timedelta(seconds=5), timedelta(minutes=1)
_DISK_DOUBTFUL, _DISK_WRONG = 4, 1
"""Gigabytes: the training of a model needs about one."""
_GIGABYTE = 1024**3


async def of_database(settings: Settings, database: Database, clock: Clock) -> Sequence[Finding]:
    """Look whether the database can be used, and at its engine, tables and clock."""
    if not is_there(database):
        return [wrong("database", "there is none yet: `hub db upgrade` makes it")]
    try:
        return await _of_usable(database, clock)
    except DBAPIError as error:
        if told := unusable(settings, error):
            return [wrong("database", told)]
        raise


async def _of_usable(database: Database, clock: Clock) -> Sequence[Finding]:
    """Look at the engine, its version, whether the tables are those of this release, and at its clock."""
    async with database.engine.connect() as connection:
        kind = connection.dialect.name
        asked = "SELECT sqlite_version()" if kind == "sqlite" else "SHOW server_version"
        version = await connection.scalar(text(asked))
        has, wanted = await connection.run_sync(_revisions)
    found = [right("database", f"{kind} {version} answers")]
    if has == wanted:
        found.append(right("tables", f"those of this release ({has})"))
    else:
        found.append(
            wrong("tables", f"they are of {has or 'no release'}, this release needs {wanted}: `hub db upgrade`")
        )
    async with database.read() as session:
        theirs = await server_time(session, clock.now())
    found += of_clocks("clock of the database", theirs, clock.now())
    return found


def is_there(database: Database) -> bool:
    """Whether there is a database; opening an SQLite file that is none would make one."""
    return database.url.get_backend_name() != "sqlite" or Path(database.url.database or "").is_file()


def _revisions(connection: Connection) -> tuple[str | None, str | None]:
    return revision_of(connection), ScriptDirectory.from_config(alembic_config(connection)).get_current_head()


def of_clocks(subject: str, theirs: datetime, ours: datetime) -> Iterator[Finding]:
    """Compare the clock of a server with that of this machine."""
    apart = abs(theirs - ours)
    told = f"{apart.total_seconds():.0f} s apart from this machine"
    if apart < _CLOCK_DOUBTFUL:
        yield right(subject, "it agrees with this machine")
    elif apart < _CLOCK_WRONG:
        yield doubtful(subject, f"{told}: let both follow a time server")
    else:
        yield wrong(subject, f"{told}, so that messages go out at wrong times: let both follow a time server")


async def of_redis(redis: Redis, settings: Settings) -> Sequence[Finding]:
    """Look whether Redis answers and which one it is; nothing durable lives there."""
    if not settings.redis_url:
        return [doubtful("Redis", "none is named, so limits are kept inside each process: fine for one process only")]
    try:
        about = await redis.info()
    except AuthenticationError:
        return [wrong("Redis", "it refuses the password: correct REDIS_URL")]
    name = "Valkey" if "valkey_version" in about else "Redis"
    version = about.get("valkey_version") or about.get("redis_version")
    policy = str(about.get("maxmemory_policy", "noeviction"))
    if int(about.get("maxmemory", 0)) and policy.startswith("allkeys"):
        message = f"{name} {version} may forget limits when it is full ({policy}): set maxmemory-policy to volatile-ttl"
        return [doubtful("Redis", message)]
    return [right("Redis", f"{name} {version} answers; nothing durable lives there, so it needs no backup")]


async def of_disk(settings: Settings) -> Sequence[Finding]:
    """Look at the free space where VAR_DIR is."""
    free = free_space(settings.var_dir) / _GIGABYTE
    told = f"{free:.1f} GB free where VAR_DIR is ({settings.var_dir})"
    if free < _DISK_WRONG:
        return [wrong("disk", f"{told}: make room, at least {_DISK_DOUBTFUL} GB")]
    return [doubtful("disk", f"{told}: a training needs about 1 GB") if free < _DISK_DOUBTFUL else right("disk", told)]
