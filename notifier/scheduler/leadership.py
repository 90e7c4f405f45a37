"""Who leads: one process of all that share a database, and another one seconds after it died.

PostgreSQL frees an advisory lock when its connection ends or falls silent, the system a lock on a file when its process
ends.
"""

import asyncio
import fcntl
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.database import Database

# "SCHD": the number has no meaning but to be ours.
_LOCK = 0x53434844
_ANSWER_SECONDS = 2.0
# A leader says something each second. One that hangs keeps its connection, so the server ends it; and one whose machine
# fell off the network must not lead for hours.
_HOLD = text(
    "SELECT set_config('idle_session_timeout', '5s', false), set_config('tcp_keepalives_idle', '2', false), "
    "set_config('tcp_keepalives_interval', '1', false), set_config('tcp_keepalives_count', '3', false)"
)
# Besides the driver's errors SQLAlchemy has its own, of a connection that was cut in the middle.
_FAULTS = (SQLAlchemyError, OSError, TimeoutError)


class Leadership(Protocol):
    """A lock that at most one process holds."""

    async def is_ours(self) -> bool:
        """Take the lock if it is free; return whether this process holds it now. Never raises."""
        ...

    async def resign(self) -> None:
        """Let the lock go."""
        ...


def leadership(database: Database) -> Leadership:
    """Return the lock of the processes that share the database."""
    if database.url.get_backend_name() == "sqlite":
        return FileLeadership(Path(f"{database.url.database}.leader"))
    return PostgresLeadership(database)


class PostgresLeadership:
    """An advisory lock on a connection of its own; PgBouncer may pool it by session only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: AsyncConnection | None = None

    async def is_ours(self) -> bool:
        """Take the lock if it is free; return whether this process holds it now."""
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                if self._connection is None:
                    return await self._try_to_lock()
                await self._connection.execute(text("SELECT 1"))
        except _FAULTS:
            await self.resign()
            return False
        return True

    async def _try_to_lock(self) -> bool:
        connection = await self._database.engine.connect()
        try:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            if not await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}):
                return False
            self._connection = connection
            # Not before: what is set here would stay with a connection that goes back to the pool.
            await connection.execute(_HOLD)
        finally:
            if self._connection is None:
                await connection.close()
        return True

    async def resign(self) -> None:
        """Let the lock go, and its connection, which no pool may keep: a lock that could not be freed ends with it."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with suppress(*_FAULTS):
            async with asyncio.timeout(_ANSWER_SECONDS):
                await connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
        with suppress(*_FAULTS):
            async with asyncio.timeout(_ANSWER_SECONDS):
                await connection.invalidate()
                await connection.close()


class FileLeadership:
    """A lock on a file beside the database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Any = None

    async def is_ours(self) -> bool:
        """Take the lock if it is free; return whether this process holds it now."""
        if self._file is not None:
            return True
        try:
            file = self._path.open("ab")
        except OSError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    async def resign(self) -> None:
        """Let the lock go."""
        if self._file is not None:
            self._file.close()
            self._file = None
