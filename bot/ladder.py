"""From the model's ranking to what happens: answer, ask which of two was meant, or say honestly "not my topic"."""

from dataclasses import dataclass
from typing import Literal

from nlu.client import Parse

Decision = Literal["answered", "confirm", "choose", "clarify", "fallback", "handoff"]

# Chosen on nlu/rasa/tests/development.yml by the cost of a wrong answer (docs/adr/0003-the-ladder.md).
ANSWER_FROM = 0.45
OFFER_FROM = 0.12
# A runner-up this close to the first guess is offered beside it.
CLOSE = 0.5
MAX_OFFERS = 3
OUT_OF_SCOPE = "out_of_scope"
# A missed danger to life costs more than a needless warning.
EMERGENCY_FROM = 0.30


@dataclass(frozen=True)
class Step:
    """Where on the ladder a message stands, and the intents to offer as buttons."""

    intent: str
    confidence: float
    decision: Decision
    alternatives: tuple[str, ...] = ()


def climb(parse: Parse) -> Step:
    """Return the step for a parse."""
    emergency = dict(parse.ranking).get("emergency", 0.0)
    if emergency >= EMERGENCY_FROM:
        return Step("emergency", emergency, "answered")
    if parse.intent == OUT_OF_SCOPE or parse.confidence < OFFER_FROM:
        return fallback(parse.confidence if parse.intent == OUT_OF_SCOPE else 0.0)
    if parse.confidence >= ANSWER_FROM:
        return Step(parse.intent, parse.confidence, "answered")
    offers = tuple(
        intent
        for intent, confidence in parse.ranking[:MAX_OFFERS]
        if intent != OUT_OF_SCOPE and confidence >= parse.confidence * CLOSE
    )
    return Step(parse.intent, parse.confidence, "confirm" if len(offers) == 1 else "choose", offers)


def fallback(confidence: float = 0.0) -> Step:
    """Return the step of a message that is not the assistant's business, or was not understood."""
    return Step(OUT_OF_SCOPE, confidence, "fallback")
