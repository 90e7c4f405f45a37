"""How figures are written in Polish."""

from datetime import timedelta
from decimal import Decimal
from math import floor

from babel import Locale
from babel.numbers import format_decimal

from content.format import decimal, plural

NOTHING = "–"
_POLISH = Locale("pl")
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_LEAST = 10
"""Milliseconds, the shortest time that is written as a number."""


def grouped(number: int) -> str:
    """Return a count as it is read: „12 345”."""
    return format_decimal(number, "#,##0", locale=_POLISH)


def percent(share: float | None) -> str:
    """Return a part (0 to 1) as „87%”; what is not nothing and not all is never rounded to 0% or 100%."""
    if share is None:
        return NOTHING
    if 0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1:
        return ">99%"
    # Half a per cent goes up, as people round.
    return f"{floor(share * 100 + 0.5)}%"


def money(amount: Decimal) -> str:
    """Return an amount as „12,40”."""
    return format_decimal(amount, "0.00", locale=_POLISH)


def seconds(milliseconds: int | None) -> str:
    """Return a time as „0,12 s”; what is not nothing is never rounded to „0 s”."""
    if milliseconds is None:
        return NOTHING
    if milliseconds < _LEAST:
        return "poniżej 0,01 s"
    return f"{format_decimal(milliseconds / 1000, '0.##', locale=_POLISH)} s"


def within(milliseconds: int | None) -> str:
    """Return a time as the limit of a sentence: „do 0,12 s”."""
    is_written = milliseconds is None or milliseconds >= _LEAST
    return f"do {seconds(milliseconds)}" if is_written else seconds(milliseconds)


def duration(length: timedelta | None) -> str:
    """Return how long something took, in its greatest unit: „40 minut”, „2,5 godziny”, „3 dni”."""
    if length is None:
        return NOTHING
    total = length.total_seconds()
    if total < _HOUR:
        minutes = max(1, round(total / _MINUTE))
        return f"{minutes} {plural(minutes, 'minuta', 'minuty', 'minut')}"
    if total < _DAY:
        return _measured(total / _HOUR, ("godzina", "godziny", "godzin"), "godziny")
    return _measured(total / _DAY, ("dzień", "dni", "dni"), "dnia")


def _measured(value: float, forms: tuple[str, str, str], fraction: str) -> str:
    rounded = round(value, 1)
    unit = plural(int(rounded), *forms) if rounded.is_integer() else fraction
    return f"{decimal(rounded)} {unit}"
