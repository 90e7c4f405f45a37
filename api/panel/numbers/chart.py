"""A chart of bars on top of each other, one a day, measured in parts of a hundred so that it fits every width."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from content.charts.scale import round_step

_SLOT, _BAR, _HEIGHT = 10, 8, 100
# Half of the top is one of these times a power of ten: round, and never far above the bars.
_ROUND = (1, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Piece:
    """A part of a bar; `series` is the number of its row in the legend, `words` what a pointer is told."""

    x: float
    y: float
    height: float
    series: int
    words: str


@dataclass(frozen=True)
class Chart:
    """What the template draws; `marks` are the words at the top, half way and at the foot of the scale."""

    title: str
    description: str
    width: int
    pieces: Sequence[Piece]
    marks: tuple[str, str, str]
    labels: tuple[str, ...]
    legend: tuple[str, ...]
    bar: int = _BAR


def stacked(
    title: str, labels: Sequence[str], series: Mapping[str, Sequence[float]], written: Callable[[float], str]
) -> Chart | None:
    """Return the chart of series over the same labels, None when every value is nothing."""
    totals = [sum(values) for values in zip(*series.values(), strict=True)]
    highest = max(totals, default=0)
    if not highest:
        return None
    top = 2 * round_step(max(highest / 2, 1), _ROUND)
    day = labels[totals.index(highest)]
    return Chart(
        title,
        f"Wykres słupkowy: {title}. Od {labels[0]} do {labels[-1]}, najwięcej {day}: {written(highest)}. "
        "Wszystkie liczby są w tabeli pod wykresem.",
        _SLOT * len(labels),
        _pieces(labels, series, top, written),
        (written(top), written(top / 2), written(0)),
        _ends(labels),
        tuple(series),
    )


def _pieces(
    labels: Sequence[str], series: Mapping[str, Sequence[float]], top: float, written: Callable[[float], str]
) -> Sequence[Piece]:
    pieces, feet = [], [0.0] * len(labels)
    for number, (name, values) in enumerate(series.items()):
        for slot, value in enumerate(values):
            if value:
                height = _HEIGHT * value / top
                feet[slot] += height
                words = f"{labels[slot]}, {name}: {written(value)}"
                x = slot * _SLOT + (_SLOT - _BAR) / 2
                pieces.append(Piece(x, round(_HEIGHT - feet[slot], 2), round(height, 2), number, words))
    return pieces


def _ends(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that stand below: the first, the middle and the last one."""
    chosen = sorted({0, (len(labels) - 1) // 2, len(labels) - 1})
    return tuple(labels[number] for number in chosen)
