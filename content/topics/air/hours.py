"""Hourly values of one pollutant over a time, and what can be computed from them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from operator import attrgetter
from statistics import fmean
from typing import Literal

from core.clock import warsaw

HOURS_FOR_A_DAY = 18
"""Least hours of a 24-hour mean: 75 % of them, as directive 2008/50/EC, annex XI, demands."""

TREND_SPAN = timedelta(hours=6)
_LEAST_FOR_TREND = 4
# Our own limits of a clear trend: most pairs of hours agree, and the change is worth a sentence.
_LEAST_AGREEMENT = 0.6
_LEAST_CHANGE, _LEAST_SHARE = 5.0, 0.25

Hours = Mapping[datetime, float]
"""Values in µg/m³ by the UTC moment of their hour, the oldest first."""


@dataclass(frozen=True)
class Extreme:
    """A value in µg/m³ and its hour in UTC."""

    value: float
    at: datetime


@dataclass(frozen=True)
class Summary:
    """Mean, least and greatest of some hours; `count` says of how many."""

    count: int
    mean: float
    low: Extreme
    high: Extreme


@dataclass(frozen=True)
class Day:
    """The mean of PM10, or of another pollutant, over a Polish calendar day; `official` when GIOŚ computed it.

    `mean` is None when there are fewer than HOURS_FOR_A_DAY hours.
    """

    day: date
    mean: float | None
    official: bool = False


@dataclass(frozen=True)
class Trend:
    """Where the values of the last hours go, from the first to the last of them."""

    direction: Literal["rising", "falling"]
    first: Extreme
    last: Extreme


def summary(hours: Hours) -> Summary | None:
    """Return mean and extremes, None when there is no hour; of equal extremes the newest counts."""
    if not hours:
        return None
    newest_first = [Extreme(value, at) for at, value in sorted(hours.items(), reverse=True)]
    by_value = attrgetter("value")
    return Summary(len(hours), fmean(hours.values()), min(newest_first, key=by_value), max(newest_first, key=by_value))


def mean_of_24_hours(hours: Hours, end: datetime) -> Summary | None:
    """Return the summary of the 24 hours up to `end`, None when fewer than HOURS_FOR_A_DAY of them are known."""
    found = summary({at: value for at, value in hours.items() if timedelta() <= end - at < timedelta(hours=24)})
    return found if found and found.count >= HOURS_FOR_A_DAY else None


def days(hours: Hours, official: Mapping[date, float]) -> tuple[Day, ...]:
    """Return the days that have hours or an official mean, the oldest first; the official mean is preferred.

    An official mean that contradicts the hours of its day is left out: which day it names is then not certain.
    """
    by_day: dict[date, list[float]] = defaultdict(list)
    for at, value in hours.items():
        by_day[warsaw(at).date()].append(value)
    return tuple(_day(day, by_day.get(day, []), official.get(day)) for day in sorted({*by_day, *official}))


def trend(hours: Hours, end: datetime) -> Trend | None:
    """Return the trend of the hours before `end`, None unless it is clear."""
    recent = [Extreme(value, at) for at, value in sorted(hours.items()) if timedelta() <= end - at < TREND_SPAN]
    if len(recent) < _LEAST_FOR_TREND:
        return None
    first, last = recent[0], recent[-1]
    change = last.value - first.value
    if abs(change) < max(_LEAST_CHANGE, _LEAST_SHARE * first.value):
        return None
    pairs = list(combinations((hour.value for hour in recent), 2))
    agreement = sum(_sign(later - earlier) for earlier, later in pairs) / len(pairs)
    if agreement * _sign(change) < _LEAST_AGREEMENT:
        return None
    return Trend("rising" if change > 0 else "falling", first, last)


def _day(day: date, values: list[float], official: float | None) -> Day:
    own = fmean(values) if len(values) >= HOURS_FOR_A_DAY else None
    if official is not None and (own is None or abs(official - own) <= max(2.0, 0.05 * own)):
        return Day(day, official, official=True)
    return Day(day, own)


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)
