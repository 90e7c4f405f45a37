"""The ids of periods of time, and the hours that each of them means.

| id | meaning |
| --- | --- |
| `teraz` | the last hour |
| `przedwczoraj`, `wczoraj`, `dzisiaj`, `jutro`, `pojutrze` | a day |
| `2_dni_temu`, `za_2_dni` | a day counted from today |
| `poniedzialek` … `niedziela` | the next such day, today included; in questions about the past the latest |
| `2026-12-03`, `12-03` | a date; without a year like a weekday |
| `<day>_rano`, `…_po_poludniu`, `…_wieczorem`, `…_w_nocy` | 6–12, 12–18, 18–22, 22–6 of any day above |
| `ten_tydzien`, `ten_miesiac`, `ten_rok` | the present one |
| `weekend` | Saturday and Sunday, like a weekday |
| `2026-12`, `grudzien`, `2026` | a month, a year; a month without a year like a weekday |
| `zima`, `wiosna`, `lato`, `jesien` | the season (from 1 December, March, June, September) like a weekday |
| `poprzedni_…`, `przyszly_…` | the one before or after, of `tydzien`, `miesiac`, `rok` and all that recurs |
| `ostatnie_7_dni`, `najblizsze_7_dni` | so many calendar days, today included |
| `ostatnie_24_godz`, `najblizsze_24_godz`, `za_2_godz` | hours before or after now; the hour that starts then |
| `od_<any of these>` | from its start until now |

„Dzisiaj w nocy” is the past night until noon and the coming one afterwards. Ids are not inflected (`poprzedni_zima`).
Days are those of Europe/Warsaw; every end is exclusive.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from core.clock import WARSAW, warsaw

DAYS = {"przedwczoraj": -2, "wczoraj": -1, "dzisiaj": 0, "jutro": 1, "pojutrze": 2}
WEEKDAYS = ("poniedzialek", "wtorek", "sroda", "czwartek", "piatek", "sobota", "niedziela")
MONTHS = (
    *("styczen", "luty", "marzec", "kwiecien", "maj", "czerwiec"),
    *("lipiec", "sierpien", "wrzesien", "pazdziernik", "listopad", "grudzien"),
)
# Season → its first month.
SEASONS = {"zima": 12, "wiosna": 3, "lato": 6, "jesien": 9}
# Part of the day → first hour and number of hours.
PARTS = {"rano": (6, 6), "po_poludniu": (12, 6), "wieczorem": (18, 4), "w_nocy": (22, 8)}

_PART = re.compile(rf"(?P<day>.+)_(?P<part>{'|'.join(PARTS)})")
_COUNTED = re.compile(
    r"(?P<which>ostatnie|najblizsze|za)_(?P<count>\d{1,3})_(?P<unit>dni|godz)|(?P<ago>\d{1,3})_dni_temu"
)
_DATE = re.compile(r"(?:(?P<year>20\d\d)-)?(?P<month>\d{2})-(?P<day>\d{2})")
_MONTH = re.compile(r"(?P<year>20\d\d)-(?P<month>\d{2})")
_YEAR = re.compile(r"20\d\d")
_WHICH = re.compile(r"(?P<which>poprzedni|przyszly)_(?P<what>\w+)")
_WEEK = timedelta(days=7)
_NOON = 12
# Years back and ahead in which a date without a year is looked for: 29 February comes every four, once every eight.
_YEARS_AROUND = range(-8, 9)
# For these the days of all those years are kept; what recurs is the same all year long.
_REMEMBERED_IDS = 256


@dataclass(frozen=True)
class Period:
    """A stretch of time, both ends aware UTC, the end exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class _Days:
    """A stretch of whole local days, the end exclusive."""

    start: date
    end: date


def resolve(period_id: str, now: datetime, *, past: bool = False) -> Period | None:
    """Return the hours that an id means at the moment `now` (aware), or None when there is no such id.

    `past` decides what may be either: „w sobotę” is the latest Saturday in a question about the past, else the next.
    """
    if period_id == "teraz":
        return Period(now.astimezone(UTC) - timedelta(hours=1), now.astimezone(UTC))
    if period_id.startswith("od_"):
        began = resolve(period_id.removeprefix("od_"), now, past=True)
        return Period(began.start, now.astimezone(UTC)) if began and began.start <= now else None
    if hours := _hours(period_id, now):
        return hours
    if match := _PART.fullmatch(period_id):
        return _part(match["day"], match["part"], now, past=past)
    days = _days(period_id, warsaw(now).date(), past=past)
    return Period(_at(days.start), _at(days.end)) if days else None


def _hours(period_id: str, now: datetime) -> Period | None:
    match = _COUNTED.fullmatch(period_id)
    if match is None or match["unit"] != "godz":
        return None
    moment, length, hour = now.astimezone(UTC), timedelta(hours=int(match["count"])), timedelta(hours=1)
    spans = {
        "ostatnie": Period(moment - length, moment),
        "najblizsze": Period(moment, moment + length),
        "za": Period(moment + length, moment + length + hour),
    }
    return spans[match["which"]]


def _part(day_id: str, part: str, now: datetime, *, past: bool) -> Period | None:
    local = warsaw(now)
    days = _days(day_id, local.date(), past=past)
    if days is None or days.end - days.start != timedelta(days=1):
        return None
    day = days.start
    if day_id == "dzisiaj" and part == "w_nocy" and local.hour < _NOON:
        day -= timedelta(days=1)
    first, length = PARTS[part]
    last = first + length
    return Period(_at(day, first), _at(day + timedelta(days=last // 24), last % 24))


def _days(period_id: str, today: date, *, past: bool) -> _Days | None:
    """Return the local days of an id that means whole days."""
    if period_id in DAYS:
        return _day(today + timedelta(days=DAYS[period_id]))
    if days := _counted_days(period_id, today) or _calendar(period_id, today):
        return days
    if match := _WHICH.fullmatch(period_id):
        return _neighbour(match["what"], today, before=match["which"] == "poprzedni")
    around = _around(period_id, today.year)
    return _nearest(around, today, past=past) if around else None


def _counted_days(period_id: str, today: date) -> _Days | None:
    match = _COUNTED.fullmatch(period_id)
    if match is None:
        return None
    if match["ago"]:
        return _day(today - timedelta(days=int(match["ago"])))
    count, tomorrow = timedelta(days=int(match["count"])), today + timedelta(days=1)
    if match["which"] == "za":
        return _day(today + count)
    return _Days(tomorrow - count, tomorrow) if match["which"] == "ostatnie" else _Days(today, today + count)


def _calendar(period_id: str, today: date) -> _Days | None:
    """Return the days of this week, month or year, and of a month, year or date that names its year."""
    if period_id in {"ten_tydzien", "ten_miesiac", "ten_rok"}:
        return _current(period_id.removeprefix("ten_"), today)
    if match := _MONTH.fullmatch(period_id):
        return _months(int(match["year"]), int(match["month"])) if 1 <= int(match["month"]) <= 12 else None
    if _YEAR.fullmatch(period_id):
        return _Days(date(int(period_id), 1, 1), date(int(period_id) + 1, 1, 1))
    match = _DATE.fullmatch(period_id)
    if match and match["year"]:
        day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
        return _day(day) if day else None
    return None


def _current(unit: str, today: date) -> _Days:
    if unit == "tydzien":
        monday = today - timedelta(days=today.weekday())
        return _Days(monday, monday + _WEEK)
    if unit == "miesiac":
        return _months(today.year, today.month)
    return _Days(date(today.year, 1, 1), date(today.year + 1, 1, 1))


def _neighbour(what: str, today: date, *, before: bool) -> _Days | None:
    """Return the unit before or after the present one; of what recurs the last that ended or the next week's."""
    if what in {"tydzien", "miesiac", "rok"}:
        present = _current(what, today)
        return _current(what, present.start - timedelta(days=1) if before else present.end)
    found = _around(what, today.year)
    if not found:
        return None
    if before:
        return [days for days in found if days.end <= today][-1]
    weekly = what == "weekend" or what in WEEKDAYS
    after = _current("tydzien", today).end if weekly else today + timedelta(days=1)
    return next(days for days in found if days.start >= after)


def _recurring(period_id: str) -> Callable[[int], list[_Days]] | None:
    """Return the rule that gives all days of an id which start in a year."""
    if period_id in WEEKDAYS:
        return lambda year: _weekly(year, WEEKDAYS.index(period_id), 1)
    if period_id == "weekend":
        return lambda year: _weekly(year, WEEKDAYS.index("sobota"), 2)
    if period_id in MONTHS:
        return lambda year: [_months(year, 1 + MONTHS.index(period_id))]
    if period_id in SEASONS:
        return lambda year: [_months(year, SEASONS[period_id], 3)]
    match = _DATE.fullmatch(period_id)
    if match and _date(2000, int(match["month"]), int(match["day"])):
        return lambda year: [_day(day)] if (day := _date(year, int(match["month"]), int(match["day"]))) else []
    return None


@lru_cache(_REMEMBERED_IDS)
def _around(period_id: str, year: int) -> tuple[_Days, ...]:
    """Return what recurs in the years around one, in the order of time; nothing for an id that does not recur."""
    recurring = _recurring(period_id)
    return tuple(days for away in _YEARS_AROUND for days in recurring(year + away)) if recurring else ()


def _nearest(found: Sequence[_Days], today: date, *, past: bool) -> _Days:
    """Return the one that holds today, else the latest (`past`) or the next."""
    if past:
        return [days for days in found if days.start <= today][-1]
    return next(days for days in found if days.end > today)


def _weekly(year: int, weekday: int, length: int) -> list[_Days]:
    first = date(year, 1, 1)
    start = first + timedelta(days=(weekday - first.weekday()) % 7)
    return [
        _Days(start + week * _WEEK, start + week * _WEEK + timedelta(days=length))
        for week in range(53)
        if (start + week * _WEEK).year == year
    ]


def _months(year: int, first: int, count: int = 1) -> _Days:
    last = first + count - 1
    return _Days(date(year, first, 1), date(year + last // 12, last % 12 + 1, 1))


def _day(day: date) -> _Days:
    return _Days(day, day + timedelta(days=1))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, hour: int = 0) -> datetime:
    """Return the moment of a local hour as UTC; days of a clock change have 23 or 25 hours."""
    return datetime.combine(day, time(hour), WARSAW).astimezone(UTC)


def is_period(period_id: str) -> bool:
    """Whether there is such an id."""
    any_moment = datetime(2026, 1, 1, tzinfo=UTC)
    return resolve(period_id.removeprefix("od_"), any_moment) is not None
