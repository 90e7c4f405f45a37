"""A period of whole Polish days, as people choose it for a count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.clock import WARSAW, warsaw


@dataclass(frozen=True)
class Period:
    """From the beginning of the first day to the end of the last; both belong to it."""

    first: date
    last: date

    @classmethod
    def ending_today(cls, days: int, now: datetime) -> "Period":
        """Return the period of so many days whose last one is the Polish day of `now`."""
        today = warsaw(now).date()
        return cls(today - timedelta(days=days - 1), today)

    @property
    def length(self) -> int:
        """Return how many days there are."""
        return (self.last - self.first).days + 1

    @property
    def since(self) -> datetime:
        """Return the moment of its beginning, in UTC."""
        return beginning_of(self.first)

    @property
    def until(self) -> datetime:
        """Return the first moment after it, in UTC."""
        return beginning_of(self.last + timedelta(days=1))

    def days(self) -> Iterator[date]:
        """Yield its days in their order."""
        yield from (self.first + timedelta(days=number) for number in range(self.length))


def beginning_of(day: date) -> datetime:
    """Return the moment at which a Polish day begins, in UTC; days last 23 or 25 hours when the clocks change."""
    return datetime.combine(day, time(), WARSAW).astimezone(UTC)
