"""Where a value and an hour lie on the picture, and which of them are marked on the axes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, log10

from content.answer import Chart, ChartBand
from content.charts.layout import Layout
from core.clock import warsaw

_LEAST_TOP = 20.0
_TICKS = 5


@dataclass(frozen=True)
class Scale:
    """Turns values and points of one chart into places."""

    layout: Layout
    top: float
    step: float
    points: int

    def x(self, point: int) -> float:
        """Return the place of the point of that number, counted from 0."""
        left, right = self.layout.left, self.layout.right
        return left + (right - left) * point / max(self.points - 1, 1)

    def y(self, value: float) -> float:
        """Return the place of a value; what is above the top lies on the upper edge."""
        top, bottom = self.layout.top, self.layout.bottom
        return bottom - (bottom - top) * min(value, self.top) / self.top

    def values(self) -> Iterator[float]:
        """Yield the values marked on the axis."""
        yield from (self.step * number for number in range(floor(self.top / self.step) + 1))


def scale_of(chart: Chart, layout: Layout) -> Scale:
    """Return the scale that shows every value and the limit."""
    highest = max((point.value for point in chart.points if point.value is not None), default=0.0)
    wanted = max(highest * 1.12, (chart.limit.value if chart.limit else 0.0) * 1.2, _LEAST_TOP)
    step = round_step(wanted / _TICKS)
    return Scale(layout, ceil(wanted / step) * step, step, len(chart.points))


def hour_marks(chart: Chart, layout: Layout) -> Iterator[tuple[int, datetime]]:
    """Yield the points under which the hour is written, with their Polish time."""
    every = layout.hours_between_marks(len(chart.points))
    for number, point in enumerate(chart.points):
        local = warsaw(point.at)
        if (local.toordinal() * 24 + local.hour) % every == 0:
            yield number, local


def bands_in_sight(chart: Chart, scale: Scale) -> Iterator[tuple[int, ChartBand, float, float]]:
    """Yield level, band, lowest and highest value of every band that reaches into the plot."""
    lower = 0.0
    for level, band in enumerate(chart.bands):
        upper = scale.top if band.upper is None else min(band.upper, scale.top)
        if upper <= lower:
            return
        yield level, band, lower, upper
        lower = upper


def round_step(least: float, factors: Sequence[int] = (1, 2, 5, 10)) -> float:
    """Return the next of the factors times a power of ten: 1, 2, 5, 10, 20, 50 and so on."""
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in factors if factor * power >= least)
