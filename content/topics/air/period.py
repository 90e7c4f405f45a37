"""The past time a resident asks about, as it can be answered from hourly values."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from content.periods import resolve
from content.question import Entity
from core.clock import warsaw

LAST_DAYS = Entity("period", "ostatnie_3_dni", "ostatnie 3 dni")
"""What is meant when no time was named: as many days as GIOŚ publishes at once."""

# An hour ago says little of how the air was: who asks for the history of now means the day.
_NOW = "teraz"
_DAY_OF = {_NOW: "dzisiaj"}
_THIS_YEAR = "ten_rok"
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Period:
    """A past time from `since` to `until`, UTC, both included; `first` and `last` are its Polish days.

    `whole_days` is false when it begins or ends in the middle of a day other than today.
    """

    since: datetime
    until: datetime
    first: date
    last: date
    whole_days: bool

    @property
    def is_one_day(self) -> bool:
        """Whether it lies within one Polish day."""
        return self.first == self.last


def tense(entity: Entity | None, now: datetime) -> Literal["past", "future"] | None:
    """Return whether a period is certainly over or still to come; None when that is open, as with „w sobotę”."""
    if entity is None or entity.id == _NOW:
        return None
    found = [resolve(entity.id, now, past=past) for past in (True, False)]
    known = [period for period in found if period]
    if known and all(period.end <= now for period in known):
        return "past"
    return "future" if known and all(period.start > now for period in known) else None


def period_of(entity: Entity, now: datetime) -> Period:
    """Return the time a period means in a question about the past; it never ends after `now`."""
    found = resolve(_DAY_OF.get(entity.id, entity.id), now, past=True) or resolve(LAST_DAYS.id, now)
    if found is None:
        message = f"the default period {LAST_DAYS.id} is no period"
        raise LookupError(message)
    until = min(found.end - _INSTANT, now)
    starts_at_midnight = warsaw(found.start).time() == time()
    ends_at_midnight = warsaw(found.end).time() == time() or found.end >= now
    first, last = warsaw(found.start).date(), warsaw(until).date()
    return Period(found.start, until, first, last, whole_days=starts_at_midnight and ends_at_midnight)


def year_so_far(now: datetime) -> Period:
    """Return this year up to now."""
    return period_of(Entity("period", _THIS_YEAR, _THIS_YEAR), now)
