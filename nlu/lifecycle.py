"""Trains the model when, and only when, there is none for the present sources."""

import asyncio
import os
import tempfile
from asyncio.subprocess import PIPE
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from core.errors import HubError
from nlu import process
from nlu.model import DATA, ROOT, SUFFIX, model_path

KEPT_MODELS = 2
_LAST_LINES = 15

Progress = Callable[[str], None]


class TrainingFailed(HubError):  # noqa: N818 - what happened, not a mistake in the call
    """The model could not be trained; the message ends with the last lines of the trainer's output."""


def trainer(python: Path) -> list[str]:
    """Return the command that trains a model; the data folder and the output file are appended to it."""
    return [str(python.absolute()), "-m", "nlu.rasa.train"]


async def ensure_model(models: Path, train: Sequence[str], progress: Progress, root: Path = ROOT) -> Path:
    """Return the model of the present sources, trained with the command `train` if it is missing.

    `progress` gets each line the trainer prints. Raises `TrainingFailed`.
    """
    models = _folder(models)
    model = model_path(models, root)
    if not model.exists():
        with tempfile.TemporaryDirectory(dir=models, prefix="training-") as folder:
            unfinished = Path(folder) / f"model{SUFFIX}"
            await _train([*train, str(root / DATA), str(unfinished)], progress)
            if not unfinished.exists():
                raise TrainingFailed("the training ended without a model")
            os.replace(unfinished, model)  # noqa: PTH105 - atomic, also where the file exists by now
    os.utime(model)
    _forget_old(models)
    return model


def _folder(models: Path) -> Path:
    models.mkdir(parents=True, exist_ok=True)
    return models.absolute()


async def _train(command: Sequence[str], progress: Progress) -> None:
    last: deque[str] = deque(maxlen=_LAST_LINES)
    child = await process.start(command, {}, stdout=PIPE)

    async def read(stream: asyncio.StreamReader | None, report: Progress) -> None:
        if stream:
            async for line in process.lines(stream):
                last.append(line)
                report(line)

    try:
        await asyncio.gather(read(child.stdout, progress), read(child.stderr, lambda _: None))
        if await child.wait() != 0:
            raise TrainingFailed("the training of the model failed:\n" + "\n".join(last))
    finally:
        await process.stop(child)


def _forget_old(models: Path) -> None:
    by_age = sorted(models.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_age[KEPT_MODELS:]:
        path.unlink(missing_ok=True)
