"""Group commit: what is to be written at the same time shares one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from core.database.engine import Database
from core.together import Together

T = TypeVar("T")

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
