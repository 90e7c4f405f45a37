"""What can go wrong with GIOŚ.

SourceError
├── GiosUnavailableError    no answer in time, a broken connection or a fault of the server: worth another try
├── GiosRateLimitedError    too many requests: leave it alone for `retry_after`
├── GiosThrottledError      our own limit: the request was not made at all
├── GiosManualSensorError   the sensor is read by hand, so it has no current values at all
└── GiosBadDataError        an answer that cannot be used: not JSON, another shape, another station
"""

from datetime import timedelta

from core.errors import SourceError


class GiosUnavailableError(SourceError):
    """GIOŚ did not answer in time, or answered that it cannot."""


class GiosRateLimitedError(SourceError):
    """GIOŚ refuses further requests for `retry_after`."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"GIOŚ refuses requests for {retry_after.total_seconds():.0f} s")
        self.retry_after = retry_after


class GiosThrottledError(SourceError):
    """We did not ask, because GIOŚ allows only so many requests a minute."""


class GiosManualSensorError(SourceError):
    """The sensor is read by hand; its results appear after weeks, in the archive only."""


class GiosBadDataError(SourceError):
    """GIOŚ answered with something that cannot be used."""
