"""One run of the benchmarks: where, when, what was measured; kept as JSON, shown as a table."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel

from bench.rows import Row, number
from nlu.model import ROOT

FIGURES = ROOT / "docs" / "performance.json"
"""The run whose figures the documents show."""

Cells = tuple[str, ...]
HEAD: Cells = ("measured", "value", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "ratio", "wanted", "")
_KEPT = {True: "kept", False: "**missed**", None: ""}


class Part(BaseModel, frozen=True):
    """One part of the benchmarks: how many seconds it took, its rows, and why there are none or not all of them."""

    name: str
    title: str
    seconds: float
    rows: tuple[Row, ...] = ()
    problem: str = ""


class Results(BaseModel, frozen=True):
    """A run; `measured_at` is in UTC."""

    measured_at: datetime
    seconds: float
    machine: dict[str, str]
    parts: tuple[Part, ...]

    @property
    def missed(self) -> list[str]:
        """What did not keep to its target."""
        return [f"{part.title}: {row.name}" for part in self.parts for row in part.rows if row.kept is False]

    @property
    def problems(self) -> list[str]:
        """What could not be measured, and why."""
        return [f"{part.title}: {part.problem}" for part in self.parts if part.problem]

    def row(self, part: str, name: str) -> Row:
        """Return a row by its part and name; raise `KeyError` with both when it was not measured."""
        for measured in self.parts:
            for row in measured.rows:
                if (measured.name, row.name) == (part, name):
                    return row
        raise KeyError(f"{part}: {name}")


def read(path: Path) -> Results:
    """Return the run that a file keeps."""
    return Results.model_validate_json(path.read_bytes())


def write(path: Path, results: Results) -> None:
    """Keep a run in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{results.model_dump_json(indent=1, exclude_defaults=True)}\n", encoding="utf-8")


def table(results: Results) -> str:
    """Return the run as one Markdown table with the facts of the machine above it."""
    facts = [(name, value) for name, value in results.machine.items()]
    facts += [("measured", f"{results.measured_at:%Y-%m-%d %H:%M} UTC, {results.seconds / 60:.1f} minutes")]
    rows = [line for part in results.parts for line in _lines(part)]
    return f"{markdown(('machine', ''), facts)}\n\n{markdown(HEAD, rows)}"


def markdown(head: Cells, rows: Sequence[Cells]) -> str:
    """Return a Markdown table whose columns are aligned in plain text, too."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = tuple("-" * max(width, 3) for width in widths)
    lines = [
        " | ".join(cell.ljust(max(width, 3)) for cell, width in zip(row, widths, strict=True))
        for row in (head, rule, *rows)
    ]
    return "\n".join(f"| {line} |" for line in lines)


def _lines(part: Part) -> list[Cells]:
    blank = ("",) * (len(HEAD) - 1)
    lines: list[Cells] = [(f"**{part.title}** ({part.seconds:.0f} s)", *blank)]
    lines += [_line(row) for row in part.rows]
    return [*lines, (f"not measured: {part.problem}", *blank)] if part.problem else lines


def _line(row: Row) -> Cells:
    value = f"{number(row.value)}{'' if row.unit.startswith('/') else ' '}{row.unit}" if row.value is not None else ""
    times = ("" if time is None else number(time) for time in (row.p50, row.p95, row.p99, row.processor))
    ratio = f"{number(row.ratio)} × {row.against}" if row.ratio is not None else ""
    return (row.name, value.rstrip(), *times, ratio, ", ".join(map(str, row.targets)), _KEPT[row.kept])
