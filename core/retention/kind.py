"""A kind of data that is kept for a while: which rows are old, and for how long they must and may be kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True)
class Old:
    """What is older than a moment: how many entries, and the moment (UTC) of the oldest."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class Kind:
    """Rows of one table, old by the moment in `age`; what belongs to a row is deleted with it.

    `days` is for how long they are kept unless somebody sets it, `least` and `most` what may be set; with both alike
    nothing may be set. `is_over` says which rows may be deleted at all.
    """

    name: str
    key: InstrumentedAttribute[Any]
    age: ColumnElement[datetime] | InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    days: int
    least: int
    most: int
    is_over: tuple[ColumnElement[bool], ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether the period cannot be set."""
        return self.least == self.most

    async def old(self, session: AsyncSession, days: int, now: datetime) -> Old:
        """Return what would be deleted now if it were kept for so many days."""
        query = select(func.count(), func.min(self.age)).where(*self._before(now - timedelta(days=days)))
        count, oldest = (await session.execute(query)).one()
        return Old(count, oldest)

    async def delete(self, session: AsyncSession, days: int, now: datetime, limit: int) -> int:
        """Delete up to `limit` rows that are older than so many days; return how many were."""
        # By the key, which needs no sorting of a large table, and under which the oldest usually come first.
        old = select(self.key).where(*self._before(now - timedelta(days=days))).order_by(self.key).limit(limit)
        keys = (await session.scalars(old)).all()
        if keys:
            table = self.key.class_
            await session.execute(
                delete(table).where(self.key.in_(keys), *self.is_over).execution_options(synchronize_session=False)
            )
        return len(keys)

    def _before(self, moment: datetime) -> tuple[ColumnElement[bool], ...]:
        return (self.age < moment, *self.is_over)
