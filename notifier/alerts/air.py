"""What alerts need to know of the air of an hour, and where they get it from."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from content.topics.air.notices import Notice

Averaging = Literal["1h", "24h"]
Measure = tuple[str, Averaging]
"""What is measured, e.g. ("pm10", "24h"); the official index is ("index", "1h")."""


@dataclass(frozen=True)
class Measurement:
    """A mean in µg/m³, or the official index from 0 (very good) to 5 (very bad)."""

    pollutant: str
    averaging: Averaging
    value: float

    @property
    def measure(self) -> Measure:
        """Return what was measured."""
        return self.pollutant, self.averaging


@dataclass(frozen=True)
class AirState:
    """What was measured in a zone for one hour, and the notices that were valid then.

    `measured_at` (UTC) ends the hour, and every mean; a value of another hour does not belong here. `sample` marks data
    that are no measurement.
    """

    zone: str
    measured_at: datetime
    measurements: tuple[Measurement, ...]
    notices: tuple[Notice, ...] = ()
    sample: bool = False

    def value(self, measure: Measure) -> float | None:
        """Return what was measured, None when it was not."""
        return next((each.value for each in self.measurements if each.measure == measure), None)


AirSource = Callable[[datetime | None], Awaitable[Sequence[AirState]]]
"""Returns the hours after a moment, the oldest first; without a moment only the newest known, however old."""

StoredAir = Callable[[datetime, datetime], Awaitable[Sequence[AirState]]]
"""Returns the known hours from a first to a last one, the oldest first, both included."""
