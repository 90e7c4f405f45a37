"""Circuit breaker: stop asking a service that keeps failing, and try it again after a pause."""

from datetime import timedelta

from core.clock import Clock


class CircuitBreaker:
    """Open after `failures` failures in a row; after `reset_after` let one trial call through."""

    def __init__(self, failures: int, reset_after: timedelta, clock: Clock) -> None:
        self._limit = failures
        self._reset_after = reset_after.total_seconds()
        self._clock = clock
        self._failed = 0
        self._retry_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether calls are refused at the moment."""
        return self._failed >= self._limit and self._clock.monotonic() < self._retry_at

    def allow(self) -> bool:
        """Say whether a call may be made now; a trial call pushes the next trial one pause further."""
        if self._failed < self._limit:
            return True
        if self._clock.monotonic() < self._retry_at:
            return False
        self._retry_at = self._clock.monotonic() + self._reset_after
        return True

    def succeeded(self) -> None:
        """Note that a call went well: the circuit closes."""
        self._failed = 0

    def failed(self) -> None:
        """Note that a call failed."""
        self._failed += 1
        self._retry_at = self._clock.monotonic() + self._reset_after
