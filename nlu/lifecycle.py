"""Trains the model when, and only when, there is none for the present sources."""

import asyncio
import shutil
from asyncio.subprocess import PIPE
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from core.clock import Clock, SystemClock
from core.errors import HubError
from nlu.judging.outcome import Sentence
from nlu.model import DATA, ROOT, SUFFIX, code_fingerprint, count_sentences, fingerprint
from nlu.record import ModelRecord
from nlu.serving import process
from nlu.store import ModelStore, ModelUnusable, digest
from nlu.taught import as_training_data

_LAST_LINES = 15
_CLOCK = SystemClock()

Progress = Callable[[str], None]


class TrainingFailed(HubError):  # noqa: N818 - what happened, not a mistake in the call
    """The model could not be trained; the message ends with the last lines of the trainer's output."""


def trainer(python: Path) -> list[str]:
    """Return the command that trains a model; the data folder and the output file are appended to it."""
    return [str(python.absolute()), "-m", "nlu.rasa.train"]


async def ensure_model(
    models: Path,
    train: Sequence[str],
    progress: Progress,
    root: Path = ROOT,
    clock: Clock = _CLOCK,
    *,
    taught: Sequence[Sentence] = (),
) -> Path:
    """Return the archive of the model of the present sources, trained with the command `train` if it is missing.

    It learns the `taught` sentences, too. `progress` gets each line the trainer prints. Raises `TrainingFailed`.
    """
    store, name = ModelStore(models), fingerprint(root, taught)
    try:
        return store.archive(name)
    except ModelUnusable:
        pass
    with store.training_folder() as folder:
        unfinished = folder / f"model{SUFFIX}"
        await _train([*train, str(_data(root, taught, folder)), str(unfinished)], progress)
        if not unfinished.exists():
            raise TrainingFailed("the training ended without a model")
        if fingerprint(root, taught) != name:
            raise TrainingFailed("the sentences or the code changed during the training: start it again")
        record = ModelRecord(
            name=name,
            code=code_fingerprint(root),
            sha256=digest(unfinished),
            trained_at=clock.now(),
            sentences=count_sentences(root) + len(taught),
            taught=tuple(taught),
        )
        store.add(unfinished, record)
    return store.archive(name)


def _data(root: Path, taught: Sequence[Sentence], folder: Path) -> Path:
    """Return the folder to train from: that of the release, or a copy of it with what was taught."""
    if not taught:
        return root / DATA
    joined = folder / "data"
    shutil.copytree(root / DATA, joined)
    (joined / "taught.yml").write_text(as_training_data(taught), encoding="utf-8")
    return joined


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
