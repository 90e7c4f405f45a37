"""Where a value and an hour lie on the picture, and which of them are marked on the axes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, log10

from content.answer import Chart
from core.clock import warsaw

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 52, 604, 64, 330
"""Edges of the plot in the picture, in units of the picture."""

_LEAST_TOP = 20.0
_TICKS = 5
_HOURS_PER_TICK = {36: 6, 80: 12, 200: 24}


@dataclass(frozen=True)
class Scale:
    """Turns values and points of one chart into places."""

    top: float
    step: float
    points: int

    def x(self, point: int) -> float:
        """Return the place of the point of that number, counted from 0."""
        return LEFT + (RIGHT - LEFT) * point / max(self.points - 1, 1)

    def y(self, value: float) -> float:
        """Return the place of a value; what is above the top lies on the upper edge."""
        return BOTTOM - (BOTTOM - TOP) * min(value, self.top) / self.top

    def values(self) -> Iterator[float]:
        """Yield the values marked on the axis."""
        yield from (self.step * number for number in range(floor(self.top / self.step) + 1))


def scale_of(chart: Chart) -> Scale:
    """Return the scale that shows every value and the limit."""
    highest = max((point.value for point in chart.points if point.value is not None), default=0.0)
    wanted = max(highest * 1.12, (chart.limit.value if chart.limit else 0.0) * 1.2, _LEAST_TOP)
    step = _round_step(wanted / _TICKS)
    return Scale(ceil(wanted / step) * step, step, len(chart.points))


def hour_marks(chart: Chart) -> Iterator[tuple[int, datetime]]:
    """Yield the points under which the hour is written, with their Polish time."""
    every = next((hours for points, hours in _HOURS_PER_TICK.items() if len(chart.points) <= points), 24)
    for number, point in enumerate(chart.points):
        local = warsaw(point.at)
        if local.hour % every == 0:
            yield number, local


def _round_step(least: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, 50 and so on."""
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
