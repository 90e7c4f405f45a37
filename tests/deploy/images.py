"""The Dockerfiles, read as far as we use them, and what .dockerignore lets through to the builder."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from tests.fixtures.running import ROOT

_NEVER = {".git", ".venv", ".tools", ".var", "node_modules", "__pycache__"}


@dataclass
class Stage:
    """One `FROM` and what follows it."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def of(self, instruction: str) -> list[str]:
        """Return what stands behind every such instruction."""
        return [rest for word, rest in self.steps if word == instruction]


def stages(path: Path) -> list[Stage]:
    """Return the stages of a Dockerfile."""
    text = re.sub(r"\\\n\s*", "", path.read_text(encoding="utf-8"))
    found: list[Stage] = []
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            found.append(Stage(base, name))
        elif word and not word.startswith("#"):
            found[-1].steps.append((word, rest))
    return found


@cache
def context() -> frozenset[Path]:
    """Return the files that the builder gets, relative to the repository."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    return frozenset(path for path in _files() if not _ignored(path, patterns))


def copy_context(target: Path) -> None:
    """Copy what the builder gets."""
    for path in context():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, target / path)


def _files() -> Iterator[Path]:
    for folder, names, files in os.walk(ROOT):
        names[:] = [name for name in names if name not in _NEVER]
        for file in files:
            yield (Path(folder) / file).relative_to(ROOT)


def _ignored(path: Path, patterns: list[str]) -> bool:
    """Say whether the last pattern that fits the path or a folder above it excludes it."""
    ignored = False
    parts = [Path(*path.parts[: length + 1]).as_posix() for length in range(len(path.parts))]
    for pattern in patterns:
        wanted = pattern.removeprefix("!")
        if any(fnmatch(part, wanted) or fnmatch(f"/{part}", wanted.replace("**", "*")) for part in parts):
            ignored = not pattern.startswith("!")
    return ignored
