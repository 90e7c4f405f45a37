"""Settings as files: what Docker and systemd hand over without an environment."""

from pathlib import Path

import pytest

from core.errors import ConfigurationError
from core.settings import Settings, load_settings

PRODUCTION = {
    "secret_key": "x" * 32,
    "encryption_keys": "y" * 32,
    "public_url": "https://asystent.example.pl",
    "database_url": "postgresql://hub:secret@db/hub",
    "redis_url": "redis://redis:6379/0",
}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder of secrets that the environment names; nothing else is set."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "secrets"
    folder.mkdir()
    monkeypatch.setenv("SECRETS_DIR", str(folder))
    return folder


def test_production_starts_from_files_alone(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("HUB_PROFILE", "production")
    for name, value in PRODUCTION.items():
        (folder / name).write_text(f"{value}\n")
    settings = load_settings()
    assert settings.secret_key.get_secret_value() == PRODUCTION["secret_key"]
    assert settings.database == PRODUCTION["database_url"]
    assert PRODUCTION["encryption_keys"] not in repr(settings)


def test_a_missing_file_is_a_missing_setting(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("HUB_PROFILE", "production")
    with pytest.raises(ConfigurationError, match="SECRET_KEY is missing"):
        load_settings()


def test_the_environment_goes_before_a_file(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "port").write_text("8001")
    assert load_settings().port == 8001
    monkeypatch.setenv("PORT", "8002")
    assert load_settings().port == 8002


def test_the_folder_may_be_named_in_the_file_of_settings(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.delenv("SECRETS_DIR")
    Path(".env").write_text(f"SECRETS_DIR={folder}\n")
    (folder / "port").write_text("8001")
    assert load_settings().port == 8001


def test_secrets_of_others_in_the_folder_are_left_alone(folder: Path) -> None:
    (folder / "postgres_password").write_text("")
    assert load_settings().is_demo


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_file_without_a_value_is_named_with_its_setting(folder: Path, content: bytes) -> None:
    (folder / "telegram_bot_token").write_bytes(content)
    with pytest.raises(ConfigurationError) as raised:
        load_settings()
    assert str(raised.value).startswith("TELEGRAM_BOT_TOKEN ")
    assert str(folder / "telegram_bot_token") in str(raised.value)


def test_a_file_that_cannot_be_read_is_named_with_its_setting(folder: Path) -> None:
    # A folder in its place: the tests may run as root, who may read every file.
    (folder / "secret_key").mkdir()
    with pytest.raises(ConfigurationError, match=r"SECRET_KEY cannot be read from the file .*secret_key"):
        load_settings()


def test_a_folder_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("SECRETS_DIR", str(folder / "elsewhere"))
    with pytest.raises(ConfigurationError, match=r"SECRETS_DIR names .*elsewhere, which is no folder"):
        load_settings()


def test_a_wrong_value_names_the_setting_and_where_to_look(folder: Path) -> None:
    (folder / "port").write_text("eighty")
    with pytest.raises(ConfigurationError, match=r"The setting PORT is wrong .* or in SECRETS_DIR"):
        load_settings()
