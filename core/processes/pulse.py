"""Whether the work of a process still turns: told at each beat of its heart, read by whoever would restart it."""

from datetime import datetime

from core.clock import Clock

_STILL_FOR_SECONDS = 60.0


class Pulse:
    """The last beats of this process; before the first one it is starting."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turned_at: float | None = None
        self.written_at: datetime | None = None
        """When the database last took a beat (UTC)."""

    @property
    def is_alive(self) -> bool:
        """Whether the heart turned lately; a database that is away does not stop it."""
        return self._turned_at is None or self._clock.monotonic() - self._turned_at < _STILL_FOR_SECONDS

    def turned(self) -> None:
        """Note that the heart turned, whether or not the beat was written."""
        self._turned_at = self._clock.monotonic()

    def written(self) -> None:
        """Note that the database took a beat."""
        self.written_at = self._clock.now()
