"""The only place that reads the clock: aware UTC inside, the city's local time only for people."""

import time
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


class Clock(Protocol):
    """What the rest of the product may ask about time."""

    def now(self) -> datetime:
        """Return the present moment as aware UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that only ever grow, for measuring durations."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment as aware UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only ever grow, for measuring durations."""
        return time.monotonic()


def warsaw(moment: datetime) -> datetime:
    """Return an aware moment in Polish local time."""
    return moment.astimezone(WARSAW)
