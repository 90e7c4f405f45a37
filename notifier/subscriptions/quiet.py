"""Hours in which a resident wants no messages, on the clock on the wall in Poland."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

from core.clock import WARSAW, warsaw
from notifier.subscriptions.models import ContactRow

MINUTES = 24 * 60
"""Minutes of a day on the wall; an hour that a change of time skips or repeats still has its name."""


@dataclass(frozen=True)
class QuietHours:
    """From `start` to `end`, minutes of the Polish day, over midnight when the end is the smaller.

    Raises:
        ValueError: a minute is none of a day, or both are the same.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < MINUTES and 0 <= self.end < MINUTES and self.start != self.end):
            message = "quiet hours start and end at two different minutes of a day"
            raise ValueError(message)

    @classmethod
    def of(cls, contact: ContactRow) -> Self | None:
        """Return the quiet hours of a contact, None when it has none."""
        if contact.quiet_from is None or contact.quiet_until is None:
            return None
        return cls(contact.quiet_from, contact.quiet_until)

    def hold(self, moment: datetime) -> bool:
        """Whether an aware moment lies inside."""
        minute = minute_of_day(moment)
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def end_after(self, moment: datetime) -> datetime:
        """Return when the quiet hours end that hold at `moment`; outside of them, `moment` itself.

        An end inside the hour that spring skips is the moment after it; in the hour that autumn repeats it is the
        first one, unless that is over.
        """
        if not self.hold(moment):
            return moment
        local = warsaw(moment)
        day = local.date() if minute_of_day(moment) < self.end else local.date() + timedelta(days=1)
        clock = time(self.end // 60, self.end % 60)
        ends = (datetime.combine(day, clock.replace(fold=fold), WARSAW).astimezone(moment.tzinfo) for fold in (0, 1))
        return next((end for end in ends if end > moment), moment)


def minute_of_day(moment: datetime) -> int:
    """Return the minute of the Polish day of an aware moment, 0 to 1439."""
    local = warsaw(moment)
    return local.hour * 60 + local.minute
