"""What a measurement yields: rows of one table, each with what was wanted of it."""

import statistics
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

_SMALLEST = 0.01


class Target(BaseModel, frozen=True):
    """The bound that one figure of a row shall keep to."""

    of: Literal["value", "ratio", "p50", "p95", "p99"]
    least: float | None = None
    most: float | None = None

    def kept_by(self, measured: float) -> bool:
        """Return whether a figure keeps to the bound."""
        return (self.least is None or measured >= self.least) and (self.most is None or measured <= self.most)

    def __str__(self) -> str:
        """Return the bound as it stands in the table, such as `ratio ≥ 0.8`."""
        bound = f"≥ {number(self.least)}" if self.least is not None else f"≤ {number(self.most or 0)}"
        return bound if self.of == "value" else f"{self.of} {bound}"


class Row(BaseModel, frozen=True):
    """One measured thing; percentiles in milliseconds, the ratio to what `against` names.

    `processor` is the processor time in milliseconds that the asked process takes for one answer.
    """

    name: str
    value: float | None = None
    unit: str = ""
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    processor: float | None = None
    ratio: float | None = None
    against: str = ""
    targets: tuple[Target, ...] = ()

    @property
    def kept(self) -> bool | None:
        """Whether every target was kept; None: there is none."""
        measured = [(target, getattr(self, target.of)) for target in self.targets]
        return all(figure is not None and target.kept_by(figure) for target, figure in measured) if measured else None


def at_least(of: Literal["value", "ratio"], bound: float) -> Target:
    """Return a lower bound."""
    return Target(of=of, least=bound)


def at_most(of: Literal["value", "ratio", "p50", "p95", "p99"], bound: float) -> Target:
    """Return an upper bound."""
    return Target(of=of, most=bound)


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return the 50th, 95th and 99th percentile for a row; of fewer than a hundred samples the 99th is left out."""
    cuts = statistics.quantiles(milliseconds, n=100, method="inclusive")
    found = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}
    return found if len(milliseconds) >= 100 else {name: found[name] for name in ("p50", "p95")}


def number(value: float) -> str:
    """Return a figure with as many digits as mean something: three, and all of those before the point."""
    size = abs(value)
    if 0 < size < _SMALLEST:
        return f"< {_SMALLEST}"
    digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2
    return f"{value:,.{digits}f}"
