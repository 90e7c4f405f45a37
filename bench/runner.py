"""Runs parts of the benchmarks one after another, each in a process of its own and with a limit of time."""

import asyncio
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from bench.machine import machine
from bench.part import ROWS
from bench.postgres import own_database, postgres
from bench.results import Part, Results
from bench.rows import Row, number
from nlu.model import ROOT

PARTS: dict[str, tuple[str, float]] = {
    "chat": ("Chat", 270),
    "understanding": ("One and two NLU processes", 120),
    "first_answer": ("First answer in the browser", 150),
    "start": ("Start-up and memory", 240),
    "alerts": ("Alerts", 150),
    "broadcast": ("Sending", 200),
    "claim": ("Claiming", 150),
    "planning": ("Planning", 90),
    "telegram": ("Telegram conversations", 90),
    "training": ("Training", 150),
}
"""The parts in their order, each with its title and the most seconds it may take of a run of `MOST_SECONDS`."""
MOST_SECONDS = 12 * 60.0
"""Parts for which no time is left are not measured, and the table says so."""
_ENDS_WITHIN = 15.0


async def run(names: Sequence[str], most_seconds: float = MOST_SECONDS) -> Results:
    """Measure these parts within so many seconds; whatever happens, no process is left behind."""
    facts, at, begun = machine(), datetime.now(UTC), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench") as folder, postgres() as server:
        parts = []
        for name in names:
            left = most_seconds - (time.monotonic() - begun)
            _say(f"{PARTS[name][0]} …")
            with own_database(server) as url:
                limit, file = min(PARTS[name][1] * most_seconds / MOST_SECONDS, left), Path(folder) / name
                parts.append(await measure_part(name, limit, file, {"BENCH_DATABASE_URL": url}))
            _say(f"  {parts[-1].problem or 'measured'}, {parts[-1].seconds:.0f} s")
    return Results(measured_at=at, seconds=time.monotonic() - begun, machine=facts, parts=tuple(parts))


async def measure_part(name: str, limit: float, file: Path, environment: Mapping[str, str]) -> Part:
    """Return one part, measured in a process of its own within `limit` seconds."""
    begun = time.monotonic()
    problem = await _run(name, limit, file, environment) if limit > 0 else "no time was left for it"
    rows = () if problem else _rows(file)
    return Part(name=name, title=PARTS[name][0], seconds=time.monotonic() - begun, rows=rows, problem=problem)


def _rows(file: Path) -> tuple[Row, ...]:
    return tuple(ROWS.validate_json(file.read_bytes()))


async def _run(name: str, limit: float, file: Path, environment: Mapping[str, str]) -> str:
    """Return why a part was not measured, nothing when it was."""
    # A file and no pipe: whatever a part started and left behind would hold a pipe open.
    with _log_beside(file) as log:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.part", name, str(file)),
            cwd=ROOT,
            env=os.environ | environment,
            stderr=log,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(limit):
                await child.wait()
        except TimeoutError:
            return f"it took longer than {number(limit)} s"
        finally:
            await _end(child)
        return "" if child.returncode == 0 else _last_line(log) or f"it ended with {child.returncode}"


def _log_beside(file: Path) -> BinaryIO:
    return file.with_suffix(".log").open("w+b")


def _last_line(log: BinaryIO) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").split("\n")
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")


async def _end(child: Process) -> None:
    """End the process, politely at first, and then whatever is left of its group."""
    with suppress(TimeoutError, ProcessLookupError):
        async with asyncio.timeout(_ENDS_WITHIN):
            if child.returncode is None:
                child.terminate()
            await child.wait()
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    await child.wait()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
