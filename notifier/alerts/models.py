"""Tables of smog alerts."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity


class AlertEpisodeRow(Base):
    """Bad air at a station from the first bad reading to the all-clear; one runs per station at a time.

    `level` and `last_level_at` are of the last reading, `alerted_level` and `alerted_on` (Polish day) of the last
    alert; `sample` marks an episode of data that are no measurement.
    """

    __tablename__ = "alert_episodes"
    __table_args__ = (
        Index(
            "uq_alert_episodes_running",
            "station_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    station_id: Mapped[int]
    sample: Mapped[bool]
    level: Mapped[int]
    started_at: Mapped[datetime]
    last_level_at: Mapped[datetime]
    calm_readings: Mapped[int]
    alerted_level: Mapped[int]
    alerted_on: Mapped[date]
    ended_at: Mapped[datetime | None]
