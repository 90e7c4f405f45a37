"""What each outcome of the ladder costs a resident, and the thresholds that cost least on given sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.meaning.ladder import CHOSEN, OUT_OF_SCOPE, Step, Thresholds, climb
from nlu.client import Parse


class Outcome(StrEnum):
    """What became of one sentence whose intent is known."""

    ANSWERED_RIGHT = "answered right"
    ANSWERED_WRONG = "answered wrong"
    OFFERED_RIGHT = "offered right"
    OFFERED_WRONG = "offered wrong"
    REFUSED = "refused"
    FOREIGN_REFUSED = "foreign refused"
    FOREIGN_ANSWERED = "foreign answered"
    FOREIGN_OFFERED = "foreign offered"


COSTS: Mapping[Outcome, float] = {
    Outcome.ANSWERED_RIGHT: 0.0,
    Outcome.ANSWERED_WRONG: 4.0,
    Outcome.OFFERED_RIGHT: 0.5,
    Outcome.OFFERED_WRONG: 1.5,
    Outcome.REFUSED: 2.0,
    Outcome.FOREIGN_REFUSED: 0.0,
    Outcome.FOREIGN_ANSWERED: 3.0,
    Outcome.FOREIGN_OFFERED: 0.7,
}
"""The source of the numbers: docs/adr/0003-the-ladder.md."""

# Thresholds whose cost differs by less than this share are as good as each other: then the one that asks back less.
_NEARLY = 0.005
_ANSWER_FROM = tuple(step / 100 for step in range(20, 86, 5))
_OFFER_FROM = tuple(step / 100 for step in range(4, 31, 2))
_CLOSE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_RESCUE = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_MOST_ROUNDS = 5


@dataclass(frozen=True)
class Tuning:
    """Thresholds with what they bring about: the mean cost of a sentence, and how often each outcome came."""

    thresholds: Thresholds
    cost: float
    outcomes: Mapping[Outcome, int]

    @property
    def asked_back(self) -> int:
        """How many sentences were answered with a question."""
        asking = (Outcome.OFFERED_RIGHT, Outcome.OFFERED_WRONG, Outcome.FOREIGN_OFFERED)
        return sum(self.outcomes.get(outcome, 0) for outcome in asking)


def outcome(expected: str, step: Step) -> Outcome:
    """Name what became of a sentence whose intent is `expected`."""
    foreign = expected == OUT_OF_SCOPE
    if step.decision == "fallback":
        return Outcome.FOREIGN_REFUSED if foreign else Outcome.REFUSED
    if step.decision in {"confirm", "choose", "clarify"}:
        right = expected in step.alternatives or expected == step.intent
        return Outcome.FOREIGN_OFFERED if foreign else Outcome.OFFERED_RIGHT if right else Outcome.OFFERED_WRONG
    if foreign:
        return Outcome.FOREIGN_ANSWERED
    return Outcome.ANSWERED_RIGHT if step.intent == expected else Outcome.ANSWERED_WRONG


def weigh(parses: Sequence[tuple[str, Parse]], thresholds: Thresholds) -> Tuning:
    """Climb the ladder with each (expected intent, parse) and return the mean cost."""
    counts = dict.fromkeys(Outcome, 0)
    for expected, parse in parses:
        counts[outcome(expected, climb(parse, thresholds))] += 1
    total = sum(COSTS[name] * count for name, count in counts.items())
    return Tuning(thresholds, total / max(len(parses), 1), counts)


def cheapest(parses: Sequence[tuple[str, Parse]], start: Thresholds = CHOSEN) -> Tuning:
    """Return the thresholds of least cost, found by turns: answer and offer together, then `close`, then `rescue`."""
    best = weigh(parses, start)
    for _ in range(_MOST_ROUNDS):
        before = best.thresholds
        pairs = ((answer, offer) for answer in _ANSWER_FROM for offer in _OFFER_FROM if offer < answer)
        best = _best(parses, best, (replace(before, answer_from=answer, offer_from=offer) for answer, offer in pairs))
        best = _best(parses, best, [replace(best.thresholds, close=close) for close in _CLOSE])
        best = _best(parses, best, [replace(best.thresholds, rescue=rescue) for rescue in _RESCUE])
        if best.thresholds == before:
            break
    return best


def _best(parses: Sequence[tuple[str, Parse]], known: Tuning, tried: Iterable[Thresholds]) -> Tuning:
    weighed = [known, *(weigh(parses, thresholds) for thresholds in tried)]
    least = min(tuning.cost for tuning in weighed)
    as_good = [tuning for tuning in weighed if tuning.cost <= least * (1 + _NEARLY)]
    return min(as_good, key=lambda tuning: (tuning.asked_back, tuning.cost))
