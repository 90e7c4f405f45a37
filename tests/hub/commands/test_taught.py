"""What the panel's training runs, and what staff taught as a file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from core.database import Database
from core.settings import Settings
from hub.commands.nlu import taught
from tests.bot.teaching.school import EDITOR, School
from tests.fakes import FrozenClock
from tests.fixtures.running import ROOT


def _learn(folder: Path, interpreter: str) -> subprocess.Popen[str]:
    """Start the command with an interpreter of its own for training."""
    python = folder / "python"
    python.write_text(f"#!/bin/sh\n{interpreter}\n", encoding="utf-8")
    python.chmod(0o755)
    (folder / "sentences.json").write_text(json.dumps([["greet", "siemanko kochani"]]), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "hub.understanding.learn", folder / "sentences.json", folder / "report.json"],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(folder / "var"), "NLU_PYTHON": str(python)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_training_ends_with_whoever_asked_for_it_and_leaves_no_process(tmp_path: Path) -> None:
    child = _learn(tmp_path, f"echo $$ > {tmp_path / 'pid'}\necho training\nexec sleep 300")
    assert child.stdout
    assert child.stdout.readline() == "phase:training\n"
    assert child.stdout.readline() == "training\n"
    _, errors = child.communicate(timeout=60)

    assert child.returncode == 1
    assert "Whoever asked for the training is gone." in errors
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


def test_a_training_that_fails_says_so_and_leaves_no_report(tmp_path: Path) -> None:
    child = _learn(tmp_path, "echo 'ValueError: no such intent'\nexit 1")
    assert child.stderr
    errors = child.stderr.read()
    child.communicate(timeout=60)

    assert child.returncode == 1
    assert "ValueError: no such intent" in errors
    assert not (tmp_path / "report.json").exists()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_staff_taught_is_printed_as_training_data(
    database: Database, clock: FrozenClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await School(database, clock, tmp_path).lessons.teach(EDITOR, "greet", ["siemanko kochani"])
    await taught(Settings(database_url=database.url.render_as_string(hide_password=False)))

    assert yaml.safe_load(capsys.readouterr().out)["nlu"] == [{"intent": "greet", "examples": "- siemanko kochani\n"}]
