"""`python -m hub.understanding.learn SENTENCES REPORT`: trains and judges a model with taught sentences.

The panel has it started: a process of its own, so that no event loop that answers residents trains or measures.
SENTENCES holds JSON pairs of intent and text. It prints each phase, writes the report and ends; earlier when its
standard input ends, because whoever asked is gone then.
"""

import asyncio
import json
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from core.clock import SystemClock
from core.errors import HubError
from core.logging import configure_logging
from core.settings import Settings
from hub.understanding.evaluation import measure
from hub.understanding.model import models_folder, trainer_of
from nlu.judging.evaluation import Evaluation
from nlu.judging.gate import load_gate
from nlu.judging.outcome import Sentence
from nlu.learning import Learning, Report
from nlu.taught import beyond, release_words

_CLOCK = SystemClock()
# Residents come first: training and measuring take what time they leave.
_NICENESS = 5
_STANDARD_INPUT = 0


def main(sentences: Path, report: Path) -> None:
    """Write the report; a fault that the operator can mend is one sentence on standard error and exit code 1."""
    os.nice(_NICENESS)
    # Nothing but what the runner hands on: a file of settings may be that of a product in production.
    settings = Settings(_env_file=None)
    configure_logging(json=True, level=settings.log_level)
    try:
        found = asyncio.run(_learn(settings, _read(sentences)))
    except HubError as error:
        sys.exit(str(error))
    report.write_text(found.model_dump_json(), encoding="utf-8")


async def _learn(settings: Settings, pairs: list[Sentence]) -> Report:
    learning = asyncio.create_task(_report(settings, pairs))
    watching = asyncio.create_task(_input_ends())
    try:
        await asyncio.wait({learning, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not learning.done():
            raise HubError("Whoever asked for the training is gone.")
        return await learning
    finally:
        for task in (learning, watching):
            task.cancel()
        await asyncio.gather(learning, watching, return_exceptions=True)


async def _report(settings: Settings, pairs: list[Sentence]) -> Report:
    new = beyond(release_words(), pairs)

    async def measured(archive: Path) -> Evaluation:
        return await measure(settings, archive, _CLOCK, new)

    learning = Learning(models_folder(settings), trainer_of(settings), measured, load_gate(), _say)
    return await learning.learn(new, progress=_say)


def _read(sentences: Path) -> list[Sentence]:
    return [Sentence(intent, text) for intent, text in json.loads(sentences.read_text(encoding="utf-8"))]


def _say(line: str) -> None:
    print(line, flush=True)


async def _input_ends() -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()

    def wait_for_end() -> None:
        # Read without Python's buffer: a buffer held by a thread aborts an orderly end of the process.
        while os.read(_STANDARD_INPUT, 1024):
            pass
        with suppress(RuntimeError):  # the work was done before, and its loop is closed
            loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=wait_for_end, daemon=True, name="parent-watch").start()
    await ended.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
