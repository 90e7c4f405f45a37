"""The trained models of one machine: files, what is known about them, and which one is in service.

A folder with, for each model, the archive, its record and its last evaluation, and one registry. Every file is replaced
as a whole, and changes are made under a lock, so that a crash or a second process leaves nothing half written. An
archive without a record is no model: the record is written last.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from core.errors import HubError
from core.logging import get_logger
from nlu.judging.evaluation import Evaluation
from nlu.judging.gate import Check
from nlu.model import SUFFIX
from nlu.record import ModelRecord, Registry, Verdict

_RECORD, _EVALUATION = ".json", ".evaluation.json"
_REGISTRY, _LOCK, _TRAINING = "registry.json", ".lock", "training-"
_LEFT_BEHIND_AFTER = 24 * 3600.0  # seconds; no training takes that long

_Shape = TypeVar("_Shape", bound=BaseModel)
_log = get_logger(__name__)


class ModelUnusable(HubError):  # noqa: N818 - a state of the store, not a mistake in the call
    """The model is not in the store, or its archive is not what was trained."""


class ModelStore:
    """The models in one folder; safe to use from several processes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder.absolute()

    def registry(self) -> Registry:
        """Return which models are in service; an unreadable registry counts as empty."""
        return self._read(self._folder / _REGISTRY, Registry) or Registry()

    def get(self, name: str) -> ModelRecord | None:
        """Return the record of a model, None when there is none."""
        record = self._read(self._folder / f"{name}{_RECORD}", ModelRecord)
        return record if record and record.name == name else None

    def records(self) -> list[ModelRecord]:
        """Return the records of all models, the newest first."""
        names = [path.name.removesuffix(SUFFIX) for path in self._folder.glob(f"*{SUFFIX}")]
        found = [record for name in names if (record := self.get(name))]
        return sorted(found, key=lambda record: record.trained_at, reverse=True)

    def evaluation(self, name: str) -> Evaluation | None:
        """Return the last evaluation of a model, None when there is none that this release can read."""
        return self._read(self._folder / f"{name}{_EVALUATION}", Evaluation)

    def archive(self, name: str) -> Path:
        """Return the archive of a model after checking its content; raise `ModelUnusable`."""
        record, path = self.get(name), self._path(name)
        if record is None or not path.is_file():
            message = f"There is no model {name} in {self._folder}."
            raise ModelUnusable(message)
        if path.is_symlink():
            message = f"The file of the model {name} is a link to somewhere else: only files of the store are loaded."
            raise ModelUnusable(message)
        if digest(path) != record.sha256:
            message = f"The file of the model {name} is damaged: it is not the one that was trained."
            raise ModelUnusable(message)
        return path

    @contextmanager
    def training_folder(self) -> Iterator[Path]:
        """Lend a folder beside the models, from which a finished archive can be moved in at once."""
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=_TRAINING) as folder:
            yield Path(folder)

    def add(self, archive: Path, record: ModelRecord) -> None:
        """Move a trained archive in; where an intact model of that name is already, that one stays."""
        with self._locked():
            if not self._is_intact(record.name):
                archive.replace(self._path(record.name))
                self._write(record)
            self._forget_old()

    def note(
        self, name: str, verdict: Verdict, reason: str = "", gate: tuple[Check, ...] = (), against: str | None = None
    ) -> None:
        """Write down what became known about a model, and against which one it was measured."""
        with self._locked():
            self._judge(name, verdict, reason, gate, against)

    def keep_evaluation(self, name: str, evaluation: Evaluation) -> None:
        """Write an evaluation down beside its model."""
        with self._locked():
            self._replace(f"{name}{_EVALUATION}", evaluation)

    def put_in_service(self, name: str) -> None:
        """Name the model that is served from now on; the one so far becomes the previous one."""
        with self._locked():
            self._serve(name)

    def replace(self, current: str | None, name: str) -> None:
        """Put a model in service in the place of `current`; raise `ModelUnusable` when that one is so no longer."""
        with self._locked():
            if self.registry().current != current:
                raise ModelUnusable("Another model was put in service meanwhile.")
            self._serve(name)

    def roll_back(self, code: str) -> Registry:
        """Return to the previous model, which must have been made with `code`; raise `ModelUnusable`."""
        with self._locked():
            registry = self.registry()
            if registry.previous is None or registry.current is None:
                raise ModelUnusable("There is no previous model to return to.")
            self.archive(registry.previous)
            record = self.get(registry.previous)
            if record is None or record.code != code:
                message = (
                    f"The previous model {registry.previous} was made for another release of the code: "
                    "check that release out again to serve it."
                )
                raise ModelUnusable(message)
            self._judge(registry.current, Verdict.WITHDRAWN, "a person returned to the model before it")
            if record.verdict is Verdict.WITHDRAWN:
                self._judge(registry.previous, Verdict.UNTESTED, "a person returned to it")
            turned = Registry(current=registry.previous, previous=registry.current)
            self._replace(_REGISTRY, turned)
            return turned

    def give_up(self, failed: str, back_to: str, reason: str) -> None:
        """Write down that a model could not be served, and name the one that still is."""
        with self._locked():
            self._judge(failed, Verdict.FAILED, reason)
            registry = self.registry()
            if registry.current == failed:
                previous = registry.previous if registry.previous != back_to else None
                self._replace(_REGISTRY, Registry(current=back_to, previous=previous))

    def leave_service(self) -> None:
        """Have no model in service: the next start chooses as if it were the first one."""
        with self._locked():
            self._replace(_REGISTRY, Registry())

    def _serve(self, name: str) -> None:
        registry = self.registry()
        if registry.current != name:
            self._replace(_REGISTRY, Registry(current=name, previous=registry.current))
            self._forget_old()

    def _judge(
        self,
        name: str,
        verdict: Verdict,
        reason: str,
        gate: tuple[Check, ...] | None = None,
        against: str | None = None,
    ) -> None:
        if record := self.get(name):
            known = {} if gate is None else {"gate": gate, "against": against}
            self._write(record.model_copy(update={"verdict": verdict, "reason": reason, **known}))

    def _is_intact(self, name: str) -> bool:
        try:
            self.archive(name)
        except ModelUnusable:
            return False
        return True

    def _forget_old(self) -> None:
        """Delete all but the model in service, the one before it and the newest other one."""
        registry, records = self.registry(), self.records()
        kept = {registry.current, registry.previous}
        kept |= {record.name for record in [record for record in records if record.name not in kept][:1]}
        for path in [*self._folder.glob(f"*{SUFFIX}"), *self._folder.glob(f"*{_RECORD}")]:
            if path.name != _REGISTRY and path.name.partition(".")[0] not in kept:
                path.unlink(missing_ok=True)
        for path in self._folder.glob(f"{_TRAINING}*"):
            if time.time() - path.stat().st_mtime > _LEFT_BEHIND_AFTER:
                shutil.rmtree(path, ignore_errors=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{SUFFIX}"

    def _write(self, record: ModelRecord) -> None:
        self._replace(f"{record.name}{_RECORD}", record)

    def _replace(self, name: str, content: BaseModel) -> None:
        unfinished = self._folder / f"{name}.new"  # one writer at a time: the lock is held
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(content.model_dump_json(indent=1))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._folder / name)

    def _read(self, path: Path, shape: type[_Shape]) -> _Shape | None:
        try:
            return shape.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            _log.warning("a file of the model store cannot be read", file=path.name, error=type(error).__name__)
            return None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / _LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # released when the file is closed, also by a crash
            yield


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
