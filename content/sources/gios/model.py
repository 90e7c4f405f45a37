"""What GIOŚ says, in our words. Field names on the wire are Polish; times are Polish local time without an offset."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, NaiveDatetime, Strict, TypeAdapter, ValidationError

from core.clock import WARSAW

R = TypeVar("R", bound=BaseModel)


class Pollutant(StrEnum):
    """The pollutants of the Polish air quality index."""

    PM10 = "pm10"
    PM25 = "pm25"
    NO2 = "no2"
    O3 = "o3"
    SO2 = "so2"
    C6H6 = "c6h6"
    CO = "co"


_CODES = {
    "PM10": Pollutant.PM10,
    "PM2.5": Pollutant.PM25,
    "NO2": Pollutant.NO2,
    "O3": Pollutant.O3,
    "SO2": Pollutant.SO2,
    "C6H6": Pollutant.C6H6,
    "CO": Pollutant.CO,
}
_LEVEL: TypeAdapter[int | None] = TypeAdapter(Annotated[int, Field(ge=0, le=5)] | None)
_TIME: TypeAdapter[datetime | None] = TypeAdapter(NaiveDatetime | None)
_SOURCE_TIME = "Data danych źródłowych, z których policzono wartość indeksu dla wskaźnika {}"


def pollutant_of(code: str) -> Pollutant | None:
    """Return the pollutant of a GIOŚ code („PM2.5”, also „PM2,5”), None when the index does not know it."""
    return _CODES.get(code.upper().replace(",", "."))


class Sensor(BaseModel, frozen=True):
    """One instrument of a station; a station may have two for the same pollutant, one of them read by hand."""

    id: int = Field(alias="Identyfikator stanowiska")
    station_id: int = Field(alias="Identyfikator stacji")
    code: str = Field(alias="Wskaźnik - kod")

    @property
    def pollutant(self) -> Pollutant | None:
        """The pollutant it measures, None when the index does not know it (e.g. NOx)."""
        return pollutant_of(self.code)


def readable(row: type[R], raw: Iterable[Any]) -> list[R]:
    """Return the rows of a list that have the expected shape."""
    rows = []
    for each in raw:
        try:
            rows.append(row.model_validate(each))
        except ValidationError:
            continue
    return rows


class Row(BaseModel):
    """One hour of a sensor as it came: a local time without an offset, a value or none."""

    code: str | None = Field(None, alias="Kod stanowiska")
    local_time: NaiveDatetime = Field(alias="Data")
    value: Annotated[float, Strict()] | None = Field(alias="Wartość")


@dataclass(frozen=True)
class Measurement:
    """The mean of one hour in µg/m³ (carbon monoxide too); `measured_at` is aware UTC."""

    measured_at: datetime
    value: float


@dataclass(frozen=True)
class PartialIndex:
    """The index of one pollutant: level 0 (very good) to 5 (very bad), and the hour of its data in UTC."""

    level: int | None
    data_from: datetime | None


@dataclass(frozen=True)
class Index:
    """The official air quality index of a station; `level` None is „Brak indeksu”; `data_from` in UTC."""

    station_id: int
    level: int | None
    data_from: datetime | None
    critical: str | None
    pollutants: dict[Pollutant, PartialIndex]


def read_index(raw: dict[str, Any]) -> Index:
    """Read the object `AqIndex`.

    The categories' names are not read: their keys are misspelt on the wire, and the level says the same.

    Raises:
        KeyError, pydantic.ValidationError: the object has another shape.
    """
    valid = raw["Status indeksu ogólnego dla stacji pomiarowej"] is not False
    source_time = raw.get(_SOURCE_TIME.format("st")) or raw.get("Data wykonania obliczeń indeksu")
    critical = raw.get("Kod zanieczyszczenia krytycznego")
    partial = {
        pollutant: PartialIndex(
            level=_LEVEL.validate_python(raw[f"Wartość indeksu dla wskaźnika {code}"]),
            data_from=_moment(raw.get(_SOURCE_TIME.format(code))),
        )
        for code, pollutant in _CODES.items()
        if f"Wartość indeksu dla wskaźnika {code}" in raw
    }
    return Index(
        station_id=raw["Identyfikator stacji pomiarowej"],
        level=_LEVEL.validate_python(raw["Wartość indeksu"]) if valid else None,
        data_from=_moment(source_time),
        critical=critical if critical in ("PYL", "OZON") else None,
        pollutants=partial,
    )


def utc_moments(newest_first: Sequence[datetime]) -> list[datetime]:
    """Return local times without an offset as UTC.

    The end of summer time doubles an hour. Of two equal times the newer belongs to the second pass; a single one
    is taken for the first pass, so that no value looks fresher than it may be.
    """
    older = Counter(newest_first)
    moments = []
    for local in newest_first:
        older[local] -= 1
        moments.append(local.replace(tzinfo=WARSAW, fold=int(older[local] > 0)).astimezone(UTC))
    return moments


def _moment(raw: str | None) -> datetime | None:
    local = _TIME.validate_python(raw)
    return utc_moments([local])[0] if local else None
