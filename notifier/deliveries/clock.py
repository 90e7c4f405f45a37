"""Whose clock counts for leases."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.database import UtcDateTime


async def server_time(session: AsyncSession, local: datetime) -> datetime:
    """Return the time of the server that all workers share, or `local` where the database is a file beside us."""
    if session.get_bind().dialect.name == "sqlite":
        return local
    return (await session.execute(select(func.now(type_=UtcDateTime())))).scalar_one()
