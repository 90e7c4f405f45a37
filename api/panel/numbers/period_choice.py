"""The period that somebody chose: one of the usual ones, or days of their own."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from api.panel.forms import Fields
from core.clock import warsaw
from core.period import Period

USUAL = (7, 30, 90)
"""Lengths in days that are offered."""
_USUAL = 30
_LONGEST = 366
_EARLIEST = date(2020, 1, 1)


@dataclass(frozen=True)
class Choice:
    """What was chosen; without a `period` the fault says why. `days` is a usual length, None for days of one's own."""

    period: Period | None
    days: int | None
    first: str
    last: str
    fault: str = ""

    @property
    def address(self) -> str:
        """Return the fields that lead to the same choice again."""
        return urlencode({"okres": self.days} if self.days else {"od": self.first, "do": self.last})


def chosen(fields: Fields, now: datetime) -> Choice:
    """Read the choice from an address; nothing chosen are the last thirty days."""
    first, last = fields.text("od"), fields.text("do")
    if first or last:
        return _own(first, last, warsaw(now).date())
    days = next((days for days in USUAL if str(days) == fields.raw("okres")), _USUAL)
    period = Period.ending_today(days, now)
    return Choice(period, days, period.first.isoformat(), period.last.isoformat())


def _own(first: str, last: str, today: date) -> Choice:
    since, until = _day(first), _day(last)
    if since is None or until is None:
        return Choice(None, None, first, last, "Proszę podać oba dni, na przykład 2026-11-01.")
    fault = _fault(since, until, today)
    return Choice(None if fault else Period(since, until), None, first, last, fault)


def _fault(first: date, last: date, today: date) -> str:
    if last < first:
        return "Okres kończy się przed początkiem. Proszę zamienić dni."
    if last > today:
        return "Okres może kończyć się najpóźniej dzisiaj."
    if first < _EARLIEST:
        return "Okres zaczyna się za wcześnie. Proszę podać dzień od 2020 roku."
    if (last - first).days >= _LONGEST:
        return "Okres może mieć najwyżej rok. Proszę go skrócić."
    return ""


def _day(text: str) -> date | None:
    # Browsers without date fields let anything be typed, most likely as it is written in Poland.
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None
