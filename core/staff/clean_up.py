"""Forgetting what no longer counts: sessions that are over, wrong tries of long ago."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.staff import repository, tries
from core.staff.sessions import IDLE


async def purge(session: AsyncSession, now: datetime) -> None:
    """Delete sessions that are over and tries that no longer slow anybody down."""
    await repository.purge_sessions(session, now, now - IDLE)
    await tries.purge(session, now)
