"""What staff read of the talks of a period: figures computed from counts, without any query."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, get_args

from bot.handoffs.states import HandoffState
from bot.statistics.repository import RatingCount, TurnCount
from content.intents import all_intents

Outcome = Literal["answered", "asked_back", "unknown", "handed_off"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

_OUTCOME_OF: Mapping[str, Outcome] = {
    "answered": "answered",
    **dict.fromkeys(("confirm", "choose", "clarify"), "asked_back"),
    "fallback": "unknown",
    "handoff": "handed_off",
}
OTHER_TOPIC = "other"
"""Topic of intents that are known no longer."""


class Outcomes(Counter[Outcome]):
    """Turns by their outcome."""

    def share(self, outcome: Outcome) -> float | None:
        """Return the part of all turns, from 0 to 1, None when there are none."""
        return self[outcome] / self.total() if self.total() else None


@dataclass(frozen=True)
class Talks:
    """The turns of a period; days are counted from 0."""

    by_day: Sequence[Outcomes]
    by_intent: Mapping[str, Outcomes]
    by_decision: Mapping[str, int]

    @classmethod
    def of(cls, counts: Sequence[TurnCount], days: int) -> "Talks":
        """Return the figures of so many days."""
        by_day = [Outcomes() for _ in range(days)]
        by_intent: dict[str, Outcomes] = {}
        by_decision = Counter[str]()
        for each in counts:
            outcome = _OUTCOME_OF[each.decision]
            by_day[each.day][outcome] += each.count
            by_intent.setdefault(each.intent, Outcomes())[outcome] += each.count
            by_decision[each.decision] += each.count
        return cls(by_day, by_intent, by_decision)

    @property
    def total(self) -> Outcomes:
        """Return all turns of the period."""
        return _sum(self.by_day)

    def by_topic(self) -> Mapping[str, Outcomes]:
        """Return the turns by topic, the most asked first."""
        topics: dict[str, list[Outcomes]] = {}
        for intent, outcomes in self.by_intent.items():
            topics.setdefault(topic_of(intent), []).append(outcomes)
        return most_first({topic: _sum(parts) for topic, parts in topics.items()})

    def of_topic(self, topic: str) -> Mapping[str, Outcomes]:
        """Return the turns of a topic by intent, the most asked first."""
        return most_first({intent: each for intent, each in self.by_intent.items() if topic_of(intent) == topic})


@dataclass(frozen=True)
class Verdict:
    """Ratings of some answers."""

    helpful: int = 0
    unhelpful: int = 0

    @property
    def share(self) -> float | None:
        """Return the helpful part, from 0 to 1, None when nobody rated."""
        total = self.helpful + self.unhelpful
        return self.helpful / total if total else None

    @classmethod
    def of(cls, counts: Sequence[RatingCount]) -> "Verdict":
        """Return the verdict of some counts."""
        helpful = sum(each.count for each in counts if each.helpful)
        return cls(helpful, sum(each.count for each in counts) - helpful)

    @classmethod
    def by(cls, counts: Sequence[RatingCount], key: Callable[[str], str]) -> "Mapping[str, Verdict]":
        """Return the verdicts by what `key` makes of an intent, such as its topic."""
        groups: dict[str, list[RatingCount]] = {}
        for each in counts:
            groups.setdefault(key(each.intent), []).append(each)
        return {name: cls.of(group) for name, group in groups.items()}


@dataclass(frozen=True)
class AnswerTimes:
    """How many turns took so many milliseconds, from the message's arrival at the assistant to its answer."""

    by_milliseconds: Mapping[int, int]

    @property
    def total(self) -> int:
        """Return how many turns were timed."""
        return sum(self.by_milliseconds.values())

    def percentile(self, share: float) -> int | None:
        """Return the milliseconds within which at least that part (0 to 1) was answered, None when none was timed."""
        needed, seen = share * self.total, 0
        for milliseconds, count in sorted(self.by_milliseconds.items()):
            seen += count
            if seen >= needed:
                return milliseconds
        return None

    def between(self, least: int, below: int | None) -> int:
        """Return how many turns took at least so long and less than `below`, None for any time."""
        return sum(
            count
            for milliseconds, count in self.by_milliseconds.items()
            if least <= milliseconds and (below is None or milliseconds < below)
        )


@dataclass(frozen=True)
class Cases:
    """Messages left for the office, by their present state, and what passed until their first reply, sorted."""

    by_state: Mapping[HandoffState, int]
    first_replies: Sequence[timedelta]

    @property
    def total(self) -> int:
        """Return how many were left."""
        return sum(self.by_state.values())

    @property
    def median_reply(self) -> timedelta | None:
        """Return the median time until the first reply, None when nothing was answered."""
        return self.first_replies[(len(self.first_replies) - 1) // 2] if self.first_replies else None


def topic_of(intent: str) -> str:
    """Return the topic of an intent; one that is known no longer belongs to a topic of its own."""
    known = all_intents().get(intent)
    return known.topic if known else OTHER_TOPIC


def most_first(found: Mapping[str, Outcomes]) -> Mapping[str, Outcomes]:
    """Return the same, the greatest first and equal ones by name."""
    return dict(sorted(found.items(), key=lambda item: (-item[1].total(), item[0])))


def _sum(parts: Sequence[Outcomes]) -> Outcomes:
    total = Outcomes()
    for part in parts:
        total.update(part)
    return total
