"""Two scheduler processes: one works, and the other goes on within seconds when it is killed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.database import Database
from tests.fixtures.running import ROOT

pytestmark = pytest.mark.long

TAKEOVER_SECONDS = 5.0


@contextmanager
def _rival(database: Database, ledger: Path) -> Iterator[subprocess.Popen[bytes]]:
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.notifier.scheduler.rival", url, str(ledger)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def _workers(ledger: Path) -> list[int]:
    return [int(line.split()[0]) for line in ledger.read_text().splitlines()] if ledger.exists() else []


def _wait_for(ledger: Path, pid: int, seconds: float) -> float:
    started = time.monotonic()
    while pid not in _workers(ledger):
        assert time.monotonic() - started < seconds, f"{pid} did not work within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - started


def test_the_other_process_goes_on_when_the_leader_is_killed(database: Database, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    with _rival(database, ledger) as leader:
        _wait_for(ledger, leader.pid, 30)
        with _rival(database, ledger) as other:
            time.sleep(6)
            assert set(_workers(ledger)) == {leader.pid}
            assert other.poll() is None
            leader.kill()
            assert _wait_for(ledger, other.pid, 30) < TAKEOVER_SECONDS
