"""Puts the smog alerts together over the air of the city's station."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from content.sources.gios import Pollutant
from content.topics.air.hours import Hours, mean_of_24_hours
from content.topics.air.norms import load_norms
from content.topics.air.service import AirService
from hub.bootstrap import Foundation
from hub.notifications import staff_notices
from notifier.alerts.air import AirState, Measurement, OfficialNotice
from notifier.alerts.desk import AlertDesk
from notifier.alerts.messages import AlertWriter
from notifier.alerts.rules import AlertRules
from notifier.alerts.rules_file import load_rules
from notifier.alerts.service import AlertService

_HOUR = timedelta(hours=1)
_MEAN_OVER = timedelta(hours=24)


class Alerts:
    """Follows the air of the city, and takes staff's decisions about what is held."""

    def __init__(self, base: Foundation) -> None:
        rules = load_rules(base.city.folder)
        self.rules = rules
        self.writer = AlertWriter(rules, base.texts, base.city)
        self.air = StationAir(base.sources.air, rules)
        service = AlertService(rules, self.writer, base.clock, allow_sample=base.settings.is_demo)
        self.desk = AlertDesk(base.database, base.redis, base.clock, rules, service)
        self._notices = staff_notices(base)

    async def run(self) -> None:
        """Evaluate what is new, send what is due, and ask a person about what is held."""
        await self.desk.run(self.air, self._notices.say)


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
        hours = await self._hours(self._pollutants, first, newest, sample=snapshot.sample)
        notices = tuple(
            OfficialNotice(
                notice.kind.value,
                notice.pollutant.value if notice.pollutant else None,
                notice.norm,
                notice.at,
                notice.precautions,
            )
            for notice in await self._air.notices()
        )
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

    async def stored(self, first: datetime, last: datetime) -> Sequence[AirState]:
        """Return measured hours for a replay; the index, which is not stored, is worked out from its bands."""
        indexed = [pollutant for pollutant in Pollutant if load_norms().band_bounds(pollutant)]
        hours = await self._hours(indexed, first, last, sample=False)
        zone = str(self._air.station.id)
        return [
            AirState(zone, at, (*measured, Measurement("index", "1h", _index(hours, at))))
            for at in _hourly(first, last)
            if (measured := _measurements(hours, at))
        ]

    async def _hours(
        self, pollutants: Sequence[Pollutant], first: datetime, last: datetime, *, sample: bool
    ) -> Mapping[Pollutant, Hours]:
        since = first - _MEAN_OVER
        return {each: await self._air.hours(each, since, last, sample=sample) for each in pollutants}


def _measurements(hours: Mapping[Pollutant, Hours], at: datetime) -> list[Measurement]:
    found = []
    for pollutant, values in hours.items():
        if at in values:
            found.append(Measurement(pollutant.value, "1h", values[at]))
            if mean := mean_of_24_hours(values, at):
                found.append(Measurement(pollutant.value, "24h", mean.mean))
    return found


def _index(hours: Mapping[Pollutant, Hours], at: datetime) -> int:
    """Return the worst level of an hour by the bands of the index; a bound belongs to the better level."""
    bounds = load_norms().band_bounds
    return max(bisect_left(bounds(pollutant), values[at]) for pollutant, values in hours.items() if at in values)


def _hourly(first: datetime, last: datetime) -> list[datetime]:
    return [first + _HOUR * step for step in range(int((last - first) / _HOUR) + 1)]
