"""Rules of the sentences the model learns from and is judged by."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from content.intents import all_intents
from content.pack import load_city
from content.places import load_places, replaced
from core.text import PLACE_TOKEN, fold
from nlu.judging.evaluation import read_sentences
from nlu.model import DATA, RASA_PROJECT, ROOT

FILES = sorted((ROOT / DATA).glob("*.yml"))
# Training and development sentences that each intent needs; small talk varies less than questions do.
QUESTION, TALK, FOREIGN = (50, 20), (12, 1), (500, 300)
TALK_TOPICS = {"conversation", "safety"}


def examples(file: Path) -> list[tuple[str, str]]:
    """Return the (intent, sentence) pairs of a Rasa data file."""
    return [
        (block["intent"], line.removeprefix("- "))
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]


def words(sentence: str) -> str:
    """Return what the model sees of a sentence."""
    return " ".join(re.findall(re.escape(PLACE_TOKEN) + r"|\w+", fold(sentence)))


TRAINING = [pair for file in FILES for pair in examples(file)]
DEVELOPMENT = [
    pair for file in sorted((ROOT / RASA_PROJECT / "tests").glob("development*.yml")) for pair in read_sentences(file)
]


@pytest.mark.parametrize("intent", [name for name, intent in all_intents().items() if not intent.only_pressed])
def test_every_intent_has_enough_examples_and_is_judged(intent: str) -> None:
    is_talk = all_intents()[intent].topic in TALK_TOPICS
    learned, judged = FOREIGN if intent == "out_of_scope" else TALK if is_talk else QUESTION

    assert sum(name == intent for name, _ in TRAINING) >= learned
    assert sum(name == intent for name, _ in DEVELOPMENT) >= judged


def test_no_example_has_an_intent_the_product_does_not_know() -> None:
    assert {name for name, _ in TRAINING + DEVELOPMENT} <= set(all_intents())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_examples_of_a_topic_stand_in_its_own_file(file: Path) -> None:
    assert {all_intents()[name].topic for name, _ in examples(file)} == {file.stem}


def test_no_sentence_stands_twice_not_even_under_one_intent() -> None:
    counts = Counter(words(sentence) for _, sentence in TRAINING)

    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_the_model_is_not_judged_by_sentences_it_learned() -> None:
    places = load_places(load_city("legnica").folder)
    learned = {words(sentence) for _, sentence in TRAINING}
    seen = [
        sentence
        for _, sentence in DEVELOPMENT
        if {words(sentence), words(replaced(sentence, places.find(sentence)))} & learned
    ]

    assert seen == []


def test_the_examples_name_no_city_because_places_are_resolved_before_the_model() -> None:
    stems = [folder.name[:-1] for folder in (ROOT / "content" / "city").iterdir() if folder.is_dir()]

    assert stems
    assert [sentence for _, sentence in TRAINING if any(stem in fold(sentence) for stem in stems)] == []


def test_a_place_is_written_only_as_the_place_token() -> None:
    assert {mark for _, sentence in TRAINING for mark in re.findall(r"\{.*?\}", sentence)} == {PLACE_TOKEN}
