"""Puts the figures of a run into the documents, so that none is typed by hand."""

from collections.abc import Mapping
from pathlib import Path

from bench import capacity, results
from bench.results import FIGURES, Results
from nlu.model import ROOT

PERFORMANCE = ROOT / "docs" / "performance.md"
CAPACITY = ROOT / "docs" / "capacity.md"


def write(measured: Results) -> None:
    """Make a run the figures of the documents; the plan of capacities stays where the run lacks a figure it needs."""
    results.write(FIGURES, measured)
    for path, tables in _tables(measured).items():
        path.write_text(filled(path.read_text(encoding="utf-8"), tables), encoding="utf-8")


def stale() -> list[str]:
    """Return the names of the documents whose tables are not those of the kept figures."""
    texts = {path: path.read_text(encoding="utf-8") for path in (PERFORMANCE, CAPACITY)}
    tables = _tables(results.read(FIGURES))
    return [path.name for path, text in texts.items() if filled(text, tables[path]) != text]


def filled(text: str, tables: Mapping[str, str]) -> str:
    """Return a document with each table in its place, between `<!-- name -->` and `<!-- /name -->`."""
    for name, table in tables.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        if not begin or not end:
            message = f"the document has no place for the table {name}"
            raise ValueError(message)
        text = f"{before}{begin}\n{table}\n\n{end}{after}"
    return text


def _tables(measured: Results) -> dict[Path, dict[str, str]]:
    return {PERFORMANCE: {"figures": results.table(measured)}, CAPACITY: capacity.tables(measured)}
