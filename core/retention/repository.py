"""Queries on the periods that staff set."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.retention.models import PeriodRow


async def periods(session: AsyncSession) -> Sequence[PeriodRow]:
    """Return every period that was set."""
    return (await session.scalars(select(PeriodRow))).all()


async def locked(session: AsyncSession, kind: str) -> PeriodRow | None:
    """Return the period of a kind; others who change it wait until the unit of work ends."""
    return await session.scalar(select(PeriodRow).where(PeriodRow.kind == kind).with_for_update())
