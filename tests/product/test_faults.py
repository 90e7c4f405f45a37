"""What a newcomer may do wrong: one clear sentence, exit code 1, nothing left running."""

import socket
import subprocess
from pathlib import Path

import pytest

from tests.fixtures.running import HUB, ROOT, hub_environment


def _run(
    folder: Path, *words: str, program: str | Path = HUB, stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    environment = hub_environment(folder, **settings)
    return subprocess.run(
        [program, *words],
        cwd=ROOT,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _sentence(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    return result.stderr


def test_a_busy_port(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told_before_installing = _sentence(
            _run(tmp_path, "start", program=ROOT / "deploy" / "setup.sh", PORT=str(port))
        )
        told_at_the_start = _sentence(_run(tmp_path, "run", PORT=str(port)))
    for sentence in (told_before_installing, told_at_the_start):
        assert f"ort {port} is in use" in sentence
        assert f"PORT={port + 1}" in sentence


def test_a_missing_interpreter(tmp_path: Path) -> None:
    sentence = _sentence(_run(tmp_path, "run", NLU_PYTHON="nowhere/python"))
    assert "Rasa is not installed" in sentence
    assert "deploy/setup.sh" in sentence


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("PORT", "eighty", "The setting PORT is wrong"),
        ("CITY", "atlantis", "content/city/atlantis"),
        ("DATABASE_URL", "mysql://db/hub", "only sqlite and postgresql"),
        ("DATABASE_URL", "sqlite:///x.db?foo=bar", "cannot be used (foo)"),
        ("HUB_PROFILE", "production", "SECRET_KEY is missing"),
        ("HUB_HOST", "192.0.2.1", "HUB_HOST must be a loopback address"),
    ],
)
def test_a_broken_setting(tmp_path: Path, setting: str, value: str, expected: str) -> None:
    assert expected in _sentence(_run(tmp_path, "run", **{setting: value}))


def test_a_database_that_is_away(tmp_path: Path) -> None:
    result = _run(tmp_path, "db", "upgrade", DATABASE_URL="postgresql://nobody:secret@127.0.0.1:9/hub")
    sentence = _sentence(result)
    assert "DATABASE_URL" in sentence
    assert "secret" not in sentence


@pytest.mark.parametrize("line", ["no json", '{"words": 1}', "[]"])
def test_a_line_that_cannot_be_parsed(tmp_path: Path, line: str) -> None:
    # Nothing listens at NLU_URL: such a line never reaches the model.
    away = {"NLU_URL": "http://127.0.0.1:9", "NLU_TOKEN": "token"}
    assert "JSON object" in _sentence(_run(tmp_path, "nlu", "parse", stdin=line, **away))


def test_the_command_line_describes_itself(tmp_path: Path) -> None:
    result = _run(tmp_path, "--help")
    assert result.returncode == 0
    assert all(word in result.stdout for word in ("run", "api", "scheduler", "db", "nlu"))
