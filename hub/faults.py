"""What an operator is told of a fault that he can mend, whatever command met it."""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from core.database.engine import database_url
from core.errors import HubError
from core.settings import Settings, load_settings
from hub.backups.making import newest_backup

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_WHATEVER_ELSE = sqlite3.SQLITE_ERROR
"""SQLite's code for a statement that is wrong by itself, such as one about a table that is not there."""
_PLAIN_CODE = 0xFF
_NOT_ALLOWED = frozenset({"42501", "25006"})
"""SQLSTATEs of PostgreSQL: a missing right, a server that may only be read."""

_ROOM = "correct VAR_DIR or its rights, or make room on the disk"
_OF_THE_DISK = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})


def sentences(error: Exception) -> list[str]:
    """Return what to tell of an error or a group of them; raise it again when it is nobody's fault but ours."""
    leaves = list(_leaves(error))
    told = [_sentence(leaf) for leaf in leaves]
    if not all(told):
        raise error
    return list(dict.fromkeys(told))


def unusable(settings: Settings, error: DBAPIError) -> str:
    """Return what to tell of a database that does not answer, cannot be written, or is damaged; "" for other errors."""
    url = database_url(settings.database)
    reason = " ".join(str(error.orig).split())
    code = getattr(error.orig, "sqlite_errorcode", 0) & _PLAIN_CODE
    if code in _DAMAGED:
        return f"The database {url.database} is damaged ({reason}). {_way_back(settings, url)}"
    refused = getattr(error.orig, "sqlstate", None) in _NOT_ALLOWED
    if code == _WHATEVER_ELSE or not (refused or isinstance(error, OperationalError)):
        return ""
    advice = "give its user the right" if refused else "start it, or correct DATABASE_URL"
    if code:
        advice = f"correct DATABASE_URL; {_ROOM}"
    return f"The database {url.render_as_string(hide_password=True)} cannot be used ({reason}): {advice}."


def how_to_empty(url: URL) -> str:
    """Return how a database is made empty without losing it for good where that is possible."""
    name = url.database
    if url.get_backend_name() == "sqlite":
        return f"stop every process and move the file {name} away (with {name}-wal and {name}-shm)"
    return f"stop every process, then DROP DATABASE {name} and CREATE DATABASE {name}, or name a new one"


def _way_back(settings: Settings, url: URL) -> str:
    newest = newest_backup(settings.city, [Path(str(url.database)).parent, Path()])
    restore = f"`hub restore {newest}`" if newest else "`hub restore FILE`; without a backup the next start begins anew"
    return f"To go back to the last backup: {how_to_empty(url)}, then {restore}."


def _sentence(error: BaseException) -> str:
    match error:
        case HubError():
            return str(error)
        case DBAPIError():
            return unusable(load_settings(), error)
        case OSError() if error.errno in _OF_THE_DISK:
            return f"{error.filename or 'A file'} cannot be written ({error.strerror}): {_ROOM}."
    return ""


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if not isinstance(error, BaseExceptionGroup):
        yield error
        return
    for inner in error.exceptions:
        yield from _leaves(inner)
