"""Fakes of the ports that every room uses; each keeps the port's own signature."""

from datetime import UTC, datetime, timedelta


class FrozenClock:
    """A clock that moves only when told to."""

    def __init__(self, moment: datetime = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)) -> None:
        self._now = moment
        self._elapsed = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    def set(self, moment: datetime) -> None:
        self._now = moment.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._elapsed += by.total_seconds()
