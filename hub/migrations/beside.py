"""Whether code can work on a database that is newer than it, as both releases run for a while in a rolling upgrade."""

from sqlalchemy import Connection, MetaData, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn


def obstacles(connection: Connection, needed: MetaData) -> list[str]:
    """Return what keeps code with the tables of `needed` from working on the database.

    There is nothing when the database was only expanded: by tables, and by columns that need not be filled.
    """
    columns = {name: found for (_schema, name), found in inspect(connection).get_multi_columns().items()}
    faults = []
    for table in needed.sorted_tables:
        if table.name not in columns:
            faults.append(f"the table {table.name} is gone")
            continue
        there = {column["name"]: column for column in columns[table.name]}
        faults += [f"the column {table.name}.{each.name} is gone" for each in table.columns if each.name not in there]
        # What the code may leave out: columns that it does not know, and those that it knows as empty at times.
        left_out = [
            column for name, column in there.items() if name not in table.columns or table.columns[name].nullable
        ]
        faults += [f"the column {table.name}.{each['name']} must be filled" for each in left_out if _is_required(each)]
    return faults


def _is_required(column: ReflectedColumn) -> bool:
    fills_itself = column.get("default") is not None or column.get("identity") or column.get("computed")
    return not column["nullable"] and not fills_itself
