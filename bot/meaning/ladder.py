"""From the model's ranking to what happens: answer, ask which of two was meant, or say honestly "not my topic"."""

from dataclasses import dataclass
from typing import Literal

from content.intents import all_intents
from nlu.client import Parse, Ranking

Decision = Literal["answered", "confirm", "choose", "clarify", "fallback", "handoff"]

# Chosen on the development sentences by the cost of a wrong answer (docs/adr/0003-the-ladder.md).
ANSWER_FROM = 0.65
OFFER_FROM = 0.12
MAX_OFFERS = 3
# Whoever talks of a topic already, or names a value that only it knows, is less likely to mean another one.
IN_TOPIC_FROM = 0.45
OUT_OF_SCOPE = "out_of_scope"
INFORM = "inform"
# Less likely ones are no guess at all.
_LEAST_SPARE = 0.01
# A missed danger to life costs more than a needless warning.
EMERGENCY_FROM = 0.30

_CONVERSATION = "conversation"
_ABOUT_THE_ASSISTANT = frozenset({"help", "bot_challenge"})


@dataclass(frozen=True)
class Thresholds:
    """The probabilities (0 to 1) at which the ladder's steps begin; `close` and `rescue` are shares of the best one."""

    answer_from: float = ANSWER_FROM
    offer_from: float = OFFER_FROM
    # A runner-up this close to the first guess is offered beside it.
    close: float = 0.3
    # A topic this close behind "foreign" is offered all the same; 1 = never.
    rescue: float = 0.5


CHOSEN = Thresholds()


@dataclass(frozen=True)
class Step:
    """Where on the ladder a message stands, and the intents to offer as buttons."""

    intent: str
    confidence: float
    decision: Decision
    alternatives: tuple[str, ...] = ()


def climb(parse: Parse, limits: Thresholds = CHOSEN) -> Step:
    """Return the step for a parse."""
    emergency = dict(parse.ranking).get("emergency", 0.0)
    if emergency >= EMERGENCY_FROM:
        return Step("emergency", emergency, "answered")
    if parse.intent == OUT_OF_SCOPE:
        return _rescued(parse, limits) or fallback(parse.confidence)
    if parse.confidence < limits.offer_from:
        return fallback(parse.confidence)
    if parse.confidence >= limits.answer_from:
        return Step(parse.intent, parse.confidence, "answered")
    offers = _offers(parse, parse.confidence * limits.close)
    if offers:
        return _offer(offers, parse)
    # Nobody can press "Powitanie": an unsure greeting is answered, an unsure fragment asked about.
    return Step(parse.intent, parse.confidence, "clarify" if parse.intent == INFORM else "answered")


def settled(step: Step, ranking: Ranking) -> Step:
    """Return the step for an unsure first guess once something else than the model speaks for its topic."""
    if step.decision not in {"confirm", "choose"} or not ranking or ranking[0][1] < IN_TOPIC_FROM:
        return step
    return Step(*ranking[0], "answered")


def fallback(confidence: float = 0.0) -> Step:
    """Return the step of a message that is not the assistant's business, or was not understood."""
    return Step(OUT_OF_SCOPE, confidence, "fallback")


def is_small_talk(intent: str) -> bool:
    """Whether an intent belongs to the talk itself and asks for nothing the city knows."""
    listed = all_intents().get(intent)
    return listed is not None and listed.topic == _CONVERSATION


def can_be_offered(intent: str) -> bool:
    """Whether the intent's title makes sense on a button."""
    return intent in all_intents() and (not is_small_talk(intent) or intent in _ABOUT_THE_ASSISTANT)


def spare_offers(ranking: Ranking, step: Step) -> tuple[str, ...]:
    """Return the next best intents, for a resident who says no to what was offered or answered."""
    used = {step.intent, *step.alternatives, "emergency"}
    others = (intent for intent, share in ranking if share >= _LEAST_SPARE and can_be_offered(intent))
    return tuple(intent for intent in others if intent not in used)[:MAX_OFFERS]


def _rescued(parse: Parse, limits: Thresholds) -> Step | None:
    offers = _offers(parse, max(parse.confidence * limits.rescue, limits.offer_from))
    return _offer(offers, parse) if offers else None


def _offers(parse: Parse, least: float) -> tuple[str, ...]:
    likely = (intent for intent, confidence in parse.ranking if confidence >= least and can_be_offered(intent))
    return tuple(likely)[:MAX_OFFERS]


def _offer(offers: tuple[str, ...], parse: Parse) -> Step:
    confidence = dict(parse.ranking)[offers[0]]
    return Step(offers[0], confidence, "confirm" if len(offers) == 1 else "choose", offers)
