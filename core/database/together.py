"""Group commit and shared reads: what is written, or asked for, at the same time shares one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from core.database.engine import Database
from core.together import Together

T = TypeVar("T")

# A read costs the same however many share it.
_ALL = 10_000
# So that one transaction stays short for those who write something else.
_MOST_AT_ONCE = 100


class WrittenTogether(Generic[T]):
    """Writes items in the order in which they come; whoever writes one goes on once it is committed.

    `store` writes some items in a session.
    """

    def __init__(self, database: Database, store: Callable[[AsyncSession, Sequence[T]], Awaitable[None]]) -> None:
        self._database = database
        self._store = store
        self._together = Together[T, None](self._write, most=_MOST_AT_ONCE)

    async def write(self, item: T) -> None:
        """Return when the item is committed; raise what kept it from being so."""
        await self._together.do(item)

    async def _write(self, items: Sequence[T]) -> Sequence[Exception | None]:
        try:
            async with self._database.write() as session:
                await self._store(session, items)
        except OperationalError:  # the database is away: for all of them
            raise
        except Exception as error:
            # One item that cannot be stored must not cost the others.
            return [error] if len(items) == 1 else [(await self._write([item]))[0] for item in items]
        return [None] * len(items)


class ReadTogether(Generic[T]):
    """Reads one thing for all who ask for it at the same time.

    Whoever asks while a read is under way gets the next one, so nobody sees what is older than the question. `load`
    reads it in a session; the result is shared and must not be changed.
    """

    def __init__(self, database: Database, load: Callable[[AsyncSession], Awaitable[T]]) -> None:
        self._database = database
        self._load = load
        self._together = Together[None, T](self._read, most=_ALL)

    async def read(self) -> T:
        """Return what the database holds now; raise what kept it from being read."""
        return await self._together.do(None)

    async def _read(self, askers: Sequence[None]) -> Sequence[T]:
        async with self._database.read() as session:
            return [await self._load(session)] * len(askers)
