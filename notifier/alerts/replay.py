"""What the rules would have sent over a stored period: the same course of episodes, without sending anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.clock import warsaw
from notifier.alerts.air import AirState
from notifier.alerts.episodes import (
    AIR,
    Episode,
    advance,
    is_forgotten,
    is_over,
    must_be_told,
    noticed,
    standing_notices,
)
from notifier.alerts.messages import AlertText, AlertWriter
from notifier.alerts.rules import AlertRules, Release

PUBLISHED_AFTER = timedelta(minutes=30)
"""How long after an hour its data are known: GIOŚ publishes them about twenty minutes past the next one."""

_AUTOMATIC = Release(mode="automatic")


@dataclass(frozen=True)
class Replayed:
    """A message that would have been made at a moment (UTC); `level` is None for the all-clear."""

    at: datetime
    level: int | None
    is_held: bool
    text: AlertText


def replay(rules: AlertRules, writer: AlertWriter, states: Sequence[AirState]) -> tuple[Replayed, ...]:
    """Return what would have been made of the hours of one zone, the oldest first.

    What is held counts as sent: nobody knows what a person would have decided.
    """
    course = _Course(rules, writer)
    return tuple(message for state in states for message in course.follow(state))


class _Course:
    """The episodes that run at a moment of the replay."""

    def __init__(self, rules: AlertRules, writer: AlertWriter) -> None:
        self._rules = rules
        self._writer = writer
        self._running: dict[str, Episode] = {}

    def follow(self, state: AirState) -> Iterator[Replayed]:
        now = state.measured_at + PUBLISHED_AFTER
        yield from self._air(state, now)
        standing = standing_notices(state, self._rules, now)
        for kind in [kind for kind in self._running if kind != AIR and kind not in standing]:
            del self._running[kind]
        for kind, notice in standing.items():
            known, rule = self._running.get(kind), self._rules.notices[notice.kind]
            if known and notice.at <= known.measured_at:
                continue
            episode = noticed(known, notice, rule.level, sample=state.sample)
            if must_be_told(episode, now, self._rules):
                self._running[kind] = episode.told(warsaw(now).date())
                yield self._made(now, rule.level, rule.release, self._writer.notice(notice, sample=state.sample))

    def _air(self, state: AirState, now: datetime) -> Iterator[Replayed]:
        known = self._running.pop(AIR, None)
        if known and is_forgotten(known, now):
            known = None
        episode = advance(known, state, self._rules)
        if episode is None:
            return
        if is_over(episode, self._rules):
            yield self._made(now, None, _AUTOMATIC, self._writer.all_clear(episode, state))
            return
        if episode != known and must_be_told(episode, now, self._rules):
            release = self._rules.levels[episode.level].release
            yield self._made(now, episode.level, release, self._writer.alert(episode, state))
            episode = episode.told(warsaw(now).date())
        self._running[AIR] = episode

    def _made(self, now: datetime, level: int | None, release: Release, text: AlertText) -> Replayed:
        return Replayed(now, level, release.hold is not None, text)
