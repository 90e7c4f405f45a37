"""A small chart of readings: places of points and marks, drawn by a template so that style and CSP are the page's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import ceil, floor, log10

from content.format import decimal
from core.clock import warsaw
from notifier.alerts.air import AirState, Measure
from notifier.alerts.rules import INDEX, Rule

WIDTH, HEIGHT = 340, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 318, 20, 184
_INDEX_TOP = 5.0
_MARKS = 5


@dataclass(frozen=True)
class Mark:
    """A place on an axis, or of a limit, and what is written there."""

    at: float
    text: str


@dataclass(frozen=True)
class Reading:
    """A value and its hour (UTC)."""

    at: datetime
    value: float


@dataclass(frozen=True)
class ReadingsChart:
    """One measure over time; lines are broken where hours are missing, an hour between gaps is a dot."""

    measure: Measure
    readings: tuple[Reading, ...]
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    values: tuple[Mark, ...]
    hours: tuple[Mark, ...]
    limits: tuple[Mark, ...]
    left: int = _LEFT
    right: int = _RIGHT
    bottom: int = _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def readings_chart(measure: Measure, states: Sequence[AirState], rules: Sequence[Rule]) -> ReadingsChart | None:
    """Return the chart of a measure with the thresholds of its rules, None when it was never measured."""
    known = tuple(Reading(state.measured_at, value) for state in states if (value := state.value(measure)) is not None)
    if not known:
        return None
    limits = [(rule.threshold, f"próg {decimal(rule.threshold)}") for rule in rules if rule.measure == measure]
    top, step = _scale(max([each.value for each in known] + [value for value, _ in limits]), measure)
    first, last = states[0].measured_at, states[-1].measured_at
    seconds = max((last - first).total_seconds(), 1.0)

    def x(at: datetime) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (at - first).total_seconds() / seconds, 1)

    def y(value: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * min(value, top) / top, 1)

    places = [None if (v := state.value(measure)) is None else (x(state.measured_at), y(v)) for state in states]
    runs = [list(run) for is_known, run in groupby(places, key=lambda place: place is not None) if is_known]
    return ReadingsChart(
        measure,
        known,
        lines=tuple(" ".join(f"{place[0]},{place[1]}" for place in run if place) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1 and run[0]),
        values=tuple(Mark(y(step * number), decimal(step * number)) for number in range(floor(top / step) + 1)),
        hours=tuple(Mark(x(state.measured_at), _hour(state.measured_at)) for state in _marked(states)),
        limits=tuple(Mark(y(value), text) for value, text in limits),
    )


def _scale(highest: float, measure: Measure) -> tuple[float, float]:
    """Return the top of the axis and the step of its marks: 1, 2, 5, 10, 20 and so on."""
    if measure == INDEX:
        return _INDEX_TOP, 1.0
    wanted = max(highest * 1.15, 10.0) / 5
    power = 10.0 ** floor(log10(wanted))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wanted)
    return step * ceil(highest * 1.15 / step), step


def _marked(states: Sequence[AirState]) -> list[AirState]:
    """Return a few hours that are written below the chart, whole ones of the Polish day."""
    every = next((hours for hours in (3, 6, 12, 24) if len(states) / hours <= _MARKS), 48)
    return [
        state
        for state in states
        if (warsaw(state.measured_at).toordinal() * 24 + warsaw(state.measured_at).hour) % every == 0
    ]


def _hour(at: datetime) -> str:
    local = warsaw(at)
    return f"{local:%d.%m}" if local.hour == 0 else f"{local:%H:%M}"
