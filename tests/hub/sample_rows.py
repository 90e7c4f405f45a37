"""A row for every table of a database, made from what the database itself says of its columns."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
)

from core.database import UtcDateTime

AT = datetime(2026, 11, 20, 6, 0, 0, 250, tzinfo=UTC)
_ALLOWED = re.compile(r"\(*(\w+)\)*(?:::\w+)? (?:IN|= ANY) [^']*(.*)", re.DOTALL)

Rows = dict[str, dict[str, Any]]
"""The row of each table by the table's name."""


def reflected(connection: Connection) -> MetaData:
    """Return the tables that a database has, with moments as the product stores them."""
    metadata = MetaData()
    metadata.reflect(connection)
    metadata.remove(metadata.tables["alembic_version"])
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, DateTime):
                column.type = UtcDateTime()
    return metadata


def add_rows(connection: Connection, metadata: MetaData, number: int, key_id: bytes = b"") -> Rows:
    """Add a row to every table, each referring to those of the same number, and return them.

    What is sealed begins with the name of a key.
    """
    rows: Rows = {}
    for table in metadata.sorted_tables:
        rows[table.name] = {column.name: _value(column, number, rows, key_id) for column in table.columns}
        connection.execute(insert(table).values(rows[table.name]))
    return rows


def _value(column: Column[Any], number: int, rows: Mapping[str, Mapping[str, object]], key_id: bytes) -> object:
    for key in column.foreign_keys:
        return rows.get(key.column.table.name, {}).get(key.column.name)
    if allowed := _allowed(column):
        return allowed[-1]
    position = column.table.columns.keys().index(column.name)
    made: Sequence[tuple[type[object], object]] = (
        (Boolean, False),
        (Integer, number),
        (Float, number + 0.25),
        # Later in the order of the columns, as in a life: what ends has begun before.
        (UtcDateTime, AT + timedelta(minutes=position)),
        (Date, AT.date()),
        (JSON, {"ż": [1, None]}),
        (LargeBinary, key_id + f"{number}".encode() + b"\0\xff"),
        (String, f"{number}-{column.name} ąę"[: getattr(column.type, "length", None)]),
    )
    return next(value for kind, value in made if isinstance(column.type, kind))


def _allowed(column: Column[Any]) -> Sequence[str]:
    table = column.table
    assert isinstance(table, Table)
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint) and (found := _ALLOWED.match(str(constraint.sqltext))):
            name, values = found.groups()
            if name == column.name:
                return re.findall(r"'([^']*)'", values)
    return ()
