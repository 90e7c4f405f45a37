"""From a question that was not understood to a model that understands it: the real model, gate and product."""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from nlu.model import SUFFIX
from nlu.store import ModelStore
from tests.fixtures.running import RunningHub, start_hub

pytestmark = [pytest.mark.long, pytest.mark.rasa, pytest.mark.timeout(900)]

QUESTION, LIKE_IT = "gdzie podłączę hulajnogę", "hulajnogę gdzie podładuję\ngdzie mogę podłączyć hulajnogę"
MINUTES = 10
ROOM = "/panel/nauka"


class Office:
    """An editor in the panel."""

    def __init__(self, client: httpx2.Client, hub: RunningHub) -> None:
        self._client = client
        self._csrf = ""
        name, password = re.findall(r"Panel /panel: (\S+), hasło jednorazowe (\S+)", hub.log.read_text())[0]
        self.post("/panel/logowanie", name=name, password=password)
        self.get("/panel/haslo")
        chosen = "parasol nad rzeką w listopadzie"
        self.post("/panel/haslo", password=chosen, repeated=chosen)

    def get(self, path: str) -> str:
        """Open a page."""
        page = self._client.get(path).text
        if token := re.search(r'name="csrf" value="([0-9a-f]{64})"', page):
            self._csrf = token[1]
        return page

    def post(self, path: str, **fields: str) -> str:
        """Send a form and return where it leads."""
        answer = self._client.post(path, data={"csrf": self._csrf, **fields})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])


@pytest.fixture
def office(own_hub: RunningHub) -> Iterator[Office]:
    with httpx2.Client(base_url=own_hub.url, timeout=30, headers={"Origin": own_hub.url}) as client:
        yield Office(client, own_hub)


@pytest.fixture
def own_hub(rasa_model: Path, tmp_path: Path) -> Iterator[RunningHub]:
    """A hub with a store of its own, which begins with the model of the checkout."""
    store = ModelStore(tmp_path / "models")
    record = ModelStore(rasa_model.parent).get(rasa_model.name.removesuffix(SUFFIX))
    assert record is not None
    shutil.copy(rasa_model, tmp_path / f"copy{SUFFIX}")
    store.add(tmp_path / f"copy{SUFFIX}", record)
    started = start_hub(tmp_path, VAR_DIR=str(tmp_path))
    try:
        started.wait_until(lambda: started.status() == "ok", within=120)
        yield started
    finally:
        started.process.kill()
        started.process.wait(10)


def _understood(hub: RunningHub, text: str = QUESTION) -> tuple[str, str]:
    understanding = hub.ask(text=text)["understanding"]
    return understanding["intent"], understanding["decision"]


def test_in_ten_minutes_a_missed_question_is_understood_and_the_way_back_is_open(
    own_hub: RunningHub, office: Office
) -> None:
    began = time.monotonic()
    assert _understood(own_hub) != ("charger_find", "answered")
    group = re.search(rf'href="({ROOM}/grupy/(\d+))">\s*<strong>{QUESTION}', office.get(ROOM))
    assert group
    office.get(group[1])
    office.post(f"{group[1]}/naucz", zdanie=group[2], temat="charger_find", wlasne=LIKE_IT)
    training = office.post(f"{ROOM}/modele")
    own_hub.wait_until(lambda: "a training ended" in own_hub.log.read_text(), within=MINUTES * 60)
    assert "Nowy model przeszedł sprawdzenie." in office.get(training)
    assert _understood(own_hub) != ("charger_find", "answered")  # nothing goes live by itself
    office.post(f"{training}/wdroz")
    own_hub.wait_until(lambda: _understood(own_hub) == ("charger_find", "answered"), within=120)
    assert time.monotonic() - began < MINUTES * 60

    taught = re.search(r'name="model" value="([0-9a-f]{16})"', office.get(f"{ROOM}/modele"))
    assert taught
    office.post(f"{ROOM}/modele/powrot", model=taught[1])
    own_hub.wait_until(lambda: _understood(own_hub) != ("charger_find", "answered"), within=120)
