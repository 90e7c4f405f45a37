"""The documents, and what they point at."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.fixtures.running import ROOT

IMAGES = ROOT / "docs" / "images"
_NAMED = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)]*)?\)")


def documents() -> list[Path]:
    """Return every document, in order."""
    return [*(ROOT / name for name in _NAMED), *sorted((ROOT / "docs").rglob("*.md"))]


def links(document: Path) -> Iterator[Path]:
    """Return the files that a document points at, its pictures too."""
    for target in _LINK.findall(document.read_text(encoding="utf-8")):
        yield (document.parent / target).resolve()


def pictures_shown() -> set[str]:
    """Return the names of the pictures that documents show or point at."""
    return {target.name for each in documents() for target in links(each) if target.parent == IMAGES}
