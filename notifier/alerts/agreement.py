"""Whether the parts of the rules agree with each other, which no part can tell by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from notifier.alerts.rules import AlertRules

Place = tuple[str | int, ...]
"""Where a value stands in the rules: keys and numbers of list entries."""


class Kind(StrEnum):
    """What does not agree."""

    ID_TWICE = "id_twice"
    UNKNOWN_LEVEL = "unknown_level"
    IDLE_LEVEL = "idle_level"
    HOLD_TOO_LONG = "hold_too_long"


@dataclass(frozen=True)
class Disagreement:
    """One fault, its place, and a sentence for whoever edits the city pack."""

    kind: Kind
    place: Place
    message: str


def disagreements(rules: AlertRules) -> Iterator[Disagreement]:
    """Yield what does not agree."""
    known: set[str] = set()
    for number, rule in enumerate(rules.rules):
        if rule.id in known:
            yield Disagreement(Kind.ID_TWICE, ("rules", number, "id"), f"the id {rule.id} is used twice")
        if rule.level not in rules.levels:
            sentence = f"level {rule.level} is not described under levels"
            yield Disagreement(Kind.UNKNOWN_LEVEL, ("rules", number, "level"), sentence)
        known.add(rule.id)
    for level in sorted(set(rules.levels) - {rule.level for rule in rules.rules}):
        yield Disagreement(Kind.IDLE_LEVEL, ("levels", level), f"no rule raises level {level}")
    holds: dict[Place, timedelta | None] = {
        **{("levels", level, "release"): described.release.hold for level, described in rules.levels.items()},
        **{("notices", kind, "release"): described.release.hold for kind, described in rules.notices.items()},
    }
    for place, hold in holds.items():
        if hold is not None and hold >= rules.lasts:
            message = "hold_minutes must end before the message expires (lasts_hours)"
            yield Disagreement(Kind.HOLD_TOO_LONG, place, message)
