"""How each source of live data is doing: when it last gave something usable, and what went wrong since.

One row a source, for the people who look after the product. The source records it in the unit of work that stores what
it brought, so that the record never claims more than the database holds.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from core.errors import SourceError

_ERROR_LENGTH = 500


class SourceStatus(Base):
    """The state of one source; moments in UTC.

    `as_of` is the source's own time of the newest data, `rows` and `rejected` are counted in the last success, and
    `failures` in a row since then; `last_error`, the class of the error and its text, stays as a trace after the source
    has recovered.
    """

    __tablename__ = "source_statuses"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last_success_at: Mapped[datetime | None]
    as_of: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    last_error_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(_ERROR_LENGTH))
    failures: Mapped[int] = mapped_column(default=0)


async def record_success(
    session: AsyncSession, name: str, as_of: datetime | None, rows: int, rejected: int, now: datetime
) -> None:
    """Record that a source gave `rows` usable rows, besides `rejected` ones that were refused."""
    status = await _status(session, name)
    status.last_success_at, status.as_of = now, as_of
    status.rows, status.rejected, status.failures = rows, rejected, 0
    await session.flush()


async def record_failure(session: AsyncSession, name: str, error: SourceError, now: datetime) -> None:
    """Record that a source gave nothing usable; the error's text must hold no address, token or personal data."""
    status = await _status(session, name)
    status.last_error_at, status.last_error = now, f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
    status.failures += 1
    await session.flush()


async def statuses(session: AsyncSession) -> Sequence[SourceStatus]:
    """Return the state of every source that was ever asked, by name."""
    return (await session.scalars(select(SourceStatus).order_by(SourceStatus.name))).all()


async def _status(session: AsyncSession, name: str) -> SourceStatus:
    status = await session.get(SourceStatus, name, with_for_update=True)
    if status is None:
        status = SourceStatus(name=name, rows=0, rejected=0, failures=0)
        session.add(status)
    return status
