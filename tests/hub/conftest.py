"""The command line as a person uses it: words in, text and exit code out."""

import asyncio
import io
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from hub.cli import main
from tests.fixtures.running import ROOT


@dataclass(frozen=True)
class Printed:
    """What a command left on the screen; `code` is 0 when all went well."""

    code: int
    out: str
    err: str


Hub = Callable[..., Awaitable[Printed]]


@pytest.fixture
def _logging() -> Iterator[None]:
    """Put back the logging that a command configures for its own process."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def hub(
    _logging: None,
    migrated_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Hub:
    """The command line over a database of the test's own."""
    path = tmp_path / "hub.db"
    if not path.exists():
        path.write_bytes(migrated_file.read_bytes())
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))

    async def run(*words: str, typed: str | bytes = "") -> Printed:
        monkeypatch.setattr(sys, "argv", ["hub", *words])
        stdin = io.BytesIO(typed.encode() if isinstance(typed, str) else typed)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stdin))
        code, told = 0, ""
        try:
            await asyncio.to_thread(main)
        except SystemExit as end:
            code, told = (end.code, "") if isinstance(end.code, int) else (1, str(end.code))
        out, err = capsys.readouterr()
        return Printed(code, out, err + told)

    return run
