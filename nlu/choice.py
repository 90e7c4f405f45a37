"""Which model a start serves (docs/adr/0005-model-life.md)."""

from collections.abc import Sequence
from pathlib import Path

from nlu.lifecycle import Progress, TrainingFailed, ensure_model
from nlu.model import ROOT, code_fingerprint, fingerprint
from nlu.record import UNFIT
from nlu.store import ModelStore, ModelUnusable


async def choose_model(models: Path, train: Sequence[str], progress: Progress, root: Path = ROOT) -> Path:
    """Return the archive to serve: that of the present sources, trained if it is missing, unless it is known as unfit.

    Then, and when the training fails, it is the model in service, if the present code can load it. Raises
    `TrainingFailed` when there is no other.
    """
    store = ModelStore(models)
    in_service = usable_archive(store, store.registry().current, root)
    present = store.get(fingerprint(root))
    if in_service and present and present.verdict in UNFIT and present.name != store.registry().current:
        progress(f"{present.name}, the model of the present sources, is {present.verdict}: {present.reason}")
        progress(f"staying with {store.registry().current}; `hub nlu promote` examines the other one again")
        return in_service
    try:
        return await ensure_model(models, train, progress, root)
    except TrainingFailed as error:
        if in_service is None:
            raise
        progress(f"{error}")
        progress(f"staying with {store.registry().current}")
        return in_service


def usable_archive(store: ModelStore, name: str | None, root: Path = ROOT) -> Path | None:
    """Return the archive of a model if it is intact and the present code can load it."""
    record = store.get(name) if name else None
    if record is None or record.code != code_fingerprint(root):
        return None
    try:
        return store.archive(record.name)
    except ModelUnusable:
        return None
