"""Queries on smog episodes."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.alerts.models import AlertEpisodeRow


async def running_episode(session: AsyncSession, station_id: int) -> AlertEpisodeRow | None:
    """Return the running episode of a station, locked until the unit of work ends."""
    query = select(AlertEpisodeRow).where(AlertEpisodeRow.station_id == station_id, AlertEpisodeRow.ended_at.is_(None))
    return await session.scalar(query.with_for_update())


async def open_episode(session: AsyncSession, episode: AlertEpisodeRow) -> bool:
    """Store a new episode; False when another process opened one for the station at the same time."""
    try:
        async with session.begin_nested():
            session.add(episode)
    except IntegrityError:
        return False
    return True
