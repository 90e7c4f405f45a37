"""What the hours of a zone mean for its episodes, without any input or output: alike for the job and for a replay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from content.topics.air.notices import Notice
from core.clock import warsaw
from notifier.alerts.air import AirState
from notifier.alerts.episodes import (
    AIR,
    Episode,
    advance,
    fresh,
    is_forgotten,
    is_over,
    must_be_told,
    noticed,
    standing_notices,
)
from notifier.alerts.messages import AlertText, AlertWriter
from notifier.alerts.rules import AlertRules, Release, Severity

_AT_ONCE = Release(mode="automatic")


@dataclass(frozen=True)
class News:
    """What must be told of an episode, and who releases it; `level` is None for the all-clear."""

    level: int | None
    severity: Severity
    release: Release
    text: AlertText


@dataclass(frozen=True)
class Step:
    """How an episode stands now, whether that is its end, and what must be told of it."""

    episode: Episode
    is_end: bool = False
    news: News | None = None


class Course:
    """The course of episodes by given rules; sample data count only where `allow_sample` says so (the demo)."""

    def __init__(self, rules: AlertRules, writer: AlertWriter, *, allow_sample: bool) -> None:
        self._rules = rules
        self._writer = writer
        self._allow_sample = allow_sample

    def steps(self, running: Mapping[str, Episode], states: Sequence[AirState], now: datetime) -> tuple[Step, ...]:
        """Return what becomes of the episodes (by kind) that run in a zone, and of new ones, in their order.

        `states` are hours of the zone, at least one, the oldest first; only the newest is told of. The same hours again
        change nothing.
        """
        newest = states[-1]
        steps = list(self._by_rules(running.get(AIR), states, now))
        if newest.sample and not self._allow_sample:
            return tuple(steps)
        notices = standing_notices(newest, self._rules, now)
        steps += [Step(each, is_end=True) for kind, each in running.items() if kind != AIR and kind not in notices]
        for kind, notice in notices.items():
            steps += self._by_notice(running.get(kind), notice, now, sample=newest.sample)
        return tuple(steps)

    def _by_rules(self, known: Episode | None, states: Sequence[AirState], now: datetime) -> Iterator[Step]:
        usable = fresh(states, now, allow_sample=self._allow_sample)
        gave_way = known and usable and usable[-1].sample != known.sample
        if known and (gave_way or is_forgotten(known, now)):
            yield Step(known, is_end=True)
            known = None
        episode = known
        for state in usable:
            episode = advance(episode, state, self._rules)
        is_news = episode != known and (known or (episode and episode.level))
        if episode is None or not is_news:
            return
        if is_over(episode, self._rules):
            text = self._writer.all_clear(episode, usable[-1])
            yield Step(episode, is_end=True, news=News(None, "minor", _AT_ONCE, text))
        elif must_be_told(episode, now, self._rules):
            level = self._rules.levels[episode.level]
            text = self._writer.alert(episode, usable[-1])
            yield _told(episode, News(episode.level, level.severity, level.release, text), now)
        else:
            yield Step(episode)

    def _by_notice(self, known: Episode | None, notice: Notice, now: datetime, *, sample: bool) -> Iterator[Step]:
        if known and notice.at <= known.measured_at:
            return
        rule = self._rules.notices[notice.kind]
        episode = noticed(known, notice, rule.level, sample=sample)
        if must_be_told(episode, now, self._rules):
            text = self._writer.notice(notice, sample=sample)
            yield _told(episode, News(rule.level, rule.severity, rule.release, text), now)


def _told(episode: Episode, news: News, now: datetime) -> Step:
    return Step(episode.told(warsaw(now).date()), news=news)
