"""Intents, examples, answers and texts agree, and it is known which answers are thin."""

from pathlib import Path

import pytest
import yaml

from content.intents import all_intents
from content.pack import load_city
from content.texts import Texts

ROOT = Path(__file__).parents[2]
LEAST_EXAMPLES = 12
CITY = load_city("legnica")
TEXTS = Texts(CITY.folder)
DATA = ROOT / "nlu" / "rasa" / "data"

# Honest first answers: the city has no verified content for these yet. Shrinks as topics deepen.
THIN = {
    "air_quality_forecast",
    "ceeb_declaration",
    "event_list",
    "event_register",
    "feedback",
}


def _examples() -> dict[str, tuple[str, list[str]]]:
    found = {}
    for path in sorted(DATA.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.removeprefix("- ").strip() for line in entry["examples"].splitlines() if line.strip()]
            found[entry["intent"]] = (path.stem, lines)
    return found


EXAMPLES = _examples()
ASKED_IN_WORDS = {name for name, intent in all_intents().items() if not intent.only_pressed}


@pytest.mark.parametrize("intent", sorted(ASKED_IN_WORDS))
def test_every_intent_has_examples_in_the_file_of_its_topic(intent: str) -> None:
    topic, examples = EXAMPLES[intent]
    assert topic == all_intents()[intent].topic
    assert len(set(examples)) >= LEAST_EXAMPLES


@pytest.mark.parametrize("intent", all_intents())
def test_every_intent_has_its_wording_in_the_file_of_its_topic(intent: str) -> None:
    assert intent in TEXTS.topics[all_intents()[intent].topic]
    assert TEXTS[intent].text.strip()


def test_nothing_stands_in_data_or_texts_that_is_no_intent() -> None:
    assert set(EXAMPLES) == ASKED_IN_WORDS
    assert {intent for intents in TEXTS.topics.values() for intent in intents} == set(all_intents())


@pytest.mark.parametrize("intent", all_intents())
def test_every_button_leads_to_an_intent(intent: str) -> None:
    buttons = TEXTS[intent].answer().buttons
    assert all(button.title for button in buttons)
    assert len({button.payload for button in buttons}) == len(buttons)


def test_it_is_known_which_answers_are_thin() -> None:
    assert set(TEXTS.thin()) == THIN


def test_the_contract_names_the_same_intents() -> None:
    contract = ROOT.parent / "shared" / "design" / "intents.yml"
    if not contract.is_file():
        pytest.skip("the design notes are not beside this checkout")
    assert set(yaml.safe_load(contract.read_text(encoding="utf-8"))["intents"]) == ASKED_IN_WORDS


def test_no_city_name_stands_in_code() -> None:
    packages = ("core", "content", "nlu", "notifier", "bot", "api", "hub")
    names = (CITY.name.lower(), CITY.genitive.lower(), "legnick")
    files = [path for package in packages for path in (ROOT / package).rglob("*.py") if ".venv" not in path.parts]
    assert files
    # The default of the setting CITY is the one place where code names a pack.
    named = {
        path.relative_to(ROOT).as_posix() for path in files if any(n in path.read_text("utf-8").lower() for n in names)
    }
    assert named <= {"core/settings.py"}
