"""Which model a start serves (docs/adr/0005-model-life.md)."""

from collections.abc import Sequence
from pathlib import Path

from nlu.judging.outcome import Sentence
from nlu.lifecycle import Progress, TrainingFailed, ensure_model
from nlu.model import ROOT, code_fingerprint, fingerprint
from nlu.record import UNFIT
from nlu.store import ModelStore, ModelUnusable
from nlu.taught import beyond, release_words


async def choose_model(
    models: Path, train: Sequence[str], progress: Progress, root: Path = ROOT, taught: Sequence[Sentence] = ()
) -> Path:
    """Return the archive to serve: that of the present sources, trained if it is missing, unless it is known as unfit.

    Then, and when the training fails, it is the model in service, if the present code can load it. What was taught to
    the model in service is learned by each later one; `taught` stands for it where no model is in service yet. Raises
    `TrainingFailed` when there is no other.
    """
    store = ModelStore(models)
    in_service = usable_archive(store, store.registry().current, root)
    taught = taught_in_service(store, root, taught)
    present = store.get(fingerprint(root, taught))
    if in_service and present and present.verdict in UNFIT and present.name != store.registry().current:
        progress(f"{present.name}, the model of the present sources, is {present.verdict}: {present.reason}")
        progress(f"staying with {store.registry().current}; `hub nlu promote` examines the other one again")
        return in_service
    try:
        return await ensure_model(models, train, progress, root, taught=taught)
    except TrainingFailed as error:
        if in_service is None:
            raise
        progress(f"{error}")
        progress(f"staying with {store.registry().current}")
        return in_service


def taught_in_service(store: ModelStore, root: Path = ROOT, default: Sequence[Sentence] = ()) -> tuple[Sentence, ...]:
    """Return what was taught to the model in service and is not in the release; `default` where none is in service."""
    current = store.registry().current
    record = store.get(current) if current else None
    taught = record.taught if record else default
    return beyond(release_words(root), taught) if taught else ()


def usable_archive(store: ModelStore, name: str | None, root: Path = ROOT) -> Path | None:
    """Return the archive of a model if it is intact and the present code can load it."""
    record = store.get(name) if name else None
    if record is None or record.code != code_fingerprint(root):
        return None
    try:
        return store.archive(record.name)
    except ModelUnusable:
        return None
