import sys
from pathlib import Path

import pytest

from core.errors import ConfigurationError
from nlu.lifecycle import TrainingFailed, ensure_model
from nlu.model import DATA

TRAINS = """
import os, pathlib, sys
data, output = map(pathlib.Path, sys.argv[1:])
print("training", flush=True)
print("a warning", file=sys.stderr, flush=True)
output.write_text(data.joinpath("air.yml").read_text() + os.environ.get("SECRET_KEY", "no secrets"))
print("done", flush=True)
"""
FAILS = """
import sys
print("training", flush=True)
sys.exit("ValueError: no such intent")
"""
FORGETS = "print('done')"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Sources with one data file."""
    files = {
        "core/text.py": "",
        "nlu/rasa/config.yml": "",
        "nlu/rasa/train.py": "",
        "nlu/rasa/uv.lock": "",
        str(DATA / "air.yml"): "nlu: []",
    }
    for name, text in files.items():
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "sources"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


def command(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def files(folder: Path) -> set[Path]:
    return set(folder.iterdir())


def ignore(_: str) -> None: ...


async def test_a_missing_model_is_trained_once_with_its_progress_shown(sources: Path, models: Path) -> None:
    shown: list[str] = []
    model = await ensure_model(models, command(TRAINS), shown.append, sources)

    assert shown == ["training", "done"]
    assert model.read_text(encoding="utf-8").startswith("nlu: []")
    assert await ensure_model(models, command(FAILS), shown.append, sources) == model
    assert shown == ["training", "done"]


async def test_changed_sentences_are_trained_again_and_the_last_two_models_stay(sources: Path, models: Path) -> None:
    trained = []
    for number in range(3):
        (sources / DATA / "air.yml").write_text(f"nlu: [{number}]", encoding="utf-8")
        trained.append(await ensure_model(models, command(TRAINS), ignore, sources))

    assert files(models) == set(trained[1:])


async def test_the_trainer_gets_none_of_the_hubs_secrets(
    sources: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "the hub's own")
    model = await ensure_model(models, command(TRAINS), ignore, sources)

    assert model.read_text(encoding="utf-8").endswith("no secrets")


async def test_a_failed_training_shows_its_last_lines_and_leaves_no_model(sources: Path, models: Path) -> None:
    with pytest.raises(TrainingFailed, match="ValueError: no such intent"):
        await ensure_model(models, command(FAILS), ignore, sources)

    assert not files(models)


async def test_a_training_that_ends_without_a_model_is_an_error(sources: Path, models: Path) -> None:
    with pytest.raises(TrainingFailed, match="without a model"):
        await ensure_model(models, command(FORGETS), ignore, sources)


async def test_a_missing_interpreter_is_said_in_one_sentence(sources: Path, models: Path) -> None:
    with pytest.raises(ConfigurationError, match="interpreter no-such-python cannot be started"):
        await ensure_model(models, ["no-such-python"], ignore, sources)
