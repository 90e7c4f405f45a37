"""What is known of the air at one moment, and how long it may be shown."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content.sources.gios import Pollutant

STALE_AFTER = timedelta(hours=3)
"""Older data are shown with a warning."""

EXPIRES_AFTER = timedelta(hours=24)
"""Older data are no longer shown as current."""


@dataclass(frozen=True)
class Reading:
    """The newest hourly mean of one pollutant in µg/m³, with its own official index level when that is known."""

    pollutant: Pollutant
    value: float
    measured_at: datetime
    level: int | None = None


@dataclass(frozen=True)
class Snapshot:
    """The official index of a station (0 very good to 5 very bad, None: no index) and its readings; times in UTC.

    `critical` is the code of GIOŚ for the pollutant that decides (PYL, OZON); `sample` marks data that are no
    measurement.
    """

    station_id: int
    level: int | None
    index_at: datetime | None
    critical: str | None
    readings: tuple[Reading, ...]
    fetched_at: datetime
    sample: bool

    @property
    def measured_at(self) -> datetime | None:
        """The hour of the index, or of the newest reading when there is no index; None when nothing is known."""
        if self.level is not None:
            return self.index_at
        return max((reading.measured_at for reading in self.readings), default=None)

    def reading(self, pollutant: str) -> Reading | None:
        """Return the reading of a pollutant given by its id."""
        return next((reading for reading in self.readings if reading.pollutant == pollutant), None)

    def unexpired(self, now: datetime) -> "Snapshot":
        """Return the snapshot without everything that is too old to be shown as current."""
        oldest = now - EXPIRES_AFTER
        known = self.level is not None and self.index_at is not None and self.index_at >= oldest
        return replace(
            self,
            level=self.level if known else None,
            critical=self.critical if known else None,
            readings=tuple(reading for reading in self.readings if reading.measured_at >= oldest),
        )
