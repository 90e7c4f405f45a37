"""The city's copy of the national register of chargers (EIPA, kept by UDT): read, checked, searched."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from content.answer import Coordinates, Source
from content.question import Question
from content.vocabulary import Term
from core.errors import ConfigurationError

# Codes of the register's dictionary.
_CARD_PAYMENT = 4
_APP = 32
_RFID = frozenset({2, 4, 8, 64})


class ConnectorType(StrEnum):
    """The plugs that the city's chargers have."""

    CCS = "ccs"
    CHADEMO = "chademo"
    TYPE2 = "type2"

    @property
    def label(self) -> str:
        """The name that stands on the plug."""
        return {"ccs": "CCS", "chademo": "CHAdeMO", "type2": "Type 2"}[self.value]


class Connector(BaseModel):
    """One plug of a charger, power in kW; `cable` False is a socket for the driver's own cable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ConnectorType
    power_kw: int
    cable: bool


class Operator(BaseModel):
    """A company of the register; `aliases` are the ways residents write its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    register_id: int
    name: str
    legal_name: str
    phone: str
    aliases: tuple[str, ...]


class Charger(BaseModel):
    """One charger (a station of the register).

    Only a `recorded` operator was read from the register; any other is a guess and never leaves this class.
    Chargers without an address have no known plugs either.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

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
    registered_at: datetime

    @model_validator(mode="before")
    @classmethod
    def _forget_guesses(cls, raw: dict[str, Any]) -> dict[str, Any]:
        return raw if raw.get("operator_confidence") == "recorded" else {**raw, "operator": None}

    @property
    def max_power_kw(self) -> int:
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
        return tuple(f"{kind.label} {power} kW{f' ×{count}' if count > 1 else ''}" for (power, kind), count in ordered)


@dataclass(frozen=True)
class Wanted:
    """What a charger must offer; None is no wish."""

    connector: ConnectorType | None = None
    power_kw: int | None = None
    operator: str | None = None

    @classmethod
    def of(cls, question: Question) -> "Wanted":
        """Return the wishes named in a question."""
        connector, power, operator = (question.entity(name) for name in ("connector", "power_kw", "operator"))
        return cls(
            connector=ConnectorType(connector.id) if connector and connector.id in set(ConnectorType) else None,
            power_kw=int(power.id) if power and power.id.isdecimal() else None,
            operator=operator.id if operator else None,
        )

    def fits(self, charger: Charger) -> bool:
        """Whether the register shows that the charger offers it all; unknown plugs never fit a wish for a plug."""
        if self.operator and charger.operator != self.operator:
            return False
        if not (self.connector or self.power_kw):
            return True
        return any(
            self.connector in {None, connector.type} and connector.power_kw >= (self.power_kw or 0)
            for connector in charger.connectors
        )

    def relaxed(self) -> tuple["Wanted", ...]:
        """Return weaker wishes, the least weakened first; the last one asks for nothing."""
        return (
            Wanted(self.connector, None, self.operator),
            Wanted(self.connector, self.power_kw, None),
            Wanted(self.connector, None, None),
            Wanted(),
        )


class RegisterData(BaseModel):
    """The file `chargers.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Source
    operators: tuple[Operator, ...]
    chargers: Annotated[tuple[Charger, ...], Field(min_length=1)]


class Register:
    """The chargers of the city; a copy without its own date is a `ConfigurationError`."""

    def __init__(self, data: RegisterData) -> None:
        if not isinstance(data.source.as_of, date):
            message = (
                "The city pack's chargers.json has no date of its own: write the register's date into source.as_of."
            )
            raise ConfigurationError(message)
        self.source = data.source
        self.as_of: date = data.source.as_of
        self.chargers = data.chargers
        self.operators = {operator.id: operator for operator in data.operators}

    def fitting(self, wanted: Wanted) -> tuple[Charger, ...]:
        """Return the chargers that offer what is wanted, the most powerful first."""
        fitting = (charger for charger in self.chargers if wanted.fits(charger))
        return tuple(sorted(fitting, key=lambda charger: -charger.max_power_kw))

    def at(self, place_id: str) -> tuple[Charger, ...]:
        """Return the chargers registered at a street or object, the most powerful first."""
        return tuple(charger for charger in self.fitting(Wanted()) if place_id in charger.places)

    def operator_of(self, charger: Charger) -> Operator | None:
        """Return the operator when the register names it."""
        return self.operators.get(charger.operator) if charger.operator else None

    def operator_terms(self) -> dict[str, Term]:
        """Return the operators as terms of the vocabulary."""
        return {operator.id: Term(name=operator.name, aliases=operator.aliases) for operator in self.operators.values()}


def load_register(folder: Path) -> Register:
    """Read `chargers.json` of a city pack."""
    return Register(RegisterData.model_validate(json.loads((folder / "chargers.json").read_text(encoding="utf-8"))))
