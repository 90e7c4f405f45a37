"""Tables of the air topic: the last good snapshot of a station, its hours and days, and the notices of GIOŚ."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base


class AirSnapshot(Base):
    """The last good answer of GIOŚ about a station."""

    __tablename__ = "air_snapshots"

    station_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[int | None]
    index_at: Mapped[datetime | None]
    critical: Mapped[str | None] = mapped_column(String(32))
    fetched_at: Mapped[datetime]
    sample: Mapped[bool]
    readings: Mapped[list["AirReading"]] = relationship(cascade="all, delete-orphan", order_by="AirReading.position")


class AirReading(Base):
    """The newest hourly mean of one pollutant, in µg/m³."""

    __tablename__ = "air_readings"

    station_id: Mapped[int] = mapped_column(
        ForeignKey("air_snapshots.station_id", ondelete="CASCADE"), primary_key=True
    )
    pollutant: Mapped[str] = mapped_column(String(16), primary_key=True)
    position: Mapped[int]
    value: Mapped[float]
    measured_at: Mapped[datetime]
    level: Mapped[int | None]


class AirHour(Base):
    """The mean of one hour in µg/m³; samples of the demo stand beside measurements and are never mixed with them."""

    __tablename__ = "air_hours"
    __table_args__ = (Index("ix_air_hours_measured_at", "measured_at"),)

    station_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pollutant: Mapped[str] = mapped_column(String(16), primary_key=True)
    sample: Mapped[bool] = mapped_column(primary_key=True)
    measured_at: Mapped[datetime] = mapped_column(primary_key=True)
    value: Mapped[float]


class AirDayMean(Base):
    """The mean of PM10 over a Polish calendar day in µg/m³, as GIOŚ computed it."""

    __tablename__ = "air_day_means"

    station_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[float]


class AirNotice(Base):
    """An official notice about the city's zone; `position` orders them, the gravest first."""

    __tablename__ = "air_notices"

    station_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))
    pollutant: Mapped[str | None] = mapped_column(String(16))
    norm: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    highest: Mapped[float | None]
    precautions: Mapped[str | None] = mapped_column(String(300))
