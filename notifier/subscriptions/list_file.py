"""A list of subscribers as offices keep it: CSV of Excel or another program, read row by row."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import HubError
from core.text import fold

MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("phone", "telefon", "numer", "numer telefonu", "nr telefonu"), "phone"),
    **dict.fromkeys(("topics", "tematy", "temat"), "topics"),
    **dict.fromkeys(("districts", "dzielnice", "dzielnica"), "districts"),
    **dict.fromkeys(("consent_date", "consent date", "data zgody"), "consent_date"),
    **dict.fromkeys(("consent_source", "consent source", "zrodlo zgody"), "consent_source"),
}
"""The names of columns as they may be written, folded."""
_NEEDED = ("phone", "topics", "consent_date", "consent_source")


class FileFault(StrEnum):
    """Why a whole file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    NO_COLUMN = "no_column"
    NOT_CSV = "not_csv"


class ListRefusedError(HubError):
    """The file is no such list; `detail` names the column that is missing, or the line that cannot be read."""

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        self.fault = fault
        self.detail = detail
        super().__init__(f"The list is refused: {fault} {detail}".strip() + ".")


@dataclass(frozen=True)
class ListRow:
    """One row as it was written; `line` is where it begins in the file, from 1."""

    line: int
    phone: str
    topics: tuple[str, ...]
    districts: tuple[str, ...]
    consent_date: str
    consent_source: str


def read_list(data: bytes) -> tuple[ListRow, ...]:
    """Read the rows of a file in UTF-8 (with or without a byte order mark) or CP1250; empty rows are passed over.

    Columns are divided by semicolons, commas or tabs, topics and districts inside a cell by commas, semicolons or
    strokes.

    Raises:
        ListRefusedError: it is empty, too large, no text, or lacks a column that is needed.
    """
    if len(data) > MAX_BYTES:
        raise ListRefusedError(FileFault.TOO_LARGE)
    text = _decoded(data)
    header = text.lstrip().partition("\n")[0]
    if not header.strip():
        raise ListRefusedError(FileFault.EMPTY)
    rows = list(_rows(text, max(";,\t", key=header.count)))
    if len(rows) > MAX_ROWS:
        raise ListRefusedError(FileFault.TOO_LARGE)
    if not rows:
        raise ListRefusedError(FileFault.EMPTY)
    return tuple(rows)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ListRefusedError(FileFault.UNREADABLE)


def _rows(text: str, delimiter: str) -> Iterator[ListRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: dict[str, int] | None = None
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(cells)
            else:
                yield _row(line, cells, columns)
    except csv.Error as error:
        raise ListRefusedError(FileFault.NOT_CSV, str(reader.line_num)) from error


def _columns(cells: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if name := _COLUMNS.get(fold(cell).strip()):
            found.setdefault(name, place)
    missing = next((name for name in _NEEDED if name not in found), None)
    if missing:
        raise ListRefusedError(FileFault.NO_COLUMN, missing)
    return found


def _row(line: int, cells: list[str], columns: Mapping[str, int]) -> ListRow:
    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        # A guard against formulas, as our own export writes it.
        return cells[place].strip().removeprefix("'") if place < len(cells) else ""

    return ListRow(
        line,
        cell("phone"),
        _parts(cell("topics")),
        _parts(cell("districts")),
        cell("consent_date"),
        cell("consent_source"),
    )


def _parts(cell: str) -> tuple[str, ...]:
    for divider in ";|/\n":
        cell = cell.replace(divider, ",")
    return tuple(part.strip() for part in cell.split(",") if part.strip())
