"""Alembic's environment: it works on the connection it is handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from core.database import UtcDateTime
from hub.migrations.tables import metadata


def render_item(_kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column type under its own name into new migrations."""
    return "UtcDateTime()" if isinstance(item, UtcDateTime) else False


connection: Any = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render_item,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
