"""The life of the real model: switched under load, replaced by a warm one, refused when it is bad."""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
import yaml

from core.clock import SystemClock
from core.settings import Settings
from hub.understanding.evaluation import measure
from nlu.judging.evaluation import Evaluation, read_sentences
from nlu.judging.gate import load_gate
from nlu.lifecycle import ensure_model, trainer
from nlu.model import DATA, RASA_PROJECT, ROOT, SUFFIX
from nlu.promotion import PromotionRefused, pass_gate
from nlu.record import Verdict
from nlu.serving.smoke import SENTENCES
from nlu.store import ModelStore
from tests.fixtures.rasa import RASA_PYTHON
from tests.fixtures.running import RunningHub, start_hub

pytestmark = [pytest.mark.long, pytest.mark.rasa]

CLIENTS = 4
AWAY = "Przyciski działają"
SMOKE = frozenset(intent for intent, _ in read_sentences(SENTENCES))
READY = "a server of the language model is ready"


def copied(source: Path, store: ModelStore, folder: Path, name: str) -> None:
    """Put the model of the checkout into a store of the test's own under a name of its own."""
    record = ModelStore(source.parent).get(source.name.removesuffix(SUFFIX))
    assert record is not None
    shutil.copy(source, folder / f"copy{SUFFIX}")
    store.add(folder / f"copy{SUFFIX}", record.model_copy(update={"name": name}))


@pytest.fixture
def store(rasa_model: Path, tmp_path: Path) -> ModelStore:
    """A store with the model of the checkout in service, and the same once more as another model."""
    store = ModelStore(tmp_path / "models")
    present = rasa_model.name.removesuffix(SUFFIX)
    copied(rasa_model, store, tmp_path, present)
    store.put_in_service(present)
    copied(rasa_model, store, tmp_path, "f" * 16)
    return store


def running(tmp_path: Path, **settings: str) -> Iterator[RunningHub]:
    started = start_hub(tmp_path, VAR_DIR=str(tmp_path), **settings)
    try:
        started.wait_until(lambda: started.status() == "ok", within=60)
        yield started
    finally:
        started.process.kill()
        started.process.wait(60)


@pytest.fixture
def own_hub(store: ModelStore, tmp_path: Path) -> Iterator[RunningHub]:
    yield from running(tmp_path)


@pytest.fixture
def hub_with_standby(store: ModelStore, tmp_path: Path) -> Iterator[RunningHub]:
    yield from running(tmp_path, NLU_STANDBY="true", LOG_LEVEL="DEBUG")


def test_another_model_takes_over_under_load_without_one_failed_question(
    own_hub: RunningHub, store: ModelStore
) -> None:
    (before,) = own_hub.children()
    numbers, answered, failed = count(), 0, []

    def one_client(_: int) -> int:
        asked = 0
        while own_hub.children() == [before] or len(own_hub.children()) != 1:
            body = own_hub.ask(text=f"jakie jest powietrze dzisiaj {next(numbers)}")
            asked += 1
            if AWAY in body["answers"][0]["text"]:
                failed.append(body)
        return asked

    with ThreadPoolExecutor(CLIENTS) as threads:
        clients = threads.map(one_client, range(CLIENTS))
        store.put_in_service("f" * 16)
        answered = sum(clients)

    assert failed == []
    assert answered > 100
    assert own_hub.status() == "ok"


def test_a_warm_standby_understands_within_two_seconds_and_the_killed_one_comes_back(
    hub_with_standby: RunningHub,
) -> None:
    hub = hub_with_standby
    hub.wait_until(lambda: hub.log.read_text().count(READY) == 2, within=60)
    killed = hub.children()[0]
    os.kill(killed, signal.SIGKILL)
    died = time.monotonic()
    hub.wait_until(lambda: AWAY not in hub.ask(text=f"jakie powietrze {time.monotonic()}")["answers"][0]["text"], 2)

    assert time.monotonic() - died < 2
    hub.wait_until(lambda: hub.log.read_text().count(READY) == 3, within=60)
    assert len(hub.children()) == 2


@pytest.mark.parametrize(
    ("spared", "verdict"),
    [(frozenset(), Verdict.FAILED), (SMOKE, Verdict.REFUSED)],
    ids=["by the smoke test", "by the gate when the smoke test sees nothing"],
)
async def test_a_model_trained_on_shuffled_labels_never_goes_into_service(
    store: ModelStore, tmp_path: Path, spared: frozenset[str], verdict: Verdict
) -> None:
    sources = _shuffled_sources(tmp_path / "sources", spared)
    bad = await ensure_model(tmp_path / "models", trainer(RASA_PYTHON), print, sources)
    settings = Settings(var_dir=tmp_path, nlu_python=RASA_PYTHON)
    in_service = store.registry()

    async def measured(archive: Path) -> Evaluation:
        return await measure(settings, archive, SystemClock())

    with pytest.raises(PromotionRefused):
        await pass_gate(store, bad, measured, load_gate(), lambda _: None, sources)
    record = store.get(bad.name.removesuffix(SUFFIX))
    assert store.registry() == in_service
    assert record is not None
    assert record.verdict is verdict


def _shuffled_sources(root: Path, spared: frozenset[str]) -> Path:
    """Copy the sources of the model with the labels of the sentences shuffled, but for those of some intents."""
    shutil.copytree(ROOT / RASA_PROJECT, root / RASA_PROJECT, ignore=shutil.ignore_patterns("__pycache__", ".venv"))
    (root / "core").mkdir()
    shutil.copy(ROOT / "core" / "text.py", root / "core")
    files = sorted((root / DATA).glob("*.yml"))
    contents = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    _shuffle([block for content in contents for block in content["nlu"] if block["intent"] not in spared])
    for file, content in zip(files, contents, strict=True):
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return root


def _shuffle(blocks: list[dict[str, str]]) -> None:
    lines = [line for block in blocks for line in block["examples"].splitlines()]
    random.Random(2026).shuffle(lines)  # noqa: S311 - the same bad model each time
    for block in blocks:
        size = len(block["examples"].splitlines())
        block["examples"] = "\n".join(lines[:size])
        del lines[:size]
