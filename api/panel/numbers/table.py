"""A table of figures: the same cells on the page and in the CSV file."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """Words or a number; `path` leads to what lies behind it, `share` (0 to 1) is drawn as a bar.

    A count has no signs between its digits, so that a spreadsheet reads a number.
    """

    text: str
    path: str = ""
    share: float | None = None


@dataclass(frozen=True)
class Column:
    """A heading; numbers stand at the right."""

    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `empty` is said when it has no rows."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str = "W tym okresie nic takiego nie było."

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return tuple(column.title for column in self.columns)

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """Return the cells as text."""
        return [tuple(cell.text for cell in row) for row in self.rows]


def words(title: str) -> Column:
    """Return a column of words."""
    return Column(title)


def numbers(title: str) -> Column:
    """Return a column of numbers."""
    return Column(title, is_number=True)
