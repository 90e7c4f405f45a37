"""The language model as a process of its own: understood over the wire, killed, replaced, exchanged under questions."""

import logging
import os
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import httpx2
import pytest

from nlu.model import SUFFIX
from nlu.store import ModelStore
from tests.fixtures.running import RunningHub, free_port, start_hub

pytestmark = [pytest.mark.long, pytest.mark.rasa]

TOKEN = "a-token-of-at-least-32-characters-for-tests"
AWAY = "Przyciski działają"
READY = "Ready: the language model"
CLIENTS = 4
OTHER = "f" * 16

_log = logging.getLogger(__name__)


class Split:
    """`hub nlu serve` and `hub api` over one database; the model's process can be started again at its address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.address = folder, f"127.0.0.1:{free_port()}"
        self.nlu = self.start_nlu()
        own = {"NLU_URL": f"http://{self.address}", "NLU_TOKEN": TOKEN, "VAR_DIR": str(folder / "no models here")}
        self.api = start_hub(folder, "api", **own)

    def start_nlu(self) -> RunningHub:
        own = {"NLU_LISTEN": self.address, "NLU_TOKEN": TOKEN, "VAR_DIR": str(self.folder), "PORT": "1"}
        return start_hub(self.folder, "nlu serve", **own)

    def understands(self) -> bool:
        return AWAY not in self.answer(f"jakie jest powietrze {time.monotonic()}")

    def answer(self, text: str) -> str:
        return str(self.api.ask(text=text)["answers"][0]["text"])

    def status(self) -> tuple[int, str]:
        """Return what the door says of the model that it serves, as whoever knows the token reads it."""
        response = httpx2.get(f"http://{self.address}/status", params={"token": TOKEN}, timeout=60)
        return response.status_code, str(response.json()["model"])

    def end(self) -> None:
        for running in (self.api, self.nlu):
            running.process.kill()
            running.process.wait(60)


@pytest.fixture
def store(rasa_model: Path, tmp_path: Path) -> ModelStore:
    """A store with the model of the checkout in service, and the same once more under another name."""
    store, present = ModelStore(tmp_path / "models"), rasa_model.name.removesuffix(SUFFIX)
    record = ModelStore(rasa_model.parent).get(present)
    assert record is not None
    for name in (present, OTHER):
        shutil.copy(rasa_model, tmp_path / f"copy{SUFFIX}")
        store.add(tmp_path / f"copy{SUFFIX}", record.model_copy(update={"name": name}))
        if name == present:
            store.put_in_service(name)
    return store


@pytest.fixture
def split(store: ModelStore, tmp_path: Path) -> Iterator[Split]:
    started = Split(tmp_path)
    try:
        started.nlu.wait_until(lambda: READY in started.nlu.log.read_text(), within=180)
        started.api.wait_until(lambda: started.api.status() == "ok", within=60)
        yield started
    finally:
        started.end()


def test_the_model_in_a_process_of_its_own_is_exchanged_killed_and_replaced(split: Split, store: ModelStore) -> None:
    assert split.understands()
    before = split.status()[1]
    _exchanged_under_questions(split, store)
    assert split.status() == (200, OTHER)
    assert before != OTHER

    children = split.nlu.children()
    split.nlu.process.kill()
    split.nlu.process.wait(60)
    killed = time.monotonic()
    (away,) = split.api.ask(text="jakie jest dzisiaj powietrze w mieście")["answers"]
    assert AWAY in away["text"]
    assert time.monotonic() - killed < 5
    pressed = split.api.ask(button=away["buttons"][0]["payload"])["answers"][0]
    assert AWAY not in pressed["text"]
    split.api.wait_until(lambda: not any(_lives(child) for child in children), within=60)

    split.nlu = split.start_nlu()
    split.api.wait_until(split.understands, within=180)
    assert split.status()[0] == 200
    assert split.nlu.stop() == 0
    assert split.api.stop() == 0


def _exchanged_under_questions(split: Split, store: ModelStore) -> None:
    numbers, failed = count(), []
    done_at = time.monotonic() + 180
    began = time.monotonic()

    def one_client(_: int) -> int:
        asked = 0
        while time.monotonic() < done_at and not (split.status()[1] == OTHER and len(split.nlu.children()) == 1):
            number = next(numbers)
            asked += 1
            if AWAY in split.answer(f"jakie jest powietrze dzisiaj {number}"):
                failed.append(number)
        return asked

    with ThreadPoolExecutor(CLIENTS) as threads:
        clients = threads.map(one_client, range(CLIENTS))
        store.put_in_service(OTHER)
        answered = sum(clients)
    _log.info("exchanged in %.0f s under %d questions, %d lost", time.monotonic() - began, answered, len(failed))

    assert split.status()[1] == OTHER
    assert failed == []
    assert answered > 50


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIG_DFL)
    except ProcessLookupError:
        return False
    return True
