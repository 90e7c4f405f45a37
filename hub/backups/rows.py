"""Rows of a table as lines of JSON, the same from SQLite and from PostgreSQL, so that a backup moves between them.

Tables are taken as the database has them and not as this release knows them: a backup is also made before an upgrade,
and one of an earlier release is read into tables of that release.
"""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO, Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Text,
    bindparam,
    cast,
    insert,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from core.crypto import key_id_of
from core.database import UtcDateTime

_AT_ONCE = 5_000
_SEALED = "_sealed"
_HISTORY = "alembic_version"

_Change = Callable[[Any], Any]


def tables_of(connection: Connection) -> Sequence[Table]:
    """Return the tables that a database has, each after those that it refers to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != _HISTORY]


async def lines(connection: AsyncConnection, table: Table, sealed: Counter[str]) -> AsyncIterator[Sequence[bytes]]:
    """Yield the rows of a table in the order of their keys, some at a time; `sealed` counts values by their key."""
    changes = [_written(column) for column in table.columns]
    places = [number for number, column in enumerate(table.columns) if column.name.endswith(_SEALED)]
    query = select(*[_readable(column) for column in table.columns]).order_by(*table.primary_key.columns)
    result = await connection.stream(query.execution_options(yield_per=_AT_ONCE))
    async for rows in result.partitions():
        sealed.update(key_id_of(row[place]) for place in places for row in rows if row[place] is not None)
        yield [_line(row, changes) for row in rows]


async def load(connection: AsyncConnection, table: Table, names: Sequence[str], file: IO[bytes]) -> int:
    """Insert the rows of a file with these columns into a table; return how many there were."""
    is_postgresql = connection.dialect.name == "postgresql"
    changes = [_read(table.columns[name]) for name in names]
    values = {name: _bound(table.columns[name], is_postgresql=is_postgresql) for name in names}
    statement, keys, count = insert(table).values(values), [_parameter(name) for name in names], 0
    while some := list(islice(file, _AT_ONCE)):
        rows = [dict(zip(keys, _changed(json.loads(line), changes), strict=True)) for line in some]
        await connection.execute(statement, rows)
        count += len(rows)
    return count


def _line(row: Sequence[Any], changes: Sequence[_Change | None]) -> bytes:
    return json.dumps(_changed(row, changes), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _changed(row: Iterable[Any], changes: Sequence[_Change | None]) -> list[Any]:
    return [
        value if change is None or value is None else change(value) for value, change in zip(row, changes, strict=True)
    ]


def _readable(column: Column[Any]) -> ColumnElement[Any]:
    match column.type:
        case DateTime():
            return type_coerce(column, UtcDateTime())
        case JSON():
            # As it is written: JSON's own null and a missing value are two things.
            return cast(column, Text)
        case _:
            return column


def _bound(column: Column[Any], *, is_postgresql: bool) -> ColumnElement[Any]:
    kind: TypeEngine[Any] = column.type
    match kind:
        case DateTime():
            return bindparam(_parameter(column.name), type_=UtcDateTime())
        case JSON():
            text: ColumnElement[Any] = bindparam(_parameter(column.name), type_=Text())
            return cast(text, kind) if is_postgresql else text
        case _:
            return bindparam(_parameter(column.name), type_=kind)


def _written(column: Column[Any]) -> _Change | None:
    match column.type:
        case DateTime() | Date():
            return lambda moment: moment.isoformat()
        case LargeBinary():
            return lambda data: b64encode(data).decode()
        case _:
            return None


def _read(column: Column[Any]) -> _Change | None:
    match column.type:
        case DateTime():
            return datetime.fromisoformat
        case Date():
            return date.fromisoformat
        case LargeBinary():
            return b64decode
        case _:
            return None


def _parameter(name: str) -> str:
    return f"new_{name}"
