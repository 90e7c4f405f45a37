"""What rules would have sent over a stored period, alone or beside other rules, without sending anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from notifier.alerts.air import AirState
from notifier.alerts.course import Course
from notifier.alerts.episodes import Episode
from notifier.alerts.messages import AlertText, AlertWriter
from notifier.alerts.rules import AlertRules

PUBLISHED_AFTER = timedelta(minutes=30)
"""How long after an hour its data are known: GIOŚ publishes them about twenty minutes past the next one."""


@dataclass(frozen=True)
class Replayed:
    """A message that would have been made at a moment (UTC); `level` is None for the all-clear."""

    at: datetime
    level: int | None
    is_held: bool
    text: AlertText


@dataclass(frozen=True)
class Pair:
    """What the present and the changed rules would have sent at a moment (UTC)."""

    at: datetime
    present: Replayed | None
    changed: Replayed | None

    @property
    def is_same(self) -> bool:
        """Whether residents would have got the same, in the same way."""
        return self.present == self.changed


def replay(rules: AlertRules, writer: AlertWriter, states: Sequence[AirState]) -> tuple[Replayed, ...]:
    """Return what would have been made of the hours of one zone, the oldest first.

    What is held counts as sent: nobody knows what a person would have decided.
    """
    course = Course(rules, writer, allow_sample=True)
    running: dict[str, Episode] = {}
    made = []
    for state in states:
        now = state.measured_at + PUBLISHED_AFTER
        for step in course.steps(running, [state], now):
            running[step.episode.kind] = step.episode
            if step.is_end:
                del running[step.episode.kind]
            if news := step.news:
                made.append(Replayed(now, news.level, news.release.hold is not None, news.text))
    return tuple(made)


def compared(present: Sequence[Replayed], changed: Sequence[Replayed]) -> tuple[Pair, ...]:
    """Return what two rules would have sent side by side, the oldest first."""
    moments = sorted({each.at for each in (*present, *changed)})
    return tuple(
        Pair(at, before, after)
        for at in moments
        for before, after in zip_longest(
            [each for each in present if each.at == at], [each for each in changed if each.at == at]
        )
    )
