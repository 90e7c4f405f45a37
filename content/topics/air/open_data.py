"""The air as open data: what the city itself shows, as JSON, with source and times."""

from typing import Any

from content.format import iso
from content.pack import City
from content.texts import Texts
from content.topics.air.hours import Summary, Trend
from content.topics.air.notices import Notice
from content.topics.air.picture import picture_of
from content.topics.air.service import AirService
from content.topics.air.snapshot import STALE_AFTER, Snapshot
from content.topics.air.voice import GIOS_URL
from core.clock import Clock


class AirOpenData:
    """Returns the JSON of the air; times carry the Polish offset, concentrations are in µg/m³."""

    def __init__(self, air: AirService, texts: Texts, city: City, clock: Clock) -> None:
        self._air = air
        self._say = texts["air_quality_now"].say
        self._station = city.air_station
        self._clock = clock

    async def json(self) -> dict[str, Any]:
        """Return index, readings, mean of PM10, trend and notices; without current data they are null and empty."""
        snapshot = await self._air.current()
        picture = await picture_of(self._air, snapshot) if snapshot else None
        notices = picture.notices if picture else await self._air.notices()
        return {
            "station": self._station_json(),
            "measured_at": iso(snapshot.measured_at if snapshot else None),
            "stale": self._is_stale(snapshot),
            "index": self._index(snapshot),
            "readings": _readings(snapshot),
            "pm10_mean_24h": _mean(picture.pm10_mean) if picture and picture.pm10_mean else None,
            "trend": {"pollutant": picture.lead, **_trend(picture.trend)} if picture and picture.trend else None,
            "notices": [_notice(notice) for notice in notices],
            "source": {
                "name": "GIOŚ",
                "url": GIOS_URL,
                "verified": False,
                "sample": bool(snapshot and snapshot.sample),
            },
        }

    def _station_json(self) -> dict[str, Any]:
        station = self._station
        position = {"lat": station.position.lat, "lon": station.position.lon}
        return {"id": station.id, "code": station.code, "name": station.name, **position}

    def _is_stale(self, snapshot: Snapshot | None) -> bool:
        measured_at = snapshot.measured_at if snapshot else None
        return measured_at is not None and self._clock.now() - measured_at > STALE_AFTER

    def _index(self, snapshot: Snapshot | None) -> dict[str, Any] | None:
        if snapshot is None or snapshot.level is None:
            return None
        return {"level": snapshot.level, "name": self._say(f"level_{snapshot.level}")}


def _readings(snapshot: Snapshot | None) -> list[dict[str, Any]]:
    return [
        {
            "pollutant": reading.pollutant,
            "value": reading.value,
            "unit": "µg/m³",
            "averaging": "1h",
            "measured_at": iso(reading.measured_at),
            "level": reading.level,
        }
        for reading in (snapshot.readings if snapshot else ())
    ]


def _mean(mean: Summary) -> dict[str, Any]:
    return {"value": round(mean.mean, 1), "unit": "µg/m³", "averaging": "24h", "hours": mean.count, "computed": True}


def _trend(trend: Trend) -> dict[str, Any]:
    ends = {"from": trend.first, "to": trend.last}
    points = {name: {"value": end.value, "measured_at": iso(end.at)} for name, end in ends.items()}
    return {"direction": trend.direction, **points}


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "pollutant": notice.pollutant,
        "norm": notice.norm,
        "at": iso(notice.at),
        "highest": notice.highest,
        "precautions": notice.precautions,
    }
