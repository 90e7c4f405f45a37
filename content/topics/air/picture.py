"""Everything that is known of the air now, gathered once for an answer, the page and the open data."""

from dataclasses import dataclass
from datetime import timedelta

from content.sources.gios import Pollutant
from content.topics.air.hours import Hours, Summary, Trend, mean_of_24_hours, trend
from content.topics.air.notices import Notice
from content.topics.air.service import AirService
from content.topics.air.snapshot import Snapshot

_SHOWN = timedelta(hours=23)
_OZONE = "OZON"


@dataclass(frozen=True)
class Picture:
    """The snapshot with the mean of PM10 over 24 hours, and the last day of the pollutant that matters most.

    `lead` is that pollutant: the asked one, else ozone when it decides the index, else PM10.
    """

    snapshot: Snapshot
    notices: tuple[Notice, ...]
    pm10_mean: Summary | None
    lead: Pollutant
    hours: Hours
    trend: Trend | None


async def picture_of(air: AirService, snapshot: Snapshot, asked: str | None = None) -> Picture:
    """Return what is known besides a snapshot; `asked` is the id of the pollutant a resident named."""
    lead = Pollutant(asked) if asked else Pollutant.O3 if snapshot.critical == _OZONE else Pollutant.PM10
    hours = await _last_day(air, snapshot, lead)
    pm10 = hours if lead is Pollutant.PM10 else await _last_day(air, snapshot, Pollutant.PM10)
    return Picture(
        snapshot,
        await air.notices(),
        mean_of_24_hours(pm10, max(pm10)) if pm10 else None,
        lead,
        hours,
        trend(hours, max(hours)) if hours else None,
    )


async def _last_day(air: AirService, snapshot: Snapshot, pollutant: Pollutant) -> Hours:
    """Return the 24 hours that end with the snapshot's reading, none when there is no reading."""
    reading = snapshot.reading(pollutant)
    if reading is None:
        return {}
    end = reading.measured_at
    hours = await air.hours(pollutant, end - _SHOWN, end, sample=snapshot.sample)
    # The newest value is the snapshot's own, so that one answer never says two things.
    return {**hours, end: reading.value}
