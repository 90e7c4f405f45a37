"""From a question that was not understood to a model that understands it: the real model, gate, product and browser."""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from nlu.model import SUFFIX
from nlu.store import ModelStore
from tests.fixtures.running import RunningHub, start_hub

pytestmark = [pytest.mark.long, pytest.mark.rasa, pytest.mark.browser, pytest.mark.timeout(900)]

QUESTION, LIKE_IT = "gdzie podłączę hulajnogę", "hulajnogę gdzie podładuję\ngdzie mogę podłączyć hulajnogę"
UNDERSTOOD = ("charger_find", "answered")
MINUTES = 10
OWN_PASSWORD = "parasol nad rzeką w listopadzie"


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
        started.process.wait(60)


def _understood(hub: RunningHub, text: str = QUESTION) -> tuple[str, str]:
    understanding = hub.ask(text=text)["understanding"]
    return understanding["intent"], understanding["decision"]


async def _sign_in(page: Page, hub: RunningHub) -> None:
    name, password = re.findall(r"Panel /panel: (\S+), hasło jednorazowe (\S+)", hub.log.read_text())[0]
    await page.goto(f"{hub.url}/panel")
    await page.get_by_label("Nazwa konta").fill(name)
    await page.get_by_label("Hasło").fill(password)
    await page.keyboard.press("Enter")
    await page.get_by_label("Nowe hasło", exact=True).fill(OWN_PASSWORD)
    await page.get_by_label("Nowe hasło jeszcze raz").fill(OWN_PASSWORD)
    await page.keyboard.press("Enter")


async def _teach(page: Page) -> None:
    await page.get_by_role("link", name="Nauka", exact=True).click()
    await page.get_by_role("link", name=re.compile(QUESTION)).click()
    await page.get_by_label("Własne zdania").fill(LIKE_IT)
    await page.get_by_label("Temat, o który pytano").select_option("charger_find")
    await page.get_by_role("button", name="Naucz").press("Enter")
    await page.get_by_role("button", name="Ucz nowy model").press("Enter")
    # The page looks by itself until the training has ended.
    await page.get_by_role("heading", name="gotowe, czeka na decyzję").wait_for(timeout=MINUTES * 60_000)
    assert await page.get_by_text("Nowy model przeszedł sprawdzenie.").is_visible()


async def test_in_ten_minutes_a_missed_question_is_understood_and_the_way_back_is_open(
    own_hub: RunningHub, page: Page
) -> None:
    began = time.monotonic()
    assert _understood(own_hub) != UNDERSTOOD
    await _sign_in(page, own_hub)
    await _teach(page)
    assert _understood(own_hub) != UNDERSTOOD  # nothing goes live by itself
    await page.get_by_role("button", name="Wdróż nowy model").press("Enter")
    await page.get_by_text("Ten model jest w użyciu.").wait_for(timeout=120_000)
    own_hub.wait_until(lambda: _understood(own_hub) == UNDERSTOOD, within=120)
    assert time.monotonic() - began < MINUTES * 60

    await page.get_by_role("link", name="Modele").click()
    await page.get_by_role("button", name="Wróć do poprzedniego modelu").press("Enter")
    await page.get_by_text("Wraca poprzedni model.").wait_for(timeout=60_000)
    own_hub.wait_until(lambda: _understood(own_hub) != UNDERSTOOD, within=120)
