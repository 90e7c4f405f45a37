"""Follows a recipe of docs/growing.md in a copy of the project, word by word."""

import re
import shutil
import textwrap
from dataclasses import dataclass
from pathlib import Path

from tests.fixtures.running import ROOT

_LEFT_OUT = (".venv", ".git", ".var", "node_modules", "__pycache__", ".*_cache")
_FENCE = re.compile(r"^( *)```\w*\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_NAMES = r"(?P<files>In `[^`]+`(?: and in `[^`]+`)?), "
_CODE = r"(?P<{0}_tick>``?)(?P<{0}>.+?)(?P={0}_tick)"
_CREATE = re.compile(r"Create `([^`]+)`:$")
_BELOW = re.compile(_NAMES + "below the line " + _CODE.format("line") + ", add:$")
_REPLACE = re.compile(_NAMES + "replace " + _CODE.format("old") + " by:$")
_REPLACE_AT_ONCE = re.compile(_NAMES + "replace " + _CODE.format("old") + " by " + _CODE.format("new") + r"\.")


@dataclass(frozen=True)
class Recipe:
    """A section of the document."""

    text: str

    @classmethod
    def called(cls, title: str) -> "Recipe":
        """Return the section of that heading."""
        document = (ROOT / "docs" / "growing.md").read_text(encoding="utf-8")
        return cls(document.split(f"\n## {title}\n")[1].split("\n## ")[0])

    def follow(self, project: Path) -> list[str]:
        """Do every step in a copy of the project; return the commands that check it, in order."""
        commands: list[str] = []
        end = 0
        for fence in _FENCE.finditer(self.text):
            said = " ".join(self.text[end : fence.start()].split())
            end = fence.end()
            for step in _REPLACE_AT_ONCE.finditer(said):
                _replace(project, step, step["new"])
            block, last = textwrap.dedent(fence[2]), f"In `{said.rpartition('In `')[2]}"
            if said.endswith("Check:"):
                commands += block.splitlines()
            elif created := _CREATE.search(said):
                path = project / created[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block, encoding="utf-8")
            elif below := _BELOW.match(last):
                _add_below(project, below, _indented(fence[2], fence[1]))
            elif replaced := _REPLACE.match(last):
                _replace(project, replaced, _indented(fence[2], fence[1]).strip())
            else:
                message = f"a block that no words explain, after: {said[-200:]}"
                raise AssertionError(message)
        return commands


def copy_of_the_project(folder: Path) -> Path:
    """Return a copy without what is installed or built."""
    project = folder / "project"
    shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*_LEFT_OUT), symlinks=True)
    return project


def _indented(block: str, fence: str) -> str:
    """Take away the indent of the fence only: what is left belongs to the lines."""
    return "".join(line.removeprefix(fence) for line in block.splitlines(keepends=True))


def _add_below(project: Path, step: re.Match[str], block: str) -> None:
    for name in _files(step):
        lines = (project / name).read_text(encoding="utf-8").splitlines(keepends=True)
        places = [number for number, line in enumerate(lines) if line.strip() == step["line"]]
        assert len(places) == 1, f"{name}: the line stands {len(places)} times: {step['line']}"
        lines.insert(places[0] + 1, block)
        (project / name).write_text("".join(lines), encoding="utf-8")


def _replace(project: Path, step: re.Match[str], new: str) -> None:
    for name in _files(step):
        text = (project / name).read_text(encoding="utf-8")
        assert text.count(step["old"]) == 1, f"{name}: stands {text.count(step['old'])} times: {step['old']}"
        (project / name).write_text(text.replace(step["old"], new), encoding="utf-8")


def _files(step: re.Match[str]) -> list[str]:
    return re.findall(r"`([^`]+)`", step["files"])
