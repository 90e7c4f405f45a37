"""What the register's live file says of points, how long it counts as live, and which prices are believed."""

from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from content.pack_file import read_pack_file
from content.topics.charging.register import Charger

LIVE_FOR = timedelta(hours=36)
"""Older states are unknown: many in the register are years old (the rule of a public client of EIPA)."""


class PointState(StrEnum):
    """Whether a car can be charged at a point now."""

    FREE = "free"
    OCCUPIED = "occupied"
    OUT_OF_ORDER = "out_of_order"


class Price(BaseModel, frozen=True, extra="forbid"):
    """A price in złoty for a unit (kWh or min), as of `at` in UTC."""

    amount: Decimal
    unit: str
    at: datetime


class LivePoint(BaseModel, frozen=True, extra="forbid"):
    """The state of a point as of `at` in UTC, with the prices that are believed."""

    state: PointState
    at: datetime
    prices: tuple[Price, ...] = ()


class LiveData(BaseModel, frozen=True, extra="forbid"):
    """The live states of the city's points by their code."""

    points: dict[str, LivePoint] = {}


class ChargerState(BaseModel, frozen=True):
    """How many of a charger's points with a live state are free or out of order; `at` is the oldest of these states."""

    known: int
    free: int
    out_of_order: int
    at: datetime


def state_of(charger: Charger, live: LiveData, now: datetime) -> ChargerState | None:
    """Return the live state of a charger, None when none of its points has one."""
    points = [point for code in charger.points if (point := live.points.get(code)) and now - point.at <= LIVE_FOR]
    if not points:
        return None
    return ChargerState(
        known=len(points),
        free=sum(point.state is PointState.FREE for point in points),
        out_of_order=sum(point.state is PointState.OUT_OF_ORDER for point in points),
        at=min(point.at for point in points),
    )


def prices_of(charger: Charger, live: LiveData, now: datetime) -> tuple[Price, ...]:
    """Return the believed prices of a charger's points, each unit and amount once with its newest date."""
    lasts = timedelta(days=_limits().price_lasts_days)
    newest: dict[tuple[str, Decimal], Price] = {}
    for code in charger.points:
        point = live.points.get(code)
        for price in point.prices if point else ():
            key = (price.unit, price.amount)
            if now - price.at <= lasts and (key not in newest or newest[key].at < price.at):
                newest[key] = price
    return tuple(sorted(newest.values(), key=lambda price: (price.unit, price.amount)))


def believed(unit: str, amount: Decimal) -> bool:
    """Whether a price is plausible for its unit."""
    highest = _limits().highest_pln.get(unit)
    return highest is not None and 0 < amount <= highest


class _Limits(BaseModel, frozen=True, extra="forbid"):
    """The file `limits.yml`."""

    highest_pln: dict[str, Decimal]
    price_lasts_days: int


@cache
def _limits() -> _Limits:
    return read_pack_file(Path(__file__).parent / "limits.yml").parse(TypeAdapter(_Limits))
