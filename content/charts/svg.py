"""A chart as SVG: a drawing that needs no script and no colour, with title and description for screen readers."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby

from content.answer import Chart
from content.charts.scale import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Scale, hour_marks, scale_of
from content.format import decimal

# From nothing to a close grid: the worse the level, the darker, also on paper.
_PATTERNS = (
    "",
    '<path d="M0 10L10 0" stroke-width=".4"/>',
    '<path d="M0 10L10 0" stroke-width=".9"/>',
    '<path d="M0 10L10 0M0 5L5 0M5 10L10 5" stroke-width=".8"/>',
    '<path d="M0 10L10 0M0 0L10 10" stroke-width=".8"/>',
    '<path d="M0 10L10 0M0 0L10 10M0 5H10M5 0V10" stroke-width=".9"/>',
)
_LEAST_BAND_FOR_LABEL = 13
_LEAST_GAP_OF_LABELS = 60
_STYLE = (
    "text{font:13px sans-serif;fill:#111}.s{font-size:12px;fill:#333}.h{font-size:16px;font-weight:600}"
    ".r{text-anchor:end}.m{text-anchor:middle}.o{paint-order:stroke;stroke:#fff;stroke-width:4px}"
    ".l{fill:none;stroke:#111;stroke-width:2.4;stroke-linejoin:round}.w{fill:none;stroke:#fff;stroke-width:6}"
    ".g{stroke:#666;stroke-width:.5}.d{stroke:#111;stroke-width:1.6;stroke-dasharray:9 5}pattern{stroke:#777}"
)


@lru_cache(maxsize=64)
def svg(chart: Chart) -> str:
    """Return the chart as a whole SVG document; equal data are drawn once."""
    scale = scale_of(chart)
    parts = (_head(chart), *_bands(chart, scale), *_axes(chart, scale), *_limit(chart, scale), *_line(chart, scale))
    return f"{''.join(parts)}</svg>"


def _head(chart: Chart) -> str:
    patterns = "".join(
        f'<pattern id="p{level}" width="10" height="10" patternUnits="userSpaceOnUse">{path}</pattern>'
        for level, path in enumerate(_PATTERNS)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="t d" lang="pl"><title id="t">{escape(chart.title)}</title>'
        f'<desc id="d">{escape(chart.description)}</desc><style>{_STYLE}</style><defs>{patterns}</defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f"{_text(chart.title, 16, 26, 'h')}{_text(chart.unit, LEFT, TOP - 12, 's r')}"
        f"{_text(chart.source, 16, HEIGHT - 14, 's')}"
    )


def _bands(chart: Chart, scale: Scale) -> Iterator[str]:
    lower = 0.0
    for level, band in enumerate(chart.bands):
        upper = scale.top if band.upper is None else min(band.upper, scale.top)
        if upper <= lower:
            return
        top, height = scale.y(upper), scale.y(lower) - scale.y(upper)
        fill = f"url(#p{level})" if _PATTERNS[level] else "none"
        yield f'<rect x="{LEFT}" y="{top:.1f}" width="{RIGHT - LEFT}" height="{height:.1f}" fill="{fill}"/>'
        if height >= _LEAST_BAND_FOR_LABEL:
            yield _text(band.label, RIGHT + 8, top + height / 2 + 4, "s")
        lower = upper


def _axes(chart: Chart, scale: Scale) -> Iterator[str]:
    for value in scale.values():
        y = scale.y(value)
        yield f'<path class="g" d="M{LEFT} {y:.1f}H{RIGHT}"/>{_text(decimal(value), LEFT - 6, y + 4, "s r")}'
    for number, (point, local) in enumerate(hour_marks(chart)):
        x = scale.x(point)
        yield f'<path class="g" d="M{x:.1f} {BOTTOM}v5"/>{_text(f"{local:%H:%M}", x, BOTTOM + 19, "s m")}'
        if local.hour == 0 or number == 0:
            yield _text(f"{local:%d.%m}", x, BOTTOM + 35, "s m")


def _limit(chart: Chart, scale: Scale) -> Iterator[str]:
    """Draw the limit; it is named above the plot, where no value can hide the words."""
    if chart.limit:
        y, legend = scale.y(chart.limit.value), TOP - 16
        yield f'<path class="d" d="M{LEFT} {y:.1f}H{RIGHT}M{LEFT + 40} {legend}h44"/>'
        yield _text(chart.limit.label, LEFT + 92, legend + 4, "s")


def _line(chart: Chart, scale: Scale) -> Iterator[str]:
    """Draw the values; where hours are missing the line is broken, an hour between gaps is a dot."""
    known = [(scale.x(number), scale.y(point.value)) if point.value is not None else None
             for number, point in enumerate(chart.points)]  # fmt: skip
    for is_known, group in groupby(known, key=lambda place: place is not None):
        places = [f"{place[0]:.1f} {place[1]:.1f}" for place in group if place]
        if is_known and len(places) > 1:
            path = f"M{'L'.join(places)}"
            yield f'<path class="w" d="{path}"/><path class="l" d="{path}"/>'
        elif is_known:
            x, y = places[0].split()
            yield f'<circle cx="{x}" cy="{y}" r="3"/>'
    yield from _marks(chart, scale)


def _marks(chart: Chart, scale: Scale) -> Iterator[str]:
    """Write the greatest and the newest value beside the line."""
    known = [(number, point.value) for number, point in enumerate(chart.points) if point.value is not None]
    if not known:
        return
    highest, newest = max(known, key=lambda found: found[1]), known[-1]
    marked = {highest[0]: highest[1]}
    if abs(scale.x(newest[0]) - scale.x(highest[0])) >= _LEAST_GAP_OF_LABELS:
        marked[newest[0]] = newest[1]
    for number, value in marked.items():
        x, y = scale.x(number), scale.y(value)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        yield _text(decimal(value), min(max(x, LEFT + 16), RIGHT - 16), y - 10, "o m")


def _text(text: str, x: float, y: float, classes: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{classes}">{escape(text)}</text>'
