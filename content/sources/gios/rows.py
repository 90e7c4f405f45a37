"""Which rows of a list of measurements may be believed; the others are refused, each with a reason."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from content.sources.gios.errors import GiosBadDataError
from content.sources.gios.model import Measurement, Pollutant, Row, readable, utc_moments
from core.clock import WARSAW
from core.logging import get_logger

_log = get_logger(__name__)

CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far the clocks of GIOŚ and ours may differ before a time counts as future."""

_HOURLY = "-1g"

# Our own limits of the plausible, in µg/m³, far above any episode: beyond them the instrument is at fault.
CEILINGS: dict[Pollutant | None, int] = {
    Pollutant.PM10: 3000,
    Pollutant.PM25: 2000,
    Pollutant.NO2: 1500,
    Pollutant.O3: 800,
    Pollutant.SO2: 3000,
    Pollutant.C6H6: 1000,
    Pollutant.CO: 100_000,
    None: 3000,
}


@dataclass(frozen=True)
class Batch:
    """The usable values of one sensor, the newest first, and how many rows were refused."""

    values: tuple[Measurement, ...]
    rejected: int = 0


@dataclass(frozen=True)
class Expected:
    """What every row must fit: whose it is, of which pollutant, and of which time (UTC, both ends included)."""

    station_code: str
    pollutant: Pollutant | None
    since: datetime
    until: datetime


def read_batch(raw: Sequence[Any], expected: Expected) -> Batch:
    """Return the rows that fit; hours without a value are neither used nor refused.

    Raises:
        GiosBadDataError: not one row of the list could be used.
    """
    rows = readable(Row, raw)
    refused = Counter({"unreadable": len(raw) - len(rows)})
    values: dict[datetime, Measurement] = {}
    for row, moment in _dated(rows):
        reason = _fault(row, moment, expected) or ("twice" if moment in values else None)
        if reason:
            refused[reason] += 1
        elif row.value is not None:
            values[moment] = Measurement(moment, row.value)
    _report(refused, expected, len(raw))
    return Batch(tuple(values.values()), refused.total())


def _dated(rows: list[Row]) -> Iterable[tuple[Row, datetime]]:
    """Yield rows with their UTC moments, the newest first; equal local times keep the order they came in."""
    oldest_first = bool(rows) and rows[0].local_time < rows[-1].local_time
    newest_first = sorted(rows[::-1] if oldest_first else rows, key=lambda row: row.local_time, reverse=True)
    return zip(newest_first, utc_moments([row.local_time for row in newest_first]), strict=True)


def _fault(row: Row, moment: datetime, expected: Expected) -> str | None:
    local, code, value = row.local_time, row.code, row.value
    faults = {
        "other station": code is not None and not code.startswith(f"{expected.station_code}-"),
        # The archive of an instrument read by hand holds means of a day („-24g”), which are no hours.
        "not hourly": code is not None and not code.endswith(_HOURLY),
        "no full hour": (local.minute, local.second, local.microsecond) != (0, 0, 0),
        "hour that does not exist": moment.astimezone(WARSAW).replace(tzinfo=None) != local,
        "future": moment > expected.until,
        "too old": moment < expected.since,
        "implausible value": value is not None and not 0 <= value <= CEILINGS[expected.pollutant],
    }
    return next((reason for reason, applies in faults.items() if applies), None)


def _report(refused: Counter[str], expected: Expected, rows: int) -> None:
    reasons = {reason: count for reason, count in refused.items() if count}
    if not reasons:
        return
    _log.warning("gios_rows_refused", pollutant=expected.pollutant, rows=rows, reasons=reasons)
    if refused.total() == rows:
        message = f"GIOŚ gave {rows} rows and none could be used: {', '.join(sorted(reasons))}"
        raise GiosBadDataError(message)
