"""A chart as SVG: a drawing that needs no script and no colour, with title and description for screen readers."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby

from content.answer import Chart
from content.charts.layout import WIDE, Layout
from content.charts.scale import Scale, bands_in_sight, hour_marks, scale_of
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
_LEGEND_COLUMNS, _LEGEND_ROW, _SAMPLE = 2, 22, 24
_STYLE = (
    ".h{font-size:16px;font-weight:600}.r{text-anchor:end}.m{text-anchor:middle}"
    ".o{paint-order:stroke;stroke:#fff;stroke-width:4px}"
    ".l{fill:none;stroke:#111;stroke-width:2.4;stroke-linejoin:round}.w{fill:none;stroke:#fff;stroke-width:6}"
    ".g{stroke:#666;stroke-width:.5}.d{stroke:#111;stroke-width:1.6;stroke-dasharray:9 5}pattern{stroke:#777}"
)


@lru_cache(maxsize=128)
def svg(chart: Chart, layout: Layout = WIDE) -> str:
    """Return the chart as a whole SVG document; equal data are drawn once."""
    scale = scale_of(chart, layout)
    words = _captions(chart, scale) if layout.captions else _legend(chart, scale)
    drawing = (*_bands(chart, scale), *_axes(chart, scale), *_limit(chart, scale), *_line(chart, scale))
    return "".join((_head(chart, layout), *drawing, *words, "</svg>"))


def _head(chart: Chart, layout: Layout) -> str:
    patterns = "".join(
        f'<pattern id="p{level}" width="10" height="10" patternUnits="userSpaceOnUse">{path}</pattern>'
        for level, path in enumerate(_PATTERNS)
    )
    size = f'width="{layout.width}" height="{layout.height}"'
    letters = f"text{{font:{layout.letters}px sans-serif;fill:#111}}.s{{font-size:{layout.small_letters}px;fill:#333}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width} {layout.height}" {size} '
        f'role="img" aria-labelledby="t d" lang="pl"><title id="t">{escape(chart.title)}</title>'
        f'<desc id="d">{escape(chart.description)}</desc><style>{letters}{_STYLE}</style><defs>{patterns}</defs>'
        f'<rect {size} fill="#fff"/>'
    )


def _bands(chart: Chart, scale: Scale) -> Iterator[str]:
    left, width = scale.layout.left, scale.layout.right - scale.layout.left
    for level, _, lower, upper in bands_in_sight(chart, scale):
        top, height = scale.y(upper), scale.y(lower) - scale.y(upper)
        yield f'<rect x="{left}" y="{top:.1f}" width="{width}" height="{height:.1f}" fill="{_fill(level)}"/>'


def _fill(level: int) -> str:
    return f"url(#p{level})" if _PATTERNS[level] else "none"


def _axes(chart: Chart, scale: Scale) -> Iterator[str]:
    left, right, bottom = scale.layout.left, scale.layout.right, scale.layout.bottom
    for value in scale.values():
        y = scale.y(value)
        yield f'<path class="g" d="M{left} {y:.1f}H{right}"/>{_text(decimal(value), left - 6, y + 4, "s r")}'
    for number, (point, local) in enumerate(hour_marks(chart, scale.layout)):
        x = scale.x(point)
        yield f'<path class="g" d="M{x:.1f} {bottom}v5"/>{_text(f"{local:%H:%M}", x, bottom + 19, "s m")}'
        if local.hour == 0 or number == 0:
            yield _text(f"{local:%d.%m}", x, bottom + 35, "s m")


def _limit(chart: Chart, scale: Scale) -> Iterator[str]:
    if chart.limit:
        yield f'<path class="d" d="M{scale.layout.left} {scale.y(chart.limit.value):.1f}H{scale.layout.right}"/>'


def _captions(chart: Chart, scale: Scale) -> Iterator[str]:
    """Write everything into the picture; the limit is named above the plot, where no value can hide the words."""
    layout = scale.layout
    yield _text(chart.title, 16, 26, "h") + _text(chart.unit, layout.left, layout.top - 12, "s r")
    yield _text(chart.source, 16, layout.height - 14, "s")
    if chart.limit:
        x, y = layout.left + 40, layout.top - 16
        yield f'<path class="d" d="M{x} {y}h44"/>{_text(chart.limit.label, x + 52, y + 4, "s")}'
    for _, band, lower, upper in bands_in_sight(chart, scale):
        top, bottom = scale.y(upper), scale.y(lower)
        if bottom - top >= _LEAST_BAND_FOR_LABEL:
            yield _text(band.label, layout.right + 8, (top + bottom) / 2 + 4, "s")


def _legend(chart: Chart, scale: Scale) -> Iterator[str]:
    """Write the unit above the plot and explain the patterns below it."""
    layout = scale.layout
    yield _text(chart.unit, 2, layout.top - 14, "s")
    for number, (level, band, _, _) in enumerate(bands_in_sight(chart, scale)):
        row, column = divmod(number, _LEGEND_COLUMNS)
        x, y = 4 + column * layout.width // _LEGEND_COLUMNS, layout.bottom + 52 + row * _LEGEND_ROW
        yield f'<rect class="g" x="{x}" y="{y}" width="{_SAMPLE}" height="14" fill="{_fill(level)}"/>'
        yield _text(band.label, x + _SAMPLE + 6, y + 12, "s")


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
    left, right = scale.layout.left, scale.layout.right
    highest, newest = max(known, key=lambda found: found[1]), known[-1]
    marked = {highest[0]: highest[1]}
    if abs(scale.x(newest[0]) - scale.x(highest[0])) >= _LEAST_GAP_OF_LABELS:
        marked[newest[0]] = newest[1]
    for number, value in marked.items():
        x, y = scale.x(number), scale.y(value)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        yield _text(decimal(value), min(max(x, left + 16), right - 16), y - 10, "o m")


def _text(text: str, x: float, y: float, classes: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{classes}">{escape(text)}</text>'
