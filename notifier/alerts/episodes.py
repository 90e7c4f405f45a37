"""The course of bad air, without any input or output: what is raised, what calms down, and what must be told.

Two kinds run beside each other in a zone: "air", followed by the rules, and one per kind of official notice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from content.topics.air.notices import Notice
from content.topics.air.snapshot import STALE_AFTER
from core.clock import warsaw
from notifier.alerts.air import AirState
from notifier.alerts.rules import AlertRules, Rule

AIR = "air"
"""The episode that the rules follow."""

FORGOTTEN_AFTER = timedelta(hours=24)
"""An episode without data for that long ends unsaid: nobody knows how the air is, so nothing is claimed."""


@dataclass(frozen=True)
class Episode:
    """Bad air in a zone so far; moments in UTC.

    `raised` are the rules that the hour of `measured_at` raised, `level` is their worst (0: none), `seen` are all that
    were raised, each with the time of its last data. `calm` counts the hours in a row on which all of these were calm.
    `told_level` is the worst level that was told on `told_on` (a Polish day) and since.
    """

    kind: str
    sample: bool
    started_at: datetime
    measured_at: datetime
    level: int = 0
    raised: frozenset[str] = frozenset()
    seen: Mapping[str, datetime] = field(default_factory=dict)
    calm: int = 0
    told_level: int | None = None
    told_on: date | None = None

    def told(self, day: date) -> "Episode":
        """Return the episode after its present level was told."""
        return replace(self, told_level=self.level, told_on=day)


def fresh(states: Sequence[AirState], now: datetime, *, allow_sample: bool) -> Sequence[AirState]:
    """Return the usable states, none when the newest is stale: old data neither begin nor end anything."""
    usable = [state for state in states if allow_sample or not state.sample]
    return usable if usable and now - usable[-1].measured_at <= STALE_AFTER else []


def advance(episode: Episode | None, state: AirState, rules: AlertRules) -> Episode | None:
    """Return the episode after an hour of data; None while nothing is raised. Data already seen change nothing."""
    if episode and state.measured_at <= episode.measured_at:
        return episode
    in_force = [rule for rule in rules.rules if rule.is_in_force(warsaw(state.measured_at).date())]
    raised = frozenset(rule.id for rule in in_force if _is_raised(rule, state))
    if episode is None:
        if not raised:
            return None
        episode = Episode(AIR, state.sample, state.measured_at, state.measured_at)
    seen = _seen(episode, raised, state, in_force)
    if all(state.value(rule.measure) is None for rule in in_force if rule.id in seen):
        return replace(episode, seen=seen)
    is_calm = all(_is_calm(rule, state) for rule in in_force if rule.id in seen)
    return replace(
        episode,
        measured_at=state.measured_at,
        level=max((rule.level for rule in in_force if rule.id in raised), default=0),
        raised=raised,
        seen=seen,
        calm=episode.calm + 1 if is_calm else 0,
    )


def is_over(episode: Episode, rules: AlertRules) -> bool:
    """Whether the air has been calm for long enough."""
    return episode.calm >= rules.clear_after


def is_forgotten(episode: Episode, now: datetime) -> bool:
    """Whether nothing has been heard for too long to claim anything."""
    return now - episode.measured_at > FORGOTTEN_AFTER


def must_be_told(episode: Episode, now: datetime, rules: AlertRules) -> bool:
    """Whether it is bad and new, worse than was told, or still bad in the morning of another day."""
    if not episode.level:
        return False
    if episode.told_level is None or episode.told_on is None or episode.level > episode.told_level:
        return True
    # Nobody is woken up only because midnight passed.
    local = warsaw(now)
    return local.date() > episode.told_on and local.hour >= rules.repeat_from_hour


def noticed(episode: Episode | None, notice: Notice, level: int, *, sample: bool) -> Episode:
    """Return the episode of an official notice after reading it."""
    if episode is None:
        return Episode(notice_kind(notice), sample, notice.at, notice.at, level)
    return replace(episode, measured_at=max(episode.measured_at, notice.at), level=level)


def notice_kind(notice: Notice) -> str:
    """Return the kind of the episode that a notice belongs to."""
    return f"notice:{notice.kind}:{notice.pollutant or 'other'}"


def standing_notices(state: AirState, rules: AlertRules, now: datetime) -> Mapping[str, Notice]:
    """Return the notices that are passed on and still hold, the newest of each kind of episode."""
    known: Iterable[Notice] = sorted(state.notices, key=lambda notice: notice.at)
    return {
        notice_kind(notice): notice
        for notice in known
        if notice.kind in rules.notices and timedelta() <= now - notice.at <= FORGOTTEN_AFTER
    }


def _seen(episode: Episode, raised: frozenset[str], state: AirState, rules: Sequence[Rule]) -> Mapping[str, datetime]:
    """Return the rules of the episode; one that nothing was heard of for a day keeps it open no longer."""
    seen = {**episode.seen, **dict.fromkeys(raised - set(episode.seen), state.measured_at)}
    heard = {rule.id for rule in rules if state.value(rule.measure) is not None}
    moments = {rule_id: state.measured_at if rule_id in heard else at for rule_id, at in seen.items()}
    return {rule_id: at for rule_id, at in moments.items() if state.measured_at - at <= FORGOTTEN_AFTER}


def _is_raised(rule: Rule, state: AirState) -> bool:
    value = state.value(rule.measure)
    return value is not None and rule.is_raised_by(value)


def _is_calm(rule: Rule, state: AirState) -> bool:
    value = state.value(rule.measure)
    return value is not None and value <= rule.clear
