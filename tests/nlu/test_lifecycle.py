from pathlib import Path

import pytest

from core.errors import ConfigurationError
from nlu.lifecycle import TrainingFailed, ensure_model
from nlu.model import code_fingerprint, fingerprint
from nlu.store import ModelStore
from tests.fakes import FrozenClock
from tests.nlu.sources import CHANGES_ITS_SOURCES, FAILS, FORGETS, TRAINS, command, new_sources


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return new_sources(tmp_path / "sources")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


def ignore(_: str) -> None: ...


def training_folders(models: Path) -> list[Path]:
    return list(models.glob("training-*"))


async def test_a_missing_model_is_trained_once_with_its_progress_shown(sources: Path, models: Path) -> None:
    shown: list[str] = []
    model = await ensure_model(models, command(TRAINS), shown.append, sources)

    assert shown == ["training", "done"]
    assert model.read_text(encoding="utf-8").startswith("nlu:")
    assert await ensure_model(models, command(FAILS), shown.append, sources) == model
    assert shown == ["training", "done"]


async def test_what_a_model_is_made_of_stands_beside_it(sources: Path, models: Path, clock: FrozenClock) -> None:
    await ensure_model(models, command(TRAINS), ignore, sources, clock)
    (record,) = ModelStore(models).records()

    assert (record.name, record.code) == (fingerprint(sources), code_fingerprint(sources))
    assert (record.trained_at, record.sentences) == (clock.now(), 2)


async def test_a_trained_model_is_not_in_service_by_itself(sources: Path, models: Path) -> None:
    await ensure_model(models, command(TRAINS), ignore, sources)

    assert ModelStore(models).registry().current is None


async def test_the_trainer_gets_none_of_the_hubs_secrets(
    sources: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "the hub's own")
    model = await ensure_model(models, command(TRAINS), ignore, sources)

    assert model.read_text(encoding="utf-8").endswith("no secrets")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (FAILS, "ValueError: no such intent"),
        (FORGETS, "without a model"),
        (CHANGES_ITS_SOURCES, "changed during the training"),
    ],
    ids=["an error", "no model", "sources changed meanwhile"],
)
async def test_a_failed_training_says_why_and_leaves_no_model(
    sources: Path, models: Path, script: str, reason: str
) -> None:
    with pytest.raises(TrainingFailed, match=reason):
        await ensure_model(models, command(script), ignore, sources)

    assert ModelStore(models).records() == []
    assert not training_folders(models)


async def test_a_missing_interpreter_is_said_in_one_sentence(sources: Path, models: Path) -> None:
    with pytest.raises(ConfigurationError, match="interpreter no-such-python cannot be started"):
        await ensure_model(models, ["no-such-python"], ignore, sources)
