"""Sentences whose intent is known, and what becomes of them."""

from collections.abc import Awaitable, Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import BaseModel

OUT_OF_SCOPE = "out_of_scope"


class Sentence(NamedTuple):
    """A sentence and the key it is listed under: an intent, or a kind of foreign sentence (`out_of_scope_near`)."""

    key: str
    text: str

    @property
    def expected(self) -> str:
        """The intent a resident expects."""
        return expected_intent(self.key)


class Result(StrEnum):
    """What became of a sentence."""

    RIGHT = "right"  # a foreign sentence: declined
    OFFERED_RIGHT = "asked back, the right intent among the offers"
    OFFERED_WRONG = "asked back, the right intent missing"  # a foreign sentence: any offer
    WRONG = "answered wrong"
    REFUSED = "declined"


class Reading(BaseModel, frozen=True):
    """How the product understood a text.

    The model's first guess with its probability and how long it took in seconds, then what the ladder made of it.
    """

    guess: str
    confidence: float
    decision: Literal["answered", "offered", "refused"]
    intent: str
    offers: tuple[str, ...] = ()
    seconds: float = 0.0


class Outcome(BaseModel, frozen=True):
    """A sentence and how it was understood."""

    key: str
    text: str
    reading: Reading

    @property
    def expected(self) -> str:
        """The intent a resident expects."""
        return expected_intent(self.key)

    @property
    def is_foreign(self) -> bool:
        """Whether the sentence is none of our business."""
        return self.expected == OUT_OF_SCOPE

    @property
    def result(self) -> Result:
        """What became of the sentence."""
        reading = self.reading
        declined = reading.decision == "refused" or reading.intent == OUT_OF_SCOPE
        if reading.decision == "offered":
            is_among = not self.is_foreign and self.expected in reading.offers
            return Result.OFFERED_RIGHT if is_among else Result.OFFERED_WRONG
        if declined:
            return Result.RIGHT if self.is_foreign else Result.REFUSED
        return Result.RIGHT if reading.intent == self.expected else Result.WRONG


Reader = Callable[[str], Awaitable[Reading]]


def expected_intent(key: str) -> str:
    """Return the intent meant by a key; the kinds of foreign sentences are one intent."""
    return OUT_OF_SCOPE if key.startswith(OUT_OF_SCOPE) else key


def read_set(path: Path) -> list[Sentence]:
    """Return the sentences of a YAML file that lists them under their keys."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Sentence(key, str(text)) for key, texts in listed.items() for text in texts]


async def outcomes(read: Reader, sentences: Iterable[Sentence]) -> tuple[Outcome, ...]:
    """Have each sentence read, one after the other."""
    return tuple([Outcome(key=key, text=text, reading=await read(text)) for key, text in sentences])
