"""Sentences that staff taught beside those of the release: their form, and which of them the release lacks."""

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from core.text import PLACE_TOKEN, fold
from nlu.client import COMMAND_PREFIX
from nlu.judging.outcome import Sentence, read_set
from nlu.model import DATA, RASA_PROJECT, ROOT

LONGEST_TAUGHT = 200
"""Longest sentence that can be taught, in characters."""

# As nlu/rasa/components/words.py, which runs under another interpreter, cuts a sentence into words.
_WORD = re.compile(re.escape(PLACE_TOKEN) + r"|\w+(?:[.,:]\d+)*")
# What masking left of personal data tells nothing, and Rasa reads brackets as marks of its own.
_MASKED_OR_MARK = re.compile(rf"({re.escape(PLACE_TOKEN)})|\[[^\]]*\]|[\[\]{{}}]")


def heard(text: str) -> str:
    """Return what the model hears of a sentence: its folded words."""
    return " ".join(match.group() for match in _WORD.finditer(fold(text)))


def teachable(text: str) -> str:
    """Return a sentence as it can stand in training data; `{place}` stays, other brackets go."""
    kept = _MASKED_OR_MARK.sub(lambda match: match[1] or " ", text)
    return COMMAND_PREFIX.sub("", " ".join(kept.split()))


def as_training_data(taught: Iterable[Sentence]) -> str:
    """Return sentences as a file of nlu/rasa/data."""
    by_intent: dict[str, list[str]] = {}
    for intent, text in sorted(taught):
        by_intent.setdefault(intent, []).append(text)
    blocks = [
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for intent, texts in by_intent.items()
    ]
    return 'version: "3.1"\n\nnlu:\n' + "\n".join(blocks) if blocks else 'version: "3.1"\n\nnlu: []\n'


def learned_sentences(root: Path = ROOT) -> list[Sentence]:
    """Return the sentences that the release teaches."""
    return [
        Sentence(block["intent"], line.removeprefix("- "))
        for path in sorted((root / DATA).glob("*.yml"))
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]
        for line in block["examples"].splitlines()
    ]


def judged_sentences(root: Path = ROOT) -> list[Sentence]:
    """Return the sentences by which models are judged."""
    sets = sorted((root / RASA_PROJECT / "tests").glob("development*.yml"))
    return [sentence for path in sets for sentence in read_set(path)]


def release_words(root: Path = ROOT) -> frozenset[str]:
    """Return what the model hears of all sentences that the release teaches or judges by."""
    return frozenset(heard(text) for _, text in (*learned_sentences(root), *judged_sentences(root)))


def beyond(known: frozenset[str], taught: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Return the taught sentences that the release lacks; one that came after them may teach some or judge by them."""
    return tuple(sentence for sentence in taught if heard(sentence.text) not in known)
