"""Charts of one pollutant hour by hour: made for an answer, and made again for whoever fetches the picture."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from content.answer import Chart, ChartBand, ChartLimit, ChartPoint
from content.format import decimal, polish_moment, sentence_start
from content.pack import City
from content.sources.gios import Pollutant
from content.texts import Texts
from content.topics.air.hours import Hours, summary
from content.topics.air.norms import load_norms
from content.topics.air.service import AirService

LONGEST = timedelta(days=7)
"""The longest time that still can be read hour by hour."""

_UNIT = "µg/m³"
_LEAST_HOURS = 6
_HOUR = timedelta(hours=1)
# The line across the chart, by pollutant; the wording says over which time the norm is taken.
_LINES = {Pollutant.PM10: "pm10_day", Pollutant.O3: "o3_information"}
_TIME = "%Y%m%d%H"
_KEY = re.compile(r"air-(?P<pollutant>[a-z0-9]+)-(?P<first>\d{10})-(?P<last>\d{10})(?P<sample>-sample)?-[0-9a-f]{8}")


class AirCharts:
    """Draws the stored hours of the city's station."""

    def __init__(self, air: AirService, texts: Texts, city: City) -> None:
        self._air = air
        self._say = texts["air_quality_now"].say
        self._city = city
        self._norms = load_norms()

    async def chart(self, key: str) -> Chart | None:
        """Return the chart a key of an answer names, with the data of today; None when there is none such."""
        match = _KEY.fullmatch(key)
        if match is None or match["pollutant"] not in list(Pollutant):
            return None
        try:
            first, last = (datetime.strptime(match[name], _TIME).replace(tzinfo=UTC) for name in ("first", "last"))
        except ValueError:
            return None
        if not timedelta() <= last - first <= LONGEST:
            return None
        pollutant, sample = Pollutant(match["pollutant"]), match["sample"] is not None
        return self.of(pollutant, await self._air.hours(pollutant, first, last, sample=sample), sample=sample)

    def of(self, pollutant: Pollutant, hours: Hours, *, sample: bool) -> Chart | None:
        """Return the chart of some hours from the first to the last, None when they are too few or too far apart."""
        found = summary(hours)
        if found is None or found.count < _LEAST_HOURS or max(hours) - min(hours) > LONGEST:
            return None
        points = tuple(_points(hours))
        line = _LINES.get(pollutant)
        label = self._say(f"chart_limit_{line}") if line else None
        fields = {
            "pollutant": self._say(f"short_{pollutant}"),
            "first": polish_moment(points[0].at),
            "last": polish_moment(points[-1].at),
        }
        missing = sum(point.value is None for point in points)
        title = self._say("chart_title", city=self._city, **fields)
        description = self._say(
            "chart_description",
            low=decimal(found.low.value),
            low_at=polish_moment(found.low.at),
            high=decimal(found.high.value),
            high_at=polish_moment(found.high.at),
            newest=decimal(hours[max(hours)]),
            gaps=self._say("chart_gaps", count=missing) if missing else "",
            limit=self._say("chart_limit", limit=label) if label else "",
            **fields,
        )
        station = self._city.air_station.name
        return Chart(
            key=_key(pollutant, points, sample=sample),
            title=sentence_start(title),
            description=description,
            unit=_UNIT,
            points=points,
            source=self._say("chart_sample") if sample else self._say("chart_source", station=station),
            limit=ChartLimit(label, self._norms.norm(line).value) if line and label else None,
            bands=tuple(self._bands(pollutant)),
        )

    def _bands(self, pollutant: Pollutant) -> Iterator[ChartBand]:
        bounds = (*self._norms.band_bounds(pollutant), None)
        for level, upper in enumerate(bounds if len(bounds) > 1 else ()):
            yield ChartBand(self._say(f"level_{level}").lower(), upper)


def _points(hours: Hours) -> Iterator[ChartPoint]:
    at, last = min(hours), max(hours)
    while at <= last:
        yield ChartPoint(at, hours.get(at))
        at += _HOUR


def _key(pollutant: Pollutant, points: tuple[ChartPoint, ...], *, sample: bool) -> str:
    data = ";".join(str(point.value) for point in points).encode()
    version = blake2b(data, digest_size=4).hexdigest()
    first, last = points[0].at, points[-1].at
    return f"air-{pollutant}-{first:{_TIME}}-{last:{_TIME}}{'-sample' if sample else ''}-{version}"
