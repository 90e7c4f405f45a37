"""The language model in service as a part of a backup: without it, one is trained again after a restore."""

from pathlib import Path
from shutil import copyfileobj
from zipfile import ZipFile

from pydantic import BaseModel

from core.logging import get_logger
from hub.backups.file import Manifest, Parts
from nlu.judging.evaluation import Evaluation
from nlu.record import ModelRecord
from nlu.store import ModelStore, ModelUnusable

_ARCHIVE, _RECORD, _EVALUATION = "model/archive", "model/record.json", "model/evaluation.json"

_log = get_logger(__name__)


def write_model(store: ModelStore, parts: Parts) -> str | None:
    """Write the model in service and return its name, None when there is none that can be read."""
    name = store.registry().current
    record = store.get(name) if name else None
    if name is None or record is None:
        return None
    try:
        archive = store.archive(name)
    except ModelUnusable as error:
        _log.error("model_not_in_backup", reason=str(error))
        return None
    with archive.open("rb") as file, parts.add(_ARCHIVE, is_packed=True) as sink:
        copyfileobj(file, sink)
    known: list[tuple[str, BaseModel | None]] = [(_RECORD, record), (_EVALUATION, store.evaluation(name))]
    for part, content in known:
        if content is not None:
            with parts.add(part) as sink:
                sink.write(content.model_dump_json().encode())
    return name


def restore_model(file: Path, manifest: Manifest, store: ModelStore) -> bool:
    """Put the model of a checked backup in service; False when it has none, or the store has one in service."""
    if manifest.model is None or store.registry().current is not None:
        return False
    with ZipFile(file) as archive, store.training_folder() as folder:
        copy = folder / manifest.model
        with archive.open(_ARCHIVE) as source, copy.open("wb") as target:
            copyfileobj(source, target)
        store.add(copy, ModelRecord.model_validate_json(archive.read(_RECORD)))
        if _EVALUATION in manifest.parts:
            store.keep_evaluation(manifest.model, Evaluation.model_validate_json(archive.read(_EVALUATION)))
    store.put_in_service(manifest.model)
    return True
