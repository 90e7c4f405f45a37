"""How dates, numbers and counts are written: in Polish for people, as ISO 8601 for programs."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import overload

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from core.clock import warsaw

_POLISH = Locale("pl")


def polish_date(day: date) -> str:
    """Return a date as „22.11.2026”."""
    return format_date(day, "dd.MM.yyyy", locale=_POLISH)


def polish_moment(moment: datetime) -> str:
    """Return an aware moment in Polish local time as „22.11.2026, 20:00”."""
    return format_datetime(warsaw(moment), "dd.MM.yyyy, HH:mm", locale=_POLISH)


def polish_hour(moment: datetime) -> str:
    """Return the hour of an aware moment in Polish local time as „20:00”."""
    return format_datetime(warsaw(moment), "HH:mm", locale=_POLISH)


def polish_span(start: datetime, end: datetime | None) -> str:
    """Return „22.11.2026, 20:00–22:00”, with both days when they differ; only the start without an end."""
    if end is None:
        return polish_moment(start)
    if warsaw(start).date() == warsaw(end).date():
        return f"{polish_moment(start)}–{polish_hour(end)}"
    return f"{polish_moment(start)} – {polish_moment(end)}"


def polish_age(age: timedelta) -> str:
    """Return how long ago something was: „przed chwilą”, „5 minut temu”; what lies ahead is „za 2 godziny”."""
    if abs(age) < timedelta(minutes=1):
        return "przed chwilą"
    return format_timedelta(-age, add_direction=True, locale=_POLISH)


@overload
def iso(moment: date) -> str: ...
@overload
def iso(moment: date | None) -> str | None: ...
def iso(moment: date | None) -> str | None:
    """Return a date, or an aware moment with the Polish offset: „2026-11-22”, „2026-11-22T20:00:00+01:00”."""
    if isinstance(moment, datetime):
        return warsaw(moment).isoformat(timespec="seconds")
    return moment.isoformat() if moment else None


def after_days(days: int) -> str:
    """Return a length of time as it stands after „po”: „1 dniu”, „90 dniach”."""
    return f"{days} {plural(days, 'dniu', 'dniach', 'dniach')}"


def sentence_start(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def polish_list(items: Sequence[str]) -> str:
    """Return things one after another: „dzieci, osoby starsze i kobiety w ciąży”."""
    return format_list(items, locale=_POLISH)


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return the form of a noun that goes with `count`: 1 punkt, 2 punkty, 5 punktów, 22 punkty."""
    return {"one": one, "few": few}.get(_POLISH.plural_form(abs(count)), many)


def decimal(value: float) -> str:
    """Return a number with at most one decimal place: „34,2”, „34”."""
    return format_decimal(value, "#,##0.#", locale=_POLISH)
