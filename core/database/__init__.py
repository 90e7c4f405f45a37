"""The database: SQLite in one process, PostgreSQL shared by many, the same code on both."""

from core.database.engine import Database
from core.database.together import ReadTogether, WrittenTogether
from core.database.types import Base, Identity, UtcDateTime
from core.database.upsert import insert_into

__all__ = ["Base", "Database", "Identity", "ReadTogether", "UtcDateTime", "WrittenTogether", "insert_into"]
