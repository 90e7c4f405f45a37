"""Days that people choose in a filter, as moments."""

from datetime import UTC, date, datetime, time, timedelta

from core.clock import WARSAW


def beginning(day: str) -> datetime | None:
    """Return the beginning of a day in Poland, as UTC; None when none was chosen, so that nothing is left out."""
    return _midnight(_day(day), 0)


def end(day: str) -> datetime | None:
    """Return the end of a day in Poland, as UTC; None when none was chosen, so that nothing is left out."""
    return _midnight(_day(day), 1)


def _day(text: str) -> date | None:
    # Browsers without date fields let anything be typed.
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date | None, after: int) -> datetime | None:
    # The ends of the calendar have no day beside them.
    if day is None or not 2000 <= day.year <= 2999:
        return None
    return datetime.combine(day + timedelta(days=after), time(), WARSAW).astimezone(UTC)
