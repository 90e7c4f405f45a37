"""deploy/secrets.sh: a new installation starts with what it makes and the example of settings."""

import os
import subprocess
from pathlib import Path

import pytest

from core.settings import Settings, load_settings
from tests.fixtures.running import ROOT


def _make(folder: Path) -> str:
    command = [str(ROOT / "deploy" / "secrets.sh"), str(folder), str(os.getgid())]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_production_starts_with_the_secrets_and_the_example(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _make(tmp_path / "secrets")
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path / "secrets"))
    (tmp_path / ".env").write_text((ROOT / "deploy" / "hub.env.example").read_text(encoding="utf-8"))
    settings = load_settings()
    assert not settings.is_demo
    password = (tmp_path / "secrets" / "postgres_password").read_text().strip()
    assert settings.database_url == f"postgresql://hub:{password}@postgres/hub"
    drawn = [settings.secret_key, settings.nlu_token, settings.metrics_token, settings.encryption_keys]
    assert len({secret.get_secret_value() for secret in drawn}) == len(drawn)
    assert all(len(secret.get_secret_value()) == 64 for secret in drawn)


def test_nothing_that_is_there_is_changed(tmp_path: Path) -> None:
    _make(tmp_path)
    (tmp_path / "secret_key").chmod(0o644)
    (tmp_path / "secret_key").write_text("my own\n")
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert "made:" not in _make(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before


def test_strangers_do_not_see_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    _make(folder)
    assert folder.stat().st_mode & 0o777 == 0o750
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o444}
