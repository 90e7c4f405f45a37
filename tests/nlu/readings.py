"""Evaluations made from a few words: what each sentence was taken for."""

from collections.abc import Mapping, Sequence

from nlu.judging.evaluation import Evaluation, SetResult, evaluate
from nlu.judging.outcome import Outcome, Reader, Reading, Sentence
from tests.nlu.models import FIRST


def answered(intent: str, confidence: float = 0.9) -> Reading:
    return Reading(guess=intent, confidence=confidence, decision="answered", intent=intent)


def offered(*intents: str) -> Reading:
    return Reading(guess=intents[0], confidence=0.4, decision="offered", intent=intents[0], offers=intents)


DECLINED = Reading(guess="out_of_scope", confidence=0.8, decision="refused", intent="out_of_scope")


def outcome(key: str, reading: Reading, text: str = "zdanie") -> Outcome:
    return Outcome(key=key, text=text, reading=reading)


def knowing(readings: Mapping[str, Reading]) -> Reader:
    """Return a reader that knows some texts and declines the others."""

    async def read(text: str) -> Reading:
        return readings.get(text, DECLINED)

    return read


async def evaluated(
    sentences: Sequence[Sentence], read: Reader, model: str = "0" * 16, sets: Mapping[str, SetResult] | None = None
) -> Evaluation:
    return await evaluate(model, FIRST, read, sentences, sets or {})
