"""Queries of the air topic."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from content.sources.gios import Pollutant
from content.topics.air.models import AirReading, AirSnapshot
from content.topics.air.snapshot import Reading, Snapshot


async def load_snapshot(session: AsyncSession, station_id: int) -> Snapshot | None:
    """Return the last good snapshot of a station."""
    row = await session.get(AirSnapshot, station_id, options=[selectinload(AirSnapshot.readings)])
    if row is None:
        return None
    readings = tuple(Reading(Pollutant(r.pollutant), r.value, r.measured_at, r.level) for r in row.readings)
    return Snapshot(row.station_id, row.level, row.index_at, row.critical, readings, row.fetched_at, row.sample)


async def save_snapshot(session: AsyncSession, snapshot: Snapshot) -> None:
    """Replace the snapshot of its station, readings and all."""
    readings = [
        AirReading(
            station_id=snapshot.station_id,
            pollutant=reading.pollutant.value,
            position=position,
            value=reading.value,
            measured_at=reading.measured_at,
            level=reading.level,
        )
        for position, reading in enumerate(snapshot.readings)
    ]
    await session.merge(
        AirSnapshot(
            station_id=snapshot.station_id,
            level=snapshot.level,
            index_at=snapshot.index_at,
            critical=snapshot.critical,
            fetched_at=snapshot.fetched_at,
            sample=snapshot.sample,
            readings=readings,
        )
    )
    await session.flush()
