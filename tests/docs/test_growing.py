"""The recipes of docs/growing.md work as they stand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.recipes import Recipe, copy_of_the_project
from tests.fixtures.running import ROOT

_BIN = str(Path(sys.executable).parent)
_CITY = (
    "CITY_PACKS={folder} CITY=mojemiasto .venv/bin/hub city check",
    "CITY_PACKS={folder} CITY=mojemiasto .venv/bin/hub city gaps",
)


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.parametrize("title", ["A topic", "A source", "A channel"])
def test_a_recipe_leads_to_a_working_product(title: str, tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    commands = Recipe.called(title).follow(project)
    assert commands
    for command in commands:
        done = _run(command, project, tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def test_a_city_starts_as_a_copy_of_the_second_one(tmp_path: Path) -> None:
    said = (ROOT / "docs" / "growing.md").read_text(encoding="utf-8")
    (tmp_path / "packs").mkdir()
    source = ROOT / "tests" / "city_packs" / "borowina"
    subprocess.run(["cp", "-r", source, tmp_path / "packs" / "mojemiasto"], check=True)
    for command in _CITY:
        assert command.format(folder="/srv/packs") in said
        done = _run(command.format(folder=tmp_path / "packs"), ROOT, tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def _run(command: str, project: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    own = {"PYTHONPATH": str(project), "DATABASE_URL": f"sqlite:///{folder / 'hub.db'}"}
    called = command.replace(".venv/bin", _BIN)
    return subprocess.run(
        called, shell=True, cwd=project, env=os.environ | own, capture_output=True, text=True, check=False
    )
