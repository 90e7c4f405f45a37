"""Every table has a rule of keeping, and the records of processing say the same as the product does."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Table

from core.database import Base
from core.settings import Settings
from hub.migrations import tables
from hub.retention import kinds
from tests.security.retention_rules import BY_KIND, NOBODYS, WITHIN_HOURS

_RECORDS = Path(__file__).parents[2] / "docs" / "records-of-processing.md"
_TABLES = Base.metadata.tables
assert tables.__doc__, "its import makes every table known"


_KINDS = {kind.name: kind for kind in kinds(Settings())}


def _goes_with(table: Table, gone: set[str]) -> bool:
    """Whether the database deletes its rows with those of the tables that are gone."""
    return any(key.ondelete == "CASCADE" and key.column.table.name in gone for key in table.foreign_keys)


def _emptied(start: str) -> set[str]:
    gone = {start}
    while more := {name for name, table in _TABLES.items() if name not in gone and _goes_with(table, gone)}:
        gone |= more
    return gone


def test_every_table_says_when_its_rows_go_or_why_they_stay() -> None:
    said = [*BY_KIND, *WITHIN_HOURS, *NOBODYS]
    assert len(said) == len(set(said))
    assert set(said) == set(_TABLES)


def test_what_a_kind_is_said_to_empty_it_empties() -> None:
    emptied = {name: _emptied(kind.key.class_.__tablename__) for name, kind in _KINDS.items()}
    assert {table for table, kind in BY_KIND.items() if table not in emptied[kind]} == set()
    assert set(BY_KIND.values()) == set(_KINDS)


@pytest.mark.parametrize("path", sorted(set(WITHIN_HOURS.values())))
def test_what_is_said_to_delete_exists_and_runs_at_night(path: str) -> None:
    module, _, name = path.rpartition(".")
    assert callable(getattr(import_module(module), name))
    jobs = (Path(__file__).parents[2] / "hub" / "jobs.py").read_text()
    assert f".{name}(session, now)" in jobs


def _rows() -> Iterator[tuple[str, str, set[str]]]:
    """Yield kind, days and tables of each row of the document's table of periods."""
    for line in _RECORDS.read_text().splitlines():
        if found := re.fullmatch(r"\| `(\w+)` \| .+ \| (\d+) \| (\d+)–(\d+) \| (.+) \|", line):
            yield found[1], "–".join(found.group(2, 3, 4)), set(re.findall(r"`(\w+)`", found[5]))


def test_the_records_of_processing_name_the_periods_and_tables_that_are_really_there() -> None:
    written = {kind: (days, tables) for kind, days, tables in _rows()}
    real = {
        name: (f"{kind.days}–{kind.least}–{kind.most}", {table for table, of in BY_KIND.items() if of == name})
        for name, kind in _KINDS.items()
    }
    assert written == real


def test_the_records_of_processing_name_every_other_table() -> None:
    text = _RECORDS.read_text()
    assert [table for table in (*WITHIN_HOURS, *NOBODYS) if f"`{table}`" not in text] == []
