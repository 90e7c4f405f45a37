"""A piece of regular work and its times."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from core.clock import WARSAW

# What was missed is made up for once, so of a long silence only the last time counts.
_LOOKED_BACK = timedelta(days=2)


@dataclass(frozen=True)
class Job:
    """A piece of regular work; `minutes` and `hours` as in cron, Polish local time. It may safely run twice."""

    name: str
    run: Callable[[], Awaitable[None]]
    minutes: str
    hours: str = "*"
    at_start: bool = False

    def trigger(self) -> CronTrigger:
        """Return the times in the form that the scheduler's library takes."""
        return CronTrigger(hour=self.hours, minute=self.minutes, timezone=WARSAW)

    def next_due(self, after: datetime) -> datetime:
        """Return the first time later than `after`."""
        return _utc(self.trigger().get_next_fire_time(None, after + timedelta(microseconds=1)))

    def last_due(self, after: datetime, until: datetime) -> datetime | None:
        """Return the last time later than `after` and not later than `until`, None when there was none."""
        trigger, due = self.trigger(), None
        seen = max(after, until - _LOOKED_BACK)
        # Back in UTC each time: on the wall, the hour that autumn repeats never ends.
        while (coming := _utc(trigger.get_next_fire_time(None, seen + timedelta(microseconds=1)))) <= until:
            due = seen = coming
        return due


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
