"""What becomes of sentences whose intent is known when the whole ladder is climbed: answered, asked back, declined."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.ladder import OUT_OF_SCOPE, Step
from bot.message import clean_text
from bot.understanding import Understander


@dataclass(frozen=True)
class LadderReport:
    """Shares (0 to 1) of the sentences in scope, then of the foreign ones."""

    answered_right: float
    answered_wrong: float
    offered_right: float
    offered_wrong: float
    refused: float
    foreign_answered: float
    foreign_offered: float


async def climb_all(understander: Understander, sentences: Iterable[tuple[str, str]]) -> LadderReport:
    """Understand each (expected intent, sentence) without context and count the outcomes."""
    outcomes = Counter[tuple[bool, str]]()
    for expected, text in sentences:
        step = (await understander.understand(clean_text(text))).step
        outcomes[expected == OUT_OF_SCOPE, outcome(expected, step)] += 1
    own = sum(count for (foreign, _), count in outcomes.items() if not foreign)
    foreign = sum(outcomes.values()) - own

    def of_own(name: str) -> float:
        return outcomes[False, name] / max(own, 1)

    return LadderReport(
        answered_right=of_own("answered right"),
        answered_wrong=of_own("answered wrong"),
        offered_right=of_own("offered right"),
        offered_wrong=of_own("offered wrong"),
        refused=of_own("refused"),
        foreign_answered=outcomes[True, "answered wrong"] / max(foreign, 1),
        foreign_offered=outcomes[True, "offered wrong"] / max(foreign, 1),
    )


def outcome(expected: str, step: Step) -> str:
    """Name what became of one sentence."""
    if step.decision == "fallback":
        return "refused"
    if step.decision in {"confirm", "choose"}:
        return "offered right" if expected in step.alternatives else "offered wrong"
    return "answered right" if step.intent == expected else "answered wrong"
