"""What the doctor says of settings."""

from pathlib import Path

import pytest

from core.settings import Settings
from hub.doctor.finding import Finding, Verdict
from hub.doctor.settings import of_settings

RANDOM = "7f3kQ9xLm2Vt8RzB4wNc6YpD1sHg5JaE"
OTHER = "Zq4Wn8Xe2Rt6Yu1Io5Pa9Sd3Fg7Hj0Kl"


def production(**settings: object) -> Settings:
    """Return complete settings of a city."""
    complete: dict[str, object] = {
        "hub_profile": "production",
        "secret_key": RANDOM,
        "encryption_keys": OTHER,
        "public_url": "https://asystent.example.pl",
        "database_url": "postgresql://hub@db/hub",
        "redis_url": "redis://valkey:6379/0",
        "metrics_port": 9100,
    }
    return Settings.model_validate(complete | settings)


async def _found(settings: Settings, folder: Path) -> dict[str, Finding]:
    return {each.subject: each for each in await of_settings(settings, folder / ".env")}


async def test_a_complete_set_up_is_right(tmp_path: Path) -> None:
    found = await _found(production(), tmp_path)
    assert {each.verdict for each in found.values()} == {Verdict.RIGHT}


async def test_the_demo_is_for_one_computer_only(tmp_path: Path) -> None:
    found = await _found(Settings(var_dir=tmp_path), tmp_path)
    assert found["profile"].verdict is Verdict.DOUBTFUL


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"secret_key": "a" * 40}, "SECRET_KEY is easy to guess"),
        ({"encryption_keys": f"{OTHER},{'haslo' * 8}"}, "ENCRYPTION_KEYS (number 2) is easy to guess"),
        ({"encryption_keys": RANDOM}, "SECRET_KEY and ENCRYPTION_KEYS (number 1) are the same"),
        ({"metrics_token": "abc"}, "METRICS_TOKEN is easy to guess"),
    ],
)
async def test_a_weak_or_reused_secret_is_named_and_not_shown(
    changes: dict[str, str], told: str, tmp_path: Path
) -> None:
    found = (await _found(production(**changes), tmp_path))["secrets"]
    assert found.verdict is Verdict.WRONG
    assert told in found.text
    assert not [value for value in changes.values() if value in found.text]


@pytest.mark.parametrize("proxies", ["*", "0.0.0.0/0", "10.0.0.0/8", "nginx", "127.0.0.1,,"])
async def test_proxies_that_let_strangers_pose_as_others_are_wrong(proxies: str, tmp_path: Path) -> None:
    found = await _found(production(trusted_proxies=proxies), tmp_path)
    assert found["TRUSTED_PROXIES"].verdict is Verdict.WRONG


@pytest.mark.parametrize("proxies", ["127.0.0.1", "172.30.72.0/24,::1"])
async def test_own_proxies_are_right(proxies: str, tmp_path: Path) -> None:
    found = await _found(production(trusted_proxies=proxies), tmp_path)
    assert found["TRUSTED_PROXIES"].verdict is Verdict.RIGHT


async def test_files_with_secrets_are_for_their_owner_only(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    env, key, foreign = tmp_path / ".env", secrets / "secret_key", secrets / "postgres_password"
    for file in (env, key, foreign):
        file.write_text("x")
    env.parent.chmod(0o755)
    env.chmod(0o644)
    key.chmod(0o600)
    foreign.chmod(0o644)  # none of ours
    settings = production(secrets_dir=secrets)
    assert f"chmod 600 {env}" in (await _found(settings, tmp_path))["files"].text
    env.chmod(0o600)
    assert (await _found(settings, tmp_path))["files"].verdict is Verdict.RIGHT
    env.chmod(0o444)
    env.parent.chmod(0o750)  # as deploy/secrets.sh makes the folder and what lies in it
    assert (await _found(settings, tmp_path))["files"].verdict is Verdict.RIGHT


async def test_a_process_that_nobody_watches_is_doubtful(tmp_path: Path) -> None:
    found = await _found(production(metrics_port=0), tmp_path)
    assert found["METRICS_PORT"].verdict is Verdict.DOUBTFUL
