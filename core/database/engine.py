"""Engine and sessions; a unit of work is opened at an edge and commits there."""

import asyncio
import warnings
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import make_conninfo, timeout_from_conninfo
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SAWarning
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import ConfigurationError

# Of libpq; what DATABASE_URL says of them counts more. Without them a server that fell off the network is waited for
# during minutes, in the middle of a connection for up to two hours.
_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
# Errors of the database are logged, and what was to be stored is residents'.
_SILENT: dict[str, Any] = {"hide_parameters": True}
# A process that hangs inside a unit of work must not keep others from its rows for longer than a lease.
_LONGEST_SILENCE = "SET idle_in_transaction_session_timeout = '30s'"
_SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON")


class Database:
    """Sessions on one database: `read()` never blocks a writer, `write()` commits at its end."""

    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        self.engine = _engine(self.url)
        self._readers = async_sessionmaker(self.engine, expire_on_commit=False)
        self._writers = async_sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False)
        # SQLite lets one write at a time and makes the others poll, some of them for long: a queue is fair.
        one_by_one = self.url.get_backend_name() == "sqlite"
        self._writing_turn: AbstractAsyncContextManager[object] = asyncio.Lock() if one_by_one else nullcontext()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a session that is rolled back at its end."""
        async with self._readers() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Open a session that commits at its end, or rolls back when the block raises."""
        async with self._writing_turn, self._writers() as session, session.begin():
            yield session

    async def ping(self) -> None:
        """Ask the database for one row; raises what the driver raises when it does not answer."""
        async with self.read() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def database_url(url: str) -> URL:
    """Return the address with the asynchronous driver that the product uses.

    Raises:
        ConfigurationError: the address cannot be read, names another engine, or an option that this one cannot use.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        message = (
            "DATABASE_URL is not a database address: write sqlite:///file.db or postgresql://user:password@host/name."
        )
        raise ConfigurationError(message) from error
    match parsed.get_backend_name():
        case "sqlite":
            return _with_fit_options(parsed.set(drivername="sqlite+aiosqlite"))
        case "postgresql" | "postgres":
            return _with_fit_options(parsed.set(drivername="postgresql+psycopg"))
        case other:
            message = f"DATABASE_URL names the engine {other}: only sqlite and postgresql are supported."
            raise ConfigurationError(message)


def _with_fit_options(url: URL) -> URL:
    try:
        with warnings.catch_warnings():
            # An option that SQLite does not know is only warned of, and the driver would go on without it.
            warnings.simplefilter("error", SAWarning)
            _, options = url.get_dialect()().create_connect_args(url)
        if url.get_backend_name() != "sqlite":
            make_conninfo(**options)
            timeout_from_conninfo(dict(options))
    except (SAWarning, ValueError, ProgrammingError) as error:
        # Their names only: a value may be a password.
        named = ", ".join(url.query)
        message = f"DATABASE_URL has an option after the ? that cannot be used ({named}): correct it or take it out."
        raise ConfigurationError(message) from error
    return url


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        patience = {name: value for name, value in _PATIENCE.items() if name not in url.query}
        engine = create_async_engine(
            url, pool_size=10, max_overflow=10, pool_pre_ping=True, pool_timeout=10, connect_args=patience, **_SILENT
        )
        event.listen(engine.sync_engine, "connect", _prepare_postgres)
        return engine
    if url.database and url.database != ":memory:":
        _make_folder(Path(url.database).parent)
    # Each connection is a thread: one that is opened for a moment, as any above the pool's size, stalls all the others.
    engine = create_async_engine(url, pool_size=10, max_overflow=20, pool_timeout=10, **_SILENT)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {folder} cannot be made ({error.strerror}): correct VAR_DIR or DATABASE_URL."
        raise ConfigurationError(message) from error


def _prepare_postgres(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    try:
        cursor = connection.cursor()
        cursor.execute(_LONGEST_SILENCE)
        cursor.close()
        # Else the first transaction that is rolled back would take the setting with it.
        connection.commit()
    except Exception:
        # A connection that dies here is not the pool's yet, so that nobody else would close it.
        connection.close()
        raise


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling loses updates silently; with None we write every BEGIN ourselves.
    driver: Any = connection
    driver.isolation_level = None
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails when another writer came between, so writers say so first.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
