"""What GIOŚ itself says about limits: daily means of PM10 and notices that a level was exceeded."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field, NaiveDatetime

from content.sources.gios.model import Pollutant, pollutant_of, readable
from core.clock import WARSAW
from core.text import fold

_SENSOR_CODE = re.compile(r"[^-]+-(?P<pollutant>[^-]+)-")
_LONGEST_TEXT = 300


class ExceedanceKind(StrEnum):
    """Which level was exceeded, the gravest first; `OTHER` is a norm that we do not know."""

    ALERT = "alert"
    INFORMATION = "information"
    LIMIT = "limit"
    TARGET = "target"
    OTHER = "other"


# Words of the field „Typ normy”, without Polish letters.
_KIND_WORDS = {
    "alarmow": ExceedanceKind.ALERT,
    "informowani": ExceedanceKind.INFORMATION,
    "dopuszczaln": ExceedanceKind.LIMIT,
    "docelow": ExceedanceKind.TARGET,
}


class Exceedance(BaseModel, frozen=True, str_strip_whitespace=True):
    """An official notice that a level was exceeded, in the words of GIOŚ; `local_time` is Polish time."""

    norm: str = Field(alias="Typ normy", max_length=_LONGEST_TEXT)
    zone: str = Field(alias="Strefa", max_length=_LONGEST_TEXT)
    local_time: NaiveDatetime = Field(alias="Data i godzina")
    sensor_code: str | None = Field(None, alias="Stanowisko pomiarowe", max_length=100)
    highest: Annotated[float, Field(ge=0, le=3000)] | None = Field(None, alias="Wartość maksymalnego stężenia (µg/m3)")
    precautions: str | None = Field(None, alias="Zalecane środki ostrożności")

    @property
    def at(self) -> datetime:
        """The moment it speaks of, in UTC; of the doubled hour in October the first pass."""
        return self.local_time.replace(tzinfo=WARSAW).astimezone(UTC)

    @property
    def kind(self) -> ExceedanceKind:
        """Which level was exceeded, by the words of the norm."""
        norm = fold(self.norm)
        return next((kind for word, kind in _KIND_WORDS.items() if word in norm), ExceedanceKind.OTHER)

    @property
    def pollutant(self) -> Pollutant | None:
        """The pollutant, as the code of the instrument names it."""
        match = _SENSOR_CODE.match(self.sensor_code or "")
        return pollutant_of(match["pollutant"]) if match else None


@dataclass(frozen=True)
class DayMean:
    """The mean of PM10 over a Polish calendar day as GIOŚ computed it, in µg/m³."""

    day: date
    value: float


class DayMeanRow(BaseModel):
    """One row of the list of daily aggregates; a day may still lack its mean."""

    sensor_code: str = Field(alias="Kod stanowiska")
    local_time: NaiveDatetime = Field(alias="Data")
    mean: Annotated[float, Field(ge=0, le=3000)] | None = Field(alias="Średnia 24-godzinna z wyników 1-godzinnych")


def read_exceedances(raw: list[Any]) -> tuple[tuple[Exceedance, ...], int]:
    """Return the readable notices and how many were not."""
    notices = readable(Exceedance, raw)
    return tuple(notices), len(raw) - len(notices)


def read_day_means(raw: list[Any], station_code: str, today: date) -> tuple[tuple[DayMean, ...], int]:
    """Return the means of a station's past days and how many rows could not be read; today is not over yet."""
    rows, ours = readable(DayMeanRow, raw), f"{station_code}-{Pollutant.PM10.upper()}-"
    means = (
        DayMean(row.local_time.date(), row.mean)
        for row in rows
        if row.mean is not None and row.sensor_code.startswith(ours) and row.local_time.date() < today
    )
    return tuple(means), len(raw) - len(rows)
