"""How dates, numbers and counts are written in Polish."""

from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_datetime
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


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return the form of a noun that goes with `count`: 1 punkt, 2 punkty, 5 punktów, 22 punkty."""
    return {"one": one, "few": few}.get(_POLISH.plural_form(abs(count)), many)


def decimal(value: float) -> str:
    """Return a number with at most one decimal place: „34,2”, „34”."""
    return format_decimal(value, "#,##0.#", locale=_POLISH)
