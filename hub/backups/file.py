"""The file of a backup: a ZIP with the rows of every table, the language model in service and a manifest of it all.

It appears under its name only when all of it is on the disk and was read back. No secret is in it: of the keys it holds
names, by which a restore tells whether those at hand open it.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import AwareDatetime, BaseModel, ValidationError

from core.errors import HubError

UNFINISHED = ".unfinished"
_MANIFEST = "manifest.json"
_BLOCK = 1 << 20
_OWNER_ONLY = 0o600


class BackupError(HubError):
    """A backup cannot be written, or its file is not what was written."""


class Part(BaseModel, frozen=True):
    """One file inside: its checksum, and of a table its columns and how many rows there are."""

    sha256: str
    columns: tuple[str, ...] = ()
    rows: int = 0


class Manifest(BaseModel, frozen=True):
    """What a backup holds; `keys` counts the sealed values by the name of the key that opens them."""

    format: Literal[1] = 1
    release: str
    revision: str
    engine: str
    city: str
    made_at: AwareDatetime
    keys: dict[str, int]
    index_key: str
    model: str | None
    parts: dict[str, Part]

    @property
    def rows(self) -> int:
        """Rows in all tables together."""
        return sum(part.rows for part in self.parts.values())


class Sink:
    """Hands bytes on to a file and keeps their checksum."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sha256 = sha256()

    def write(self, data: bytes) -> None:
        """Take some more."""
        self.sha256.update(data)
        self._file.write(data)


class Parts:
    """Writes the files of one backup, one after the other."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.written: dict[str, Part] = {}

    @contextmanager
    def add(self, name: str, columns: tuple[str, ...] = (), *, is_packed: bool = False) -> Iterator[Sink]:
        """Open the next file for writing; one that is packed already is stored as it is."""
        info = ZipInfo(name)
        info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
        with self._archive.open(info, "w", force_zip64=True) as file:
            sink = Sink(file)
            yield sink
        self.written[name] = Part(sha256=sink.sha256.hexdigest(), columns=columns)

    def count(self, name: str, rows: int) -> None:
        """Note how many rows a table has."""
        self.written[name] = self.written[name].model_copy(update={"rows": rows})

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, after which nothing is added."""
        self._archive.writestr(ZipInfo(_MANIFEST), manifest.model_dump_json(indent=1))


@contextmanager
def new_backup(path: Path) -> Iterator[Parts]:
    """Open the file of a new backup, readable by its owner only.

    Raises:
        BackupError: the folder cannot be written, or the disk is full; no file is left behind.
    """
    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ONLY), "w+b") as file:
            with ZipFile(file, "w") as archive:
                yield Parts(archive)
            file.flush()
            os.fsync(file.fileno())
        check(unfinished)
        unfinished.replace(path)
        _sync(path.parent)
    except OSError as error:
        message = (
            f"The backup {path} cannot be written ({error.strerror}): choose another folder, or make room on the disk."
        )
        raise BackupError(message) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def check(path: Path) -> Manifest:
    """Read a backup from end to end and return what it holds.

    Raises:
        BackupError: it cannot be read, is cut off, or is not what was written.
    """
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        for name, part in manifest.parts.items():
            with archive.open(name) as file:
                found = sha256()
                while block := file.read(_BLOCK):
                    found.update(block)
            if found.hexdigest() != part.sha256:
                message = f"The backup {path} is damaged ({name}): use another one."
                raise BackupError(message)
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as archive:
            yield archive
    except (BadZipFile, zlib.error, EOFError, KeyError) as error:
        message = f"The file {path} is no backup, or it is damaged or cut off: use another one."
        raise BackupError(message) from error
    except OSError as error:
        message = f"The backup {path} cannot be read ({error.strerror}): correct the path."
        raise BackupError(message) from error


def _manifest(path: Path, archive: ZipFile) -> Manifest:
    try:
        return Manifest.model_validate_json(archive.read(_MANIFEST))
    except ValidationError as error:
        message = f"The backup {path} was made by a release that this one cannot read: restore it with that release."
        raise BackupError(message) from error


def _sync(folder: Path) -> None:
    """Make the disk keep the name, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
