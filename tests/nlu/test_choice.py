"""Which model a start serves."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from nlu.choice import choose_model
from nlu.judging.outcome import Sentence
from nlu.lifecycle import TrainingFailed, ensure_model
from nlu.model import fingerprint
from nlu.record import Verdict
from nlu.store import ModelStore
from tests.nlu.sources import FAILS, TRAINS, change, command, new_sources


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return new_sources(tmp_path / "sources")


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


class Start:
    """A start of the hub on given sources; keeps what it said."""

    def __init__(self, models: Path, sources: Path) -> None:
        self.said: list[str] = []
        self._models = models
        self._sources = sources

    async def choose(self, script: str = TRAINS, taught: Sequence[Sentence] = ()) -> str:
        chosen = await choose_model(self._models, command(script), self.said.append, self._sources, taught)
        return chosen.name.partition(".")[0]


@pytest.fixture
def start(tmp_path: Path, sources: Path) -> Start:
    return Start(tmp_path / "models", sources)


async def test_the_very_first_start_trains(start: Start, sources: Path) -> None:
    assert await start.choose() == fingerprint(sources)
    assert "training" in start.said


async def test_a_new_release_serves_its_own_model(start: Start, store: ModelStore, sources: Path) -> None:
    store.put_in_service(await start.choose())
    change(sources)

    assert await start.choose() == fingerprint(sources)


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.FAILED, Verdict.WITHDRAWN])
async def test_a_model_known_as_unfit_is_not_served_while_there_is_another(
    start: Start, store: ModelStore, sources: Path, verdict: Verdict
) -> None:
    good = await start.choose()
    store.put_in_service(good)
    change(sources)
    store.note(await start.choose(), verdict, "it took smog for a greeting")

    assert await start.choose() == good
    assert f"{verdict}: it took smog for a greeting" in start.said[-2]


async def test_a_rollback_holds_until_there_are_new_sources(start: Start, store: ModelStore, sources: Path) -> None:
    good = await start.choose()
    store.put_in_service(good)
    change(sources, "worse")
    store.put_in_service(await start.choose())
    record = store.get(good)
    assert record is not None
    store.roll_back(record.code)
    assert await start.choose() == good

    change(sources, "better")
    assert await start.choose() == fingerprint(sources) != good


async def test_a_model_of_other_code_is_never_served(start: Start, store: ModelStore, sources: Path) -> None:
    store.put_in_service(await start.choose())
    (sources / "core/text.py").write_text("folds = 'otherwise'", encoding="utf-8")
    unfit = await start.choose()
    store.note(unfit, Verdict.REFUSED, "weak")

    assert await start.choose() == unfit  # weak is better than misread
    change(sources)
    with pytest.raises(TrainingFailed):
        await start.choose(FAILS)


async def test_a_training_that_fails_does_not_take_the_model_in_service_away(
    start: Start, store: ModelStore, sources: Path
) -> None:
    good = await start.choose()
    store.put_in_service(good)
    change(sources)

    assert await start.choose(FAILS) == good
    assert f"staying with {good}" in start.said


async def test_a_damaged_model_is_trained_again(start: Start, store: ModelStore) -> None:
    good = await start.choose()
    store.put_in_service(good)
    archive = store.archive(good)
    archive.write_text("damaged", encoding="utf-8")

    assert await start.choose() == good
    assert store.archive(good).read_text(encoding="utf-8") != "damaged"


TAUGHT = (Sentence("greet", "czołem"),)


async def _teach(tmp_path: Path, sources: Path) -> str:
    """Train a model that learned what staff taught, and put it in service."""
    model = await ensure_model(tmp_path / "models", command(TRAINS), lambda _: None, sources, taught=TAUGHT)
    name = model.name.partition(".")[0]
    ModelStore(tmp_path / "models").put_in_service(name)
    return name


async def test_a_restart_serves_the_model_that_was_taught_and_put_in_service(
    start: Start, tmp_path: Path, sources: Path
) -> None:
    taught = await _teach(tmp_path, sources)

    assert await start.choose(FAILS) == taught != fingerprint(sources)


async def test_a_new_release_learns_what_was_taught_to_the_model_before(
    start: Start, store: ModelStore, tmp_path: Path, sources: Path
) -> None:
    await _teach(tmp_path, sources)
    change(sources)
    record = store.get(await start.choose())

    assert record is not None
    assert record.name == fingerprint(sources, TAUGHT)
    assert record.taught == TAUGHT


async def test_a_release_that_teaches_the_sentence_itself_needs_no_taught_one(
    start: Start, tmp_path: Path, sources: Path
) -> None:
    await _teach(tmp_path, sources)
    change(sources, "dobry\n    - Czołem!")

    assert await start.choose() == fingerprint(sources)


async def test_after_a_rollback_a_start_does_without_what_was_taught(
    start: Start, store: ModelStore, tmp_path: Path, sources: Path
) -> None:
    before = await start.choose()
    store.put_in_service(before)
    record = store.get(await _teach(tmp_path, sources))
    assert record is not None
    store.roll_back(record.code)

    assert await start.choose() == before


async def test_a_machine_without_models_begins_with_what_was_taught_elsewhere(start: Start, sources: Path) -> None:
    assert await start.choose(taught=TAUGHT) == fingerprint(sources, TAUGHT)
