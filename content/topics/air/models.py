"""Tables of the air topic: the last good snapshot of a station."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
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
