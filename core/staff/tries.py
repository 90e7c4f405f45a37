"""Slows guessing down: wrong tries are counted before they are looked at, the same for names that do not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.database import insert_into
from core.staff.errors import TooManyTriesError
from core.staff.models import TriesRow

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """After `free` tries in a row each further one waits, the wait doubling from one minute to fifteen."""

    key: str
    free: int


async def count(session: AsyncSession, limits: Sequence[Limit], now: datetime) -> None:
    """Count one try under each limit; those made at the same time wait for each other here.

    Raises:
        TooManyTriesError: one of the limits makes wait; then nothing is counted.
    """
    rows = [(limit, await _locked(session, limit.key, now)) for limit in sorted(limits, key=lambda limit: limit.key)]
    until = max((row.blocked_until for _, row in rows if row.blocked_until), default=now)
    if until > now:
        raise TooManyTriesError(until - now)
    for limit, row in rows:
        row.count = row.count + 1 if now - row.last_at < _FORGOTTEN_AFTER else 1
        row.last_at = now
        row.blocked_until = now + _wait(row.count - limit.free) if row.count >= limit.free else None
    await session.flush()


async def clear(session: AsyncSession, key: str) -> None:
    """Forget the tries of a key, because the right one came."""
    await session.execute(delete(TriesRow).where(TriesRow.key == key))


async def uncount(session: AsyncSession, limit: Limit) -> None:
    """Take back one try, because it was right; those that were wrong stay."""
    row = await session.scalar(select(TriesRow).where(TriesRow.key == limit.key).with_for_update())
    if row is not None:
        row.count = max(0, row.count - 1)
        row.blocked_until = row.blocked_until if row.count >= limit.free else None


async def purge(session: AsyncSession, now: datetime) -> None:
    """Delete what no longer counts."""
    await session.execute(delete(TriesRow).where(TriesRow.last_at < now - _FORGOTTEN_AFTER))


async def _locked(session: AsyncSession, key: str, now: datetime) -> TriesRow:
    # Two first tries at once: the second waits for the first and then finds its row.
    new = insert_into(session, TriesRow)
    await session.execute(new.values(key=key, count=0, last_at=now).on_conflict_do_nothing())
    return (await session.scalars(select(TriesRow).where(TriesRow.key == key).with_for_update())).one()


def _wait(over: int) -> timedelta:
    doubled: timedelta = _FIRST_WAIT * 2 ** min(over, 10)
    return min(doubled, _LONGEST_WAIT)
