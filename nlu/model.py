"""Which model belongs to the present sources: the name of its file is the fingerprint of everything it is made of."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RASA_PROJECT = Path("nlu/rasa")
DATA = RASA_PROJECT / "data"
SUFFIX = ".tar.gz"


def fingerprint(root: Path = ROOT) -> str:
    """Return 16 characters that change when, and only when, the content or name of a training input changes."""
    digest = sha256()
    for path in sorted(_inputs(root)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def model_path(models: Path, root: Path = ROOT) -> Path:
    """Return where the model of the present sources lies, or will lie, in the folder `models`."""
    return models / f"{fingerprint(root)}{SUFFIX}"


def _inputs(root: Path) -> Iterator[Path]:
    project = root / RASA_PROJECT
    yield project / "config.yml"
    yield project / "train.py"
    yield project / "uv.lock"
    yield root / "core" / "text.py"
    yield from (project / "components").glob("*.py")
    yield from (root / DATA).glob("*.yml")
