"""SQLite: one engine whose statements run in the driver's threads, and one for reading, which needs none."""

import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

T = TypeVar("T")

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON")
_ROWS_AT_ONCE = 64


def sqlite_engine(url: URL) -> AsyncEngine:
    """Return the engine for whatever may have to wait: for another writer, for the disk."""
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return _prepared(create_async_engine(url, pool_reset_on_return=None))


def sqlite_reading_engine(url: URL) -> AsyncEngine:
    """Return the engine for reading.

    With a write-ahead log a reader waits for nobody, and what it reads is there in microseconds; six errands to a
    thread for one row, each of them waiting until the loop is idle, take many times as long.
    """

    async def connect() -> aiosqlite.Connection:
        return await _OnTheLoop(lambda: sqlite3.connect(str(url.database)), _ROWS_AT_ONCE)

    return _prepared(create_async_engine(url, async_creator=connect, pool_reset_on_return=None))


class _OnTheLoop(aiosqlite.Connection):
    """A connection of the driver that does its work at once instead of handing it to its thread."""

    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        return self._open().__await__()

    def stop(self) -> None:
        self._running = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def _open(self) -> aiosqlite.Connection:
        self._connection = self._connector()
        return self

    async def _execute(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:  # noqa: ANN401 - the driver's
        return fn(*args, **kwargs)


def _prepared(engine: AsyncEngine) -> AsyncEngine:
    # Sessions end their transactions themselves, so connections need no rollback when they come back.
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling loses updates silently; with None we write every BEGIN ourselves.
    driver: Any = connection
    driver.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails when another writer came between, so writers say so first.
    begin = "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes", False) else "BEGIN"
    # One errand to the driver's thread; as a statement of the engine it would be three.
    driver: Any = connection.connection.dbapi_connection
    driver.run_async(lambda connected: connected.execute(begin))
