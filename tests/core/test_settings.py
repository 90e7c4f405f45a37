from pathlib import Path

import pytest

from core.errors import ConfigurationError
from core.settings import Settings, load_settings

PRODUCTION = {
    "HUB_PROFILE": "production",
    "SECRET_KEY": "x" * 32,
    "ENCRYPTION_KEYS": "y" * 32,
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


def test_a_file_of_settings_may_come_from_windows_but_must_be_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PORT=8080\n", encoding="utf-8-sig")
    assert _load(monkeypatch).port == 8080
    Path(".env").write_text("SMTP_FROM=urząd@example.pl\n", encoding="cp1250")
    with pytest.raises(ConfigurationError, match="save it as UTF-8"):
        _load(monkeypatch)


def test_the_demo_listens_on_this_computer_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUB_HOST", "METRICS_HOST"):
        with pytest.raises(ConfigurationError, match=f"{name} must be a loopback address"):
            _load(monkeypatch, **{name: "0.0.0.0"})  # noqa: S104 - refused, which is the point


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ENCRYPTION_KEYS", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL"])
def test_production_names_the_missing_setting(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{missing} is missing"):
        _load(monkeypatch, **{name: value for name, value in PRODUCTION.items() if name != missing})


def test_production_starts_when_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _load(monkeypatch, **PRODUCTION).chat_limit == 60


def test_an_address_is_the_same_with_a_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    given = PRODUCTION | {"PUBLIC_URL": "https://asystent.example.pl/"}
    assert _load(monkeypatch, **given).public_url == "https://asystent.example.pl"


def test_an_external_rasa_needs_its_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="NLU_TOKEN is missing"):
        _load(monkeypatch, NLU_URL="http://127.0.0.1:5005")


@pytest.mark.parametrize("url", ["127.0.0.1:5005", "nlu", "http://", "http://a:5005,b:5005", "http://a:x", "ftp://a"])
def test_each_address_of_the_language_model_must_be_one(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(ConfigurationError, match="NLU_URL is wrong"):
        _load(monkeypatch, NLU_URL=url, NLU_TOKEN="token")


def test_several_servers_of_the_language_model_are_named_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = _load(monkeypatch, NLU_URL="http://a:5005, http://b:5005,", NLU_TOKEN="token")

    assert loaded.nlu_urls == ["http://a:5005", "http://b:5005"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"TELEGRAM_BOT_TOKEN": "1:a"}, "the demo never speaks to the real Telegram"),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, "the demo never speaks to the real Twilio"),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_API_BASE": "http://127.0.0.1:9"}, "belong together"),
        ({"TELEGRAM_MODE": "webhook"}, "TELEGRAM_WEBHOOK_SECRET is missing"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL is wrong: write redis://"),
        ({"REDIS_URL": "redis://:pass/word@localhost:6379/0"}, "in the password %2F for /"),
    ],
)
def test_channels_are_complete_and_the_demo_reaches_nobody(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        _load(monkeypatch, **values)


def test_the_demo_may_speak_to_stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _load(monkeypatch, TELEGRAM_BOT_TOKEN="1:a", TELEGRAM_API_BASE="http://127.0.0.1:9")
    assert settings.telegram_mode == "polling"


def test_a_wrong_value_is_one_sentence_naming_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _load(monkeypatch, PORT="eighty")
    message = str(raised.value)
    assert message.startswith("The setting PORT is wrong (it should be a valid integer")
    assert "\n" not in message


def test_a_wrong_choice_names_the_choices_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match=r"LOG_LEVEL is wrong .*'DEBUG'"):
        _load(monkeypatch, LOG_LEVEL="debug")


def test_secrets_never_show_in_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "x" * 32 not in repr(_load(monkeypatch, **PRODUCTION))
