"""The city's copy of the national register of chargers (EIPA, kept by UDT): its shape, checked and searched.

The same shape is the file `chargers.json` of the city pack and the copy that the product stores when it may read EIPA.
"""

from collections import Counter
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter, model_validator

from content.answer import Coordinates, Source
from content.format import decimal
from content.pack_file import read_pack_file
from content.vocabulary import Term
from core.clock import warsaw
from core.errors import ConfigurationError

# Codes of the register's dictionary.
_CARD_PAYMENT = 4
_APP = 32
_RFID = frozenset({2, 4, 8, 64})


class ConnectorType(StrEnum):
    """The plugs that residents ask for; the register knows more kinds."""

    CCS = "ccs"
    CHADEMO = "chademo"
    TYPE2 = "type2"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The name that stands on the plug."""
        return {"ccs": "CCS", "chademo": "CHAdeMO", "type2": "Type 2", "other": "inne złącze"}[self.value]


class Connector(BaseModel, frozen=True, extra="forbid"):
    """One plug of a charger, power in kW; `cable` False is a socket for the driver's own cable."""

    type: ConnectorType
    power_kw: float
    cable: bool


class Operator(BaseModel, frozen=True, extra="forbid"):
    """A company of the register; `aliases` are the ways residents write its name."""

    id: str
    register_id: int
    name: str
    legal_name: str
    phone: str | None = None
    website: str | None = None
    aliases: tuple[str, ...] = ()


class Charger(BaseModel, frozen=True, extra="forbid"):
    """One charger (a station of the register).

    Only a `recorded` operator was read from the register; any other is a guess and never leaves this class.
    `points` are the codes of its points, each of which charges one car at a time; `all_day` None is not known.
    """

    pool_id: int
    station_id: int
    position: Coordinates
    operator: str | None
    operator_confidence: Literal["recorded", "inferred", "inferred_weak", "unknown"]
    street_as_registered: str | None
    address: str | None
    places: tuple[str, ...]
    connectors: tuple[Connector, ...]
    authentication: frozenset[int]
    payment: frozenset[int]
    points: tuple[str, ...] = ()
    all_day: bool | None = None
    registered_at: datetime | None = None

    @model_validator(mode="before")
    @classmethod
    def _forget_guesses(cls, raw: dict[str, Any]) -> dict[str, Any]:
        return raw if raw.get("operator_confidence") == "recorded" else {**raw, "operator": None}

    @property
    def max_power_kw(self) -> float:
        """The power of the strongest plug, 0 when no plug is known."""
        return max((connector.power_kw for connector in self.connectors), default=0)

    @property
    def takes_cards(self) -> bool:
        """Whether the register lists payment by bank card."""
        return _CARD_PAYMENT in self.payment

    @property
    def takes_app(self) -> bool:
        """Whether the register lists starting by an application."""
        return _APP in self.authentication

    @property
    def takes_rfid(self) -> bool:
        """Whether the register lists starting by an RFID card."""
        return bool(_RFID & self.authentication)

    def plugs(self) -> tuple[str, ...]:
        """Return the plugs, strongest first: „CCS 60 kW ×2”, „Type 2 22 kW”."""
        counts = Counter((connector.power_kw, connector.type) for connector in self.connectors)
        ordered = sorted(counts.items(), key=lambda item: (-item[0][0], item[0][1]))
        return tuple(
            f"{kind.label} {decimal(power)} kW{f' ×{count}' if count > 1 else ''}" for (power, kind), count in ordered
        )


class Area(BaseModel, frozen=True, extra="forbid"):
    """A box around the city, WGS 84 degrees: a row outside it is not of the city, whatever it says."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies in the box."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


class RegisterData(BaseModel, frozen=True, extra="forbid"):
    """The file `chargers.json`, and the stored copy."""

    source: Source
    area: Area
    operators: tuple[Operator, ...]
    chargers: Annotated[tuple[Charger, ...], Field(min_length=1)]


class Register:
    """The chargers of the city; a copy without its own date is a `ConfigurationError`."""

    def __init__(self, data: RegisterData) -> None:
        if data.source.as_of is None:
            message = (
                "The city pack's chargers.json has no date of its own: write the register's date into source.as_of."
            )
            raise ConfigurationError(message)
        as_of = data.source.as_of
        self.data = data
        self.source = data.source
        self.as_of: date = warsaw(as_of).date() if isinstance(as_of, datetime) else as_of
        self.chargers = data.chargers
        self.operators = {operator.id: operator for operator in data.operators}

    def at(self, place_id: str) -> tuple[Charger, ...]:
        """Return the chargers registered at a street or object."""
        return tuple(charger for charger in self.chargers if place_id in charger.places)

    def operator_of(self, charger: Charger) -> Operator | None:
        """Return the operator when the register names it."""
        return self.operators.get(charger.operator) if charger.operator else None

    def operators_of(self, chargers: tuple[Charger, ...]) -> tuple[Operator, ...]:
        """Return the known operators of chargers, each once, by name."""
        known = {operator.id: operator for charger in chargers if (operator := self.operator_of(charger))}
        return tuple(sorted(known.values(), key=lambda operator: operator.name.casefold()))

    def operator_terms(self) -> dict[str, Term]:
        """Return the operators as terms of the vocabulary."""
        return {operator.id: Term(name=operator.name, aliases=operator.aliases) for operator in self.operators.values()}


def load_register(folder: Path) -> Register:
    """Read `chargers.json` of a city pack.

    Raises:
        ConfigurationError: it is missing, breaks the rules or has no date of its own.
    """
    return Register(read_pack_file(folder / "chargers.json").parse(TypeAdapter(RegisterData)))
