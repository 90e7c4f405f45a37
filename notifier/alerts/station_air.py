"""The air of the city's station as the alerts read it: hours just measured, and hours of the past."""

import asyncio
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from content.sources.gios import Pollutant
from content.topics.air.hours import Hours, mean_of_24_hours
from content.topics.air.norms import load_norms
from content.topics.air.repository import load_hours
from content.topics.air.service import AirService
from core.database import Database
from notifier.alerts.air import AirState, Measurement
from notifier.alerts.rules import AlertRules

_HOUR = timedelta(hours=1)
_MEAN_OVER = timedelta(hours=24)

HoursOf = Mapping[Pollutant, Hours]


class StationAir:
    """Reads the stored air of the city's station; the index is known only for the newest hour."""

    def __init__(self, air: AirService, rules: AlertRules) -> None:
        self._air = air
        named = {rule.pollutant for rule in rules.rules} - {"index"}
        self._pollutants = [Pollutant(name) for name in sorted(named)]

    async def __call__(self, since: datetime | None) -> Sequence[AirState]:
        """Return the hours after `since`, the oldest first; see AirSource."""
        snapshot = await self._air.latest()
        newest = snapshot.measured_at if snapshot else None
        if snapshot is None or newest is None:
            return ()
        first = newest if since is None else min(since + _HOUR, newest)
        hours = await self._hours(first, newest, sample=snapshot.sample)
        notices = await self._air.notices()
        index = [] if snapshot.level is None else [Measurement("index", "1h", snapshot.level)]
        return [
            AirState(
                str(snapshot.station_id),
                at,
                (*_measurements(hours, at), *(index if at == newest else [])),
                notices if at == newest else (),
                snapshot.sample,
            )
            for at in _hourly(first, newest)
        ]

    async def _hours(self, first: datetime, last: datetime, *, sample: bool) -> HoursOf:
        since = first - _MEAN_OVER
        return {each: await self._air.hours(each, since, last, sample=sample) for each in self._pollutants}


class StoredAir:
    """Reads past hours of a station; `samples` allows those of the demo where nothing was measured."""

    def __init__(self, database: Database, station_id: int, *, samples: bool) -> None:
        self._database = database
        self._station_id = station_id
        self._samples = samples
        self._pollutants = [pollutant for pollutant in Pollutant if load_norms().band_bounds(pollutant)]

    async def __call__(self, first: datetime, last: datetime) -> Sequence[AirState]:
        """Return the hours from `first` to `last`; the index, which is not stored, is worked out from its bands."""
        measured = await self._states(first, last, sample=False)
        return measured or (await self._states(first, last, sample=True) if self._samples else [])

    async def _states(self, first: datetime, last: datetime, *, sample: bool) -> list[AirState]:
        async with self._database.read() as session:
            hours = {
                each: await load_hours(session, self._station_id, each, first - _MEAN_OVER, last, sample=sample)
                for each in self._pollutants
            }
        # A long period takes a second of work, which nobody else shall wait for.
        return await asyncio.to_thread(_states, str(self._station_id), hours, first, last, sample=sample)


def _states(zone: str, hours: HoursOf, first: datetime, last: datetime, *, sample: bool) -> list[AirState]:
    return [
        AirState(zone, at, (*measured, Measurement("index", "1h", _index(hours, at))), sample=sample)
        for at in _hourly(first, last)
        if (measured := _measurements(hours, at))
    ]


def _measurements(hours: HoursOf, at: datetime) -> list[Measurement]:
    day = [at - _HOUR * ago for ago in range(24)]
    found = []
    for pollutant, values in hours.items():
        if at in values:
            found.append(Measurement(pollutant.value, "1h", values[at]))
            # Only the hours of the mean, because a replay asks for it of every hour.
            if mean := mean_of_24_hours({hour: values[hour] for hour in day if hour in values}, at):
                found.append(Measurement(pollutant.value, "24h", mean.mean))
    return found


def _index(hours: HoursOf, at: datetime) -> int:
    """Return the worst level of an hour by the bands of the index; a bound belongs to the better level."""
    bounds = load_norms().band_bounds
    return max(bisect_left(bounds(pollutant), values[at]) for pollutant, values in hours.items() if at in values)


def _hourly(first: datetime, last: datetime) -> list[datetime]:
    return [first + _HOUR * step for step in range(int((last - first) / _HOUR) + 1)]
