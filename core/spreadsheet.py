"""Tables as CSV files that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins with one of these is a formula to a spreadsheet (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BOM = "\ufeff"


def csv_of(rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as a file in UTF-8, with the mark in front by which spreadsheets know that."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerows(map(harmless, row) for row in rows)
    return (_BOM + written.getvalue()).encode()


def harmless(cell: object) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    is_formula = text.lstrip(" \u00a0\ufeff").startswith(_FORMULA) or text.startswith(_FORMULA)
    return f"'{text}" if is_formula else text
