"""Two models on the same sentences: what one gains and loses against the other, and whether that may be chance."""

from collections.abc import Iterable, Sequence
from math import comb

from pydantic import BaseModel

from nlu.judging.outcome import Outcome, Result

DECLINED, ASKED_BACK = "declined", "asked back: "
"""How a change says that nothing was answered, and that these intents, by commas, were offered."""


class IntentChange(BaseModel, frozen=True):
    """Sentences of one intent, and how many of them each model had right."""

    intent: str
    sentences: int
    before: int
    after: int

    @property
    def loss(self) -> float:
        """Share of the intent's sentences that are lost on balance; negative when more are gained."""
        return (self.before - self.after) / self.sentences


class Change(BaseModel, frozen=True):
    """A sentence that is no longer treated as before."""

    text: str
    expected: str
    before: str
    after: str


class Comparison(BaseModel, frozen=True):
    """The paired comparison; `chance` is the probability of such a loss, or a larger one, between equal models."""

    sentences: int
    gained: int
    lost: int
    chance: float
    intents: tuple[IntentChange, ...]
    changes: tuple[Change, ...]


def compare(before: Iterable[Outcome], after: Iterable[Outcome]) -> Comparison:
    """Compare two models on the sentences that both were asked."""
    known = {(outcome.key, outcome.text): outcome for outcome in before}
    pairs = [(known[outcome.key, outcome.text], outcome) for outcome in after if (outcome.key, outcome.text) in known]
    gained = sum(_is_right(new) and not _is_right(old) for old, new in pairs)
    lost = sum(_is_right(old) and not _is_right(new) for old, new in pairs)
    return Comparison(
        sentences=len(pairs),
        gained=gained,
        lost=lost,
        chance=chance_of_loss(gained, lost),
        intents=_by_intent(pairs),
        changes=tuple(
            Change(text=new.text, expected=new.key, before=said(old), after=said(new))
            for old, new in pairs
            if said(old) != said(new)
        ),
    )


def chance_of_loss(gained: int, lost: int) -> float:
    """Return McNemar's exact one-sided probability: of the sentences that changed, as many or more are losses."""
    changed = gained + lost
    return float(sum(comb(changed, losses) for losses in range(lost, changed + 1)) / 2**changed)


def _is_right(outcome: Outcome) -> bool:
    return outcome.result is Result.RIGHT


def _by_intent(pairs: Sequence[tuple[Outcome, Outcome]]) -> tuple[IntentChange, ...]:
    names = sorted({new.expected for _, new in pairs})
    changes = []
    for name in names:
        own = [(old, new) for old, new in pairs if new.expected == name]
        before, after = sum(_is_right(old) for old, _ in own), sum(_is_right(new) for _, new in own)
        changes.append(IntentChange(intent=name, sentences=len(own), before=before, after=after))
    return tuple(sorted(changes, key=lambda change: -change.loss))


def said(outcome: Outcome) -> str:
    """Return what a resident got for a sentence: an intent, `DECLINED`, or `ASKED_BACK` with intents."""
    reading = outcome.reading
    if reading.decision == "offered":
        return ASKED_BACK + ", ".join(reading.offers)
    return reading.intent if reading.decision == "answered" else DECLINED
