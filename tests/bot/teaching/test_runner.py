"""Trainings as child processes: what they say, how they end, and what a kill leaves behind."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.teaching.runner import LEASE, Beat, TrainingRunner
from bot.teaching.training import Training, TrainingState
from nlu.learning import Phase
from tests.bot.teaching.school import EDITOR, School, report
from tests.nlu.children import until

HASTY = Beat(look=0.02, life=0.02)
_WAITS = "import sys\nprint('phase:training', flush=True)\nsys.stdin.read()\n"
_FAILS = "import sys\nprint('phase:training', flush=True)\nprint('loading', flush=True)\nsys.exit('ValueError: no')\n"
_FORGETS = "print('phase:training')"


def _trains(passed: bool = True) -> str:
    done = report(2, "1" * 16, passed=passed).model_dump_json()
    return (
        "import json, pathlib, sys\n"
        "print('phase:training', flush=True)\n"
        "print(json.loads(pathlib.Path(sys.argv[1]).read_text()), flush=True)\n"
        "print('phase:measuring', flush=True)\n"
        f"pathlib.Path(sys.argv[2]).write_text({done!r})\n"
    )


@asynccontextmanager
async def running(school: School, script: str) -> AsyncIterator[asyncio.Event]:
    """Run what looks for trainings; the event tells it to stop."""
    stop = asyncio.Event()
    runner = TrainingRunner(school.database, school.clock, [sys.executable, "-c", script], {}, HASTY)
    task = asyncio.create_task(runner.run(stop))
    try:
        yield stop
    finally:
        stop.set()
        await task


async def _requested(school: School) -> int:
    await school.lessons.teach(EDITOR, "out_of_scope", ["kiedy otwieracie basen"])
    return await school.trainings.request(EDITOR)


async def _until(school: School, training: int, condition: Callable[[Training], bool]) -> Training:
    while True:  # the test's own time limit is the bound
        found = await school.trainings.find(EDITOR, training)
        assert found is not None
        if condition(found):
            return found
        await asyncio.sleep(0.02)


async def _ended(school: School, training: int) -> Training:
    return await _until(school, training, lambda found: not found.is_open)


@pytest.mark.parametrize(("passed", "state"), [(True, TrainingState.READY), (False, TrainingState.REFUSED)])
async def test_a_training_is_run_and_its_report_kept(school: School, passed: bool, state: TrainingState) -> None:
    training = await _requested(school)
    async with running(school, _trains(passed)):
        found = await _ended(school, training)

    assert found.state is state
    assert found.report == report(2, "1" * 16, passed=passed)
    assert [step.phase for step in found.steps] == [Phase.TRAINING, Phase.MEASURING]
    assert found.log == "[['out_of_scope', 'kiedy otwieracie basen']]"


@pytest.mark.parametrize(
    ("script", "said"), [(_FAILS, "ValueError: no"), (_FORGETS, "without a report")], ids=["an error", "no report"]
)
async def test_a_failed_training_says_why(school: School, script: str, said: str) -> None:
    training = await _requested(school)
    async with running(school, script):
        found = await _ended(school, training)

    assert found.state is TrainingState.FAILED
    assert said in found.log
    assert found.report is None


async def test_a_missing_interpreter_is_a_failed_training(school: School) -> None:
    training, stop = await _requested(school), asyncio.Event()
    runner = TrainingRunner(school.database, school.clock, ["no-such-python"], {}, HASTY)
    task = asyncio.create_task(runner.run(stop))
    found = await _ended(school, training)
    stop.set()
    await task

    assert found.state is TrainingState.FAILED
    assert "no-such-python cannot be started" in found.log


async def test_staff_end_a_training_and_its_process_with_it(school: School, tmp_path: Path) -> None:
    training = await _requested(school)
    mark = tmp_path / "pid"
    script = f"import os, pathlib\npathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\n{_WAITS}"
    async with running(school, script):
        await _until(school, training, lambda found: bool(found.steps))
        await school.trainings.stop(EDITOR, training)
        await until(lambda: not Path(f"/proc/{mark.read_text()}").exists())
        assert (await _ended(school, training)).state is TrainingState.INTERRUPTED
        # The next one is taken at once.
        second = await school.trainings.request(EDITOR)
        await _until(school, second, lambda found: found.state is TrainingState.RUNNING)


async def test_the_end_of_the_product_interrupts_a_training(school: School) -> None:
    training = await _requested(school)
    async with running(school, _WAITS) as stop:
        await _until(school, training, lambda found: bool(found.steps))
        stop.set()
        found = await _ended(school, training)

    assert found.state is TrainingState.INTERRUPTED


async def test_of_two_processes_that_look_one_trains(school: School, tmp_path: Path) -> None:
    training, starts = await _requested(school), tmp_path / "starts"
    starts.mkdir()
    script = f"import os, pathlib\n(pathlib.Path({str(starts)!r}) / str(os.getpid())).touch()\n{_trains()}"
    async with running(school, script), running(school, script):
        await _ended(school, training)

    assert len(list(starts.iterdir())) == 1


async def test_a_killed_process_leaves_a_training_that_the_next_one_ends(school: School) -> None:
    training, stop = await _requested(school), asyncio.Event()
    runner = TrainingRunner(school.database, school.clock, [sys.executable, "-c", _WAITS], {}, HASTY)
    task = asyncio.create_task(runner.run(stop))
    await _until(school, training, lambda found: bool(found.steps))
    task.cancel()  # as near to a kill as a test in one process comes: nothing is written down any more
    with suppress(asyncio.CancelledError):
        await task
    found = await school.trainings.find(EDITOR, training)
    assert found is not None
    assert found.is_open
    school.clock.advance(2 * LEASE)

    assert (await _ended(school, training)).state is TrainingState.INTERRUPTED
    second = await school.trainings.request(EDITOR)
    async with running(school, _trains()):
        assert (await _ended(school, second)).state is TrainingState.READY
