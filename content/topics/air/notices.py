"""Official notices of exceedances: which of them concern the city, and for how long they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from content.pack import AirStation
from content.plain_text import quoted
from content.sources.gios import Exceedance, ExceedanceKind, Pollutant

VALID_FOR = timedelta(hours=24)
"""A notice names no end, so it is shown for a day from its own time; GIOŚ repeats it while the exceedance lasts."""

_GRAVEST_FIRST = tuple(ExceedanceKind)


@dataclass(frozen=True)
class Notice:
    """A notice as it is shown: what was exceeded, by what, when (UTC), and what GIOŚ advises."""

    kind: ExceedanceKind
    pollutant: Pollutant | None
    norm: str
    at: datetime
    highest: float | None
    precautions: str | None

    def is_valid(self, now: datetime) -> bool:
        """Whether the notice is still shown."""
        return now - self.at <= VALID_FOR


def concerning(exceedances: Iterable[Exceedance], station: AirStation, now: datetime) -> tuple[Notice, ...]:
    """Return the valid notices about the station or its zone, the gravest first, one of each kind and pollutant."""
    notices: dict[tuple[ExceedanceKind, Pollutant | None], Notice] = {}
    for exceedance in sorted(exceedances, key=lambda found: found.at, reverse=True):
        if _is_about(exceedance, station) and (notice := _notice(exceedance)).is_valid(now):
            notices.setdefault((notice.kind, notice.pollutant), notice)
    return tuple(sorted(notices.values(), key=lambda notice: _GRAVEST_FIRST.index(notice.kind)))


def _is_about(exceedance: Exceedance, station: AirStation) -> bool:
    by_station = (exceedance.sensor_code or "").startswith(f"{station.code}-")
    return by_station or exceedance.zone.casefold().endswith(station.zone.casefold())


def _notice(exceedance: Exceedance) -> Notice:
    return Notice(
        exceedance.kind,
        exceedance.pollutant,
        quoted(exceedance.norm),
        exceedance.at,
        exceedance.highest,
        quoted(exceedance.precautions) if exceedance.precautions else None,
    )
