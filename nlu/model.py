"""Which model belongs to the present sources, and which models the present code can load.

A model is named by the fingerprint of everything it is made of. A part of that, the code, is loaded beside the model
when it is served: a model made with other code would fail, or would read sentences otherwise than it learned them.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import yaml

from nlu.judging.outcome import Sentence

ROOT = Path(__file__).resolve().parent.parent
RASA_PROJECT = Path("nlu/rasa")
DATA = RASA_PROJECT / "data"
SUFFIX = ".tar.gz"


def fingerprint(root: Path = ROOT, taught: Sequence[Sentence] = ()) -> str:
    """Return 16 characters that change when, and only when, the content or name of a training input changes.

    `taught` are the sentences that staff added to those of the release.
    """
    project = root / RASA_PROJECT
    files = [*_code(root), project / "config.yml", project / "train.py", *(root / DATA).glob("*.yml")]
    release = _digest(root, files)
    if not taught:
        return release
    lines = "".join(f"{intent}\0{text}\0" for intent, text in sorted(taught))
    return sha256(f"{release}\0{lines}".encode()).hexdigest()[:16]


def code_fingerprint(root: Path = ROOT) -> str:
    """Return 16 characters that change with the code and the libraries which a served model runs on."""
    return _digest(root, _code(root))


def count_sentences(root: Path = ROOT) -> int:
    """Return how many sentences the model of the present sources learns from."""
    return sum(
        len(block["examples"].splitlines())
        for path in (root / DATA).glob("*.yml")
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    )


def _code(root: Path) -> Iterator[Path]:
    yield root / "core" / "text.py"
    yield root / RASA_PROJECT / "uv.lock"
    yield from (root / RASA_PROJECT / "components").glob("*.py")


def _digest(root: Path, paths: Iterable[Path]) -> str:
    digest = sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
