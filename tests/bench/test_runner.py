import asyncio
import os
from pathlib import Path

import pytest

from bench import runner
from bench.part import ROWS
from bench.rows import Row
from nlu.model import ROOT

HANGS = """
import asyncio
from pathlib import Path

async def measure():
    child = await asyncio.create_subprocess_exec("sleep", "600")
    Path(__file__).with_name("child").write_text(str(child.pid))
    await asyncio.Event().wait()
"""
FAILS = """
from bench.part import NotMeasured

async def measure():
    raise NotMeasured("Chromium is not installed")
"""
WORKS = """
from bench.rows import Row

async def measure():
    return [Row(name="claim", value=5, unit="ms")]
"""


def content(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def is_running(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Parts of the test's own, importable as `bench.<name>` in the child."""
    folder = tmp_path / "site"
    folder.mkdir()
    for name, code in {"works": WORKS, "fails": FAILS, "hangs": HANGS}.items():
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
        monkeypatch.setitem(runner.PARTS, name, (name.title(), 30.0))
    (folder / "sitecustomize.py").write_text(
        f"import bench\nbench.__path__.append({str(folder)!r})\n", encoding="utf-8"
    )
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}


async def test_a_part_is_measured_in_a_process_of_its_own(parts: dict[str, str], tmp_path: Path) -> None:
    part = await runner.measure_part("works", 30, tmp_path / "rows", parts)
    assert part.problem == ""
    assert part.rows == (Row(name="claim", value=5, unit="ms"),)


async def test_a_part_that_fails_says_why(parts: dict[str, str], tmp_path: Path) -> None:
    part = await runner.measure_part("fails", 30, tmp_path / "rows", parts)
    assert (part.rows, part.problem) == ((), "Chromium is not installed")


async def test_a_part_that_takes_too_long_is_ended(parts: dict[str, str], tmp_path: Path) -> None:
    part = await runner.measure_part("hangs", 0.1, tmp_path / "rows", parts)
    assert part.problem == "it took longer than 0.10 s"


async def test_stopped_in_the_middle_a_part_leaves_nothing_behind(parts: dict[str, str], tmp_path: Path) -> None:
    measuring = asyncio.create_task(runner.measure_part("hangs", 280, tmp_path / "rows", parts))
    child = tmp_path / "site" / "child"
    while not measuring.done() and not content(child):  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.05)
    measuring.cancel()
    with pytest.raises(asyncio.CancelledError):
        await measuring
    async with asyncio.timeout(60):
        while is_running(int(content(child))):  # noqa: ASYNC110 - killed, it takes a moment to be gone
            await asyncio.sleep(0.05)


async def test_without_time_left_nothing_is_started(parts: dict[str, str], tmp_path: Path) -> None:
    part = await runner.measure_part("works", 0, tmp_path / "rows", parts)
    assert part.problem == "no time was left for it"


def test_rows_survive_the_way_between_the_processes() -> None:
    rows = [Row(name="chat", value=1.5, unit="/s", p50=1, ratio=0.5, against="bare")]
    assert ROWS.validate_json(ROWS.dump_json(rows)) == rows
