from pathlib import Path

import pytest

from core.errors import ConfigurationError
from core.settings import Settings, load_settings

PRODUCTION = {
    "HUB_PROFILE": "production",
    "SECRET_KEY": "x" * 32,
    "PUBLIC_URL": "https://asystent.example.pl",
    "DATABASE_URL": "postgresql://hub:secret@db/hub",
    "REDIS_URL": "redis://redis:6379/0",
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def _load(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def test_the_demo_needs_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _load(monkeypatch)
    assert settings.is_demo
    assert settings.database == "sqlite:///.var/hub.db"
    assert settings.chat_limit == 0


def test_the_demo_listens_on_this_computer_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="HUB_HOST must be a loopback address"):
        _load(monkeypatch, HUB_HOST="0.0.0.0")  # noqa: S104 - refused, which is the point


@pytest.mark.parametrize("missing", ["SECRET_KEY", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL"])
def test_production_names_the_missing_setting(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{missing} is missing"):
        _load(monkeypatch, **{name: value for name, value in PRODUCTION.items() if name != missing})


def test_production_starts_when_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _load(monkeypatch, **PRODUCTION).chat_limit == 60


def test_an_external_rasa_needs_its_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="NLU_TOKEN is missing"):
        _load(monkeypatch, NLU_URL="http://127.0.0.1:5005")


def test_a_wrong_value_is_one_sentence_naming_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _load(monkeypatch, PORT="eighty")
    message = str(raised.value)
    assert message.startswith("The setting PORT is wrong")
    assert "\n" not in message


def test_secrets_never_show_in_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "x" * 32 not in repr(_load(monkeypatch, **PRODUCTION))
