"""Queries of the air topic."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from content.sources.gios import DayMean, ExceedanceKind, Measurement, Pollutant
from content.topics.air.hours import Hours
from content.topics.air.models import AirDayMean, AirHour, AirNotice, AirReading, AirSnapshot
from content.topics.air.notices import Notice
from content.topics.air.snapshot import Reading, Snapshot
from core.database import insert_into


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


async def save_hours(
    session: AsyncSession, station_id: int, hours: Mapping[Pollutant, Iterable[Measurement]], *, sample: bool
) -> None:
    """Store hours; a known hour takes the new value, for GIOŚ corrects its data."""
    rows = [
        {
            "station_id": station_id,
            "pollutant": pollutant.value,
            "sample": sample,
            "measured_at": measurement.measured_at,
            "value": measurement.value,
        }
        for pollutant, measurements in hours.items()
        for measurement in measurements
    ]
    if rows:
        await _upsert(session, AirHour, rows)


async def forget_samples(session: AsyncSession, station_id: int) -> None:
    """Delete the sample hours of a station."""
    await session.execute(delete(AirHour).where(AirHour.station_id == station_id, AirHour.sample))


async def load_hours(
    session: AsyncSession, station_id: int, pollutant: Pollutant, since: datetime, until: datetime, *, sample: bool
) -> Hours:
    """Return the hours of a pollutant from `since` to `until`, both included."""
    query = (
        select(AirHour.measured_at, AirHour.value)
        .where(AirHour.station_id == station_id, AirHour.pollutant == pollutant.value, AirHour.sample == sample)
        .where(AirHour.measured_at >= since, AirHour.measured_at <= until)
        .order_by(AirHour.measured_at)
    )
    return dict((await session.execute(query)).all())


async def first_hour(session: AsyncSession, station_id: int, pollutant: Pollutant, *, sample: bool) -> datetime | None:
    """Return the oldest stored hour of a pollutant."""
    query = select(func.min(AirHour.measured_at)).where(
        AirHour.station_id == station_id, AirHour.pollutant == pollutant.value, AirHour.sample == sample
    )
    return await session.scalar(query)


async def save_day_means(session: AsyncSession, station_id: int, means: Iterable[DayMean]) -> None:
    """Store official means of days; a known day takes the new value."""
    rows = [{"station_id": station_id, "day": mean.day, "value": mean.value} for mean in means]
    if rows:
        await _upsert(session, AirDayMean, rows)


async def load_day_means(session: AsyncSession, station_id: int, first: date, last: date) -> dict[date, float]:
    """Return the official means of the days from `first` to `last`, both included."""
    query = select(AirDayMean.day, AirDayMean.value).where(
        AirDayMean.station_id == station_id, AirDayMean.day >= first, AirDayMean.day <= last
    )
    return dict((await session.execute(query)).all())


async def replace_notices(session: AsyncSession, station_id: int, notices: Iterable[Notice]) -> None:
    """Replace the notices of a station."""
    await session.execute(delete(AirNotice).where(AirNotice.station_id == station_id))
    session.add_all(
        AirNotice(
            station_id=station_id,
            position=position,
            kind=notice.kind.value,
            pollutant=notice.pollutant.value if notice.pollutant else None,
            norm=notice.norm,
            at=notice.at,
            highest=notice.highest,
            precautions=notice.precautions,
        )
        for position, notice in enumerate(notices)
    )
    await session.flush()


async def load_notices(session: AsyncSession, station_id: int) -> tuple[Notice, ...]:
    """Return the stored notices of a station, the gravest first."""
    query = select(AirNotice).where(AirNotice.station_id == station_id).order_by(AirNotice.position)
    return tuple(
        Notice(
            ExceedanceKind(row.kind),
            Pollutant(row.pollutant) if row.pollutant else None,
            row.norm,
            row.at,
            row.highest,
            row.precautions,
        )
        for row in await session.scalars(query)
    )


async def purge(session: AsyncSession, before: datetime) -> None:
    """Delete hours and days older than `before`."""
    await session.execute(delete(AirHour).where(AirHour.measured_at < before))
    await session.execute(delete(AirDayMean).where(AirDayMean.day < before.date()))


async def _upsert(session: AsyncSession, table: type[AirHour | AirDayMean], rows: list[dict[str, Any]]) -> None:
    insert = insert_into(session, table)
    keys = [column.name for column in table.__table__.primary_key]
    update = insert.on_conflict_do_update(index_elements=keys, set_={"value": insert.excluded.value})
    # The rows go beside the statement: as a part of it they would make each one a statement of its own to compile.
    await session.execute(update, rows)
