"""Client of the GIOŚ API: what can be asked, and which answers are let through."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx2
from pydantic import ValidationError

from content.sources.gios.access import GiosAccess
from content.sources.gios.errors import GiosBadDataError
from content.sources.gios.limits import Kind, RequestLimits
from content.sources.gios.model import Index, Sensor, read_index
from content.sources.gios.official import DayMean, Exceedance, read_day_means, read_exceedances
from content.sources.gios.rows import CLOCK_TOLERANCE, Batch, Expected, read_batch
from core.clock import Clock, warsaw
from core.logging import get_logger

_log = get_logger(__name__)

_SENSORS = "Lista stanowisk pomiarowych dla podanej stacji"
_CURRENT = "Lista danych pomiarowych"
_ARCHIVE = "Lista archiwalnych wyników pomiarów"
_DAY_MEANS = "Lista danych zagregowanych"
_EXCEEDANCES = "Przekroczenia"
_ARCHIVE_TIME = "%Y-%m-%d %H:%M"
# The current list goes back three days; a little more is let through, anything older is out of place there.
_CURRENT_SPAN = timedelta(days=5)


class GiosClient:
    """Reads stations of GIOŚ over an HTTP client whose base address is `GIOS_API_BASE`.

    Every method raises GiosUnavailableError, GiosRateLimitedError, GiosThrottledError or GiosBadDataError.
    """

    def __init__(
        self,
        http: httpx2.AsyncClient,
        clock: Clock,
        *,
        limits: RequestLimits | None = None,
        call_timeout: timedelta = timedelta(seconds=10),
    ) -> None:
        self._access = GiosAccess(http, clock, limits or RequestLimits(clock), call_timeout)
        self._clock = clock

    async def sensors(self, station_id: int) -> tuple[Sensor, ...]:
        """Return the sensors of a station, also those read by hand; the list changes about once a year."""
        rows = await self._access.rows(Kind.LIST, f"/v1/rest/station/sensors/{station_id}", _SENSORS)
        try:
            sensors = tuple(Sensor.model_validate(row) for row in rows)
        except ValidationError as error:
            raise _bad_shape(error) from error
        if any(sensor.station_id != station_id for sensor in sensors):
            message = f"asked for the sensors of station {station_id}, got those of another"
            raise GiosBadDataError(message)
        return sensors

    async def measurements(self, sensor: Sensor, station_code: str) -> Batch:
        """Return the plausible values of the last three days.

        Raises:
            GiosManualSensorError: the sensor has no current values.
        """
        rows = await self._access.rows(Kind.CURRENT, f"/v1/rest/data/getData/{sensor.id}", _CURRENT)
        return self._batch(rows, sensor, station_code, self._clock.now() - _CURRENT_SPAN)

    async def archive(self, sensor: Sensor, station_code: str, since: datetime) -> Batch:
        """Return the plausible values from a moment until now; the archive of one sensor, a year at most."""
        times = {"dateFrom": since, "dateTo": self._clock.now()}
        rows = await self._access.rows(
            Kind.LIST,
            f"/v1/rest/archivalData/getDataBySensor/{sensor.id}",
            _ARCHIVE,
            {name: f"{warsaw(moment):{_ARCHIVE_TIME}}" for name, moment in times.items()},
        )
        return self._batch(rows, sensor, station_code, since)

    async def index(self, station_id: int) -> Index:
        """Return the official index of a station."""
        body = await self._access.object(Kind.CURRENT, f"/v1/rest/aqindex/getIndex/{station_id}")
        try:
            index = read_index(body["AqIndex"])
        except (KeyError, TypeError, AttributeError, ValidationError) as error:
            raise _bad_shape(error) from error
        if index.station_id != station_id:
            message = f"asked for station {station_id}, got station {index.station_id}"
            raise GiosBadDataError(message)
        if index.data_from and index.data_from > self._latest():
            message = f"the index comes from the future: {index.data_from.isoformat()}"
            raise GiosBadDataError(message)
        return index

    async def day_means(self, voivodeship: str, county: str, station_code: str) -> tuple[DayMean, ...]:
        """Return the official means of PM10 of a station over the last three whole days."""
        area = {"filter[wojewodztwo]": voivodeship, "filter[powiat]": county}
        rows = await self._access.rows(Kind.LIST, "/v1/rest/aggregate/getAggregatePm10Data", _DAY_MEANS, area)
        means, refused = read_day_means(rows, station_code, warsaw(self._clock.now()).date())
        _refuse(rows, refused, "daily means")
        return means

    async def exceedances(self, voivodeship: str) -> tuple[Exceedance, ...]:
        """Return the newest notices of a voivodeship („DOLNOŚLĄSKIE”); the list is a history, so the age says much."""
        area = {"filter[wojewodztwo]": voivodeship}
        path = "/v1/rest/levels/getInformationAboutExceeding"
        rows = await self._access.first_rows(Kind.LIST, path, _EXCEEDANCES, area)
        notices, refused = read_exceedances(rows)
        _refuse(rows, refused, "notices")
        return tuple(notice for notice in notices if notice.at <= self._latest())

    def _batch(self, rows: Sequence[Any], sensor: Sensor, station_code: str, since: datetime) -> Batch:
        return read_batch(rows, Expected(station_code, sensor.pollutant, since, self._latest()))

    def _latest(self) -> datetime:
        return self._clock.now() + CLOCK_TOLERANCE


def _refuse(rows: list[Any], refused: int, what: str) -> None:
    """Log what could not be read, and refuse the list when that was everything."""
    if refused:
        _log.warning("gios_rows_refused", what=what, rows=len(rows), refused=refused)
    if refused and refused == len(rows):
        message = f"GIOŚ gave {refused} {what} and none could be read"
        raise GiosBadDataError(message)


def _bad_shape(error: Exception) -> GiosBadDataError:
    # The text of a validation error quotes the answer and fills lines; its kind says enough.
    return GiosBadDataError(f"the answer of GIOŚ has another shape: {type(error).__name__}")
