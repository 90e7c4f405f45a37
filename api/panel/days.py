"""Days that people choose in a filter, as moments."""

from datetime import date, datetime, timedelta

from core.period import beginning_of


def beginning(day: str) -> datetime | None:
    """Return the beginning of a day in Poland, as UTC; None when none was chosen, so that nothing is left out."""
    chosen = _day(day)
    return beginning_of(chosen) if chosen else None


def end(day: str) -> datetime | None:
    """Return the end of a day in Poland, as UTC; None when none was chosen, so that nothing is left out."""
    chosen = _day(day)
    return beginning_of(chosen + timedelta(days=1)) if chosen else None


def _day(text: str) -> date | None:
    # Browsers without date fields let anything be typed; the ends of the calendar have no day beside them.
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2999 else None
