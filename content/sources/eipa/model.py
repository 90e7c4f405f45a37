"""Rows of the register as published; only the fields the product uses, each of the type the register documents.

Joins: operator.id ← pool.operator_id, pool.id ← station.pool_id, station.id ← point.station_id, and point.code ←
dynamic.code (some operators' stations get new ids at every import, codes of points stay).
"""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field, TypeAdapter

_MOST_POWERFUL_KW = 1000
_MOMENT = TypeAdapter[datetime](AwareDatetime)


class Export(StrEnum):
    """The files of the register; only the dynamic one changes within the day."""

    DICTIONARY = "dictionary"
    OPERATOR = "operator"
    POOL = "pool"
    STATION = "station"
    POINT = "point"
    DYNAMIC = "dynamic"


def read_moment(raw: object) -> datetime:
    """Read an ISO 8601 moment with an offset, as UTC.

    Raises:
        ValueError: it is no text, no moment or has no offset.
    """
    if not isinstance(raw, str):
        message = "a moment must be a text"
        raise ValueError(message)
    return _MOMENT.validate_python(raw).astimezone(UTC)


def _amount(raw: object) -> Decimal:
    try:
        return Decimal(raw) if isinstance(raw, str) else Decimal(str(raw))
    except ArithmeticError as error:
        message = "a price must be a number"
        raise ValueError(message) from error


Moment = Annotated[datetime, BeforeValidator(read_moment)]
Text = Annotated[str, Field(max_length=200)]


class _Row(BaseModel, frozen=True, strict=True, extra="ignore"):
    """A record of a table; further fields are none of ours."""


class Location(_Row):
    """The administrative place of a station."""

    city: Text | None = None


class StationRow(_Row):
    """One charger; `type` E is electric."""

    id: int
    pool_id: int
    type: Literal["E", "G", "H"]
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    authentication_methods: list[int] = []
    payment_methods: list[int] = []
    location: Location | None = None
    suspended: bool = False


class Hours(_Row):
    """Opening hours of one weekday, 1 is Monday; a whole day is written 00:00-23:59."""

    weekday: Annotated[int, Field(ge=1, le=7)]
    from_time: str
    to_time: str


class PoolRow(_Row):
    """A site with chargers and the operator that runs it."""

    id: int
    operator_id: int
    street: Text | None = None
    house_number: Text | None = None
    postal_code: Text | None = None
    city: Text | None = None
    operating_hours: list[Hours] = []


class ConnectorRow(_Row):
    """Plugs of one point; `power` in kW."""

    interfaces: list[int]
    power: Annotated[float, Field(gt=0, le=_MOST_POWERFUL_KW)]
    cable_attached: bool = False


class PointRow(_Row):
    """A point that charges one car at a time."""

    id: int
    station_id: int
    code: Text
    connectors: list[ConnectorRow] = []


class OperatorRow(_Row):
    """A company that runs chargers."""

    id: int
    name: Text
    short_name: Text | None = None
    phone: Text | None = None
    website: Text | None = None


class InterfaceRow(_Row):
    """A kind of plug in the register's dictionary."""

    id: int
    name: Text


class StatusRow(_Row):
    """Whether the point is in operation (`availability`) and can charge now (`status`), as of `ts`."""

    availability: Literal[0, 1]
    status: Literal[0, 1]
    ts: Moment


class DynamicRow(_Row):
    """The live state of a point; its prices are read one by one, because many are unusable or missing."""

    code: Text
    status: StatusRow
    prices: list[Any] = []


class PriceRow(_Row):
    """A price in złoty for a unit."""

    price: Annotated[Decimal, BeforeValidator(_amount)]
    unit: Literal["kWh", "min", "m3", "kg"]
    ts: Moment
