"""Client of the GIOŚ API: asks, retries what is worth it, and lets only plausible values through."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import stamina
from pydantic import ValidationError

from content.sources.gios.errors import (
    GiosBadDataError,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosUnavailableError,
)
from content.sources.gios.model import Index, Measurement, Pollutant, Row, Sensor, read_index, utc_moments
from core.clock import Clock
from core.logging import get_logger

_log = get_logger(__name__)

_SENSORS = "Lista stanowisk pomiarowych dla podanej stacji"
_MEASUREMENTS = "Lista danych pomiarowych"
_MANUAL_SENSOR = "API-ERR-100003"
_PAGE_SIZE = 500
_MOST_PAGES = 20
_CLOCK_TOLERANCE = timedelta(minutes=10)
_DEFAULT_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)

# Our own limits of the plausible, in µg/m³, far above any episode: beyond them the instrument is at fault.
_CEILINGS: dict[Pollutant | None, int] = {
    Pollutant.PM10: 3000,
    Pollutant.PM25: 2000,
    Pollutant.NO2: 1500,
    Pollutant.O3: 800,
    Pollutant.SO2: 3000,
    Pollutant.C6H6: 1000,
    Pollutant.CO: 100_000,
    None: 3000,
}


class GiosClient:
    """Reads stations of GIOŚ over an HTTP client whose base address is `GIOS_API_BASE`.

    Every method raises GiosUnavailableError, GiosRateLimitedError or GiosBadDataError.
    """

    def __init__(
        self, http: httpx2.AsyncClient, clock: Clock, *, call_timeout: timedelta = timedelta(seconds=10)
    ) -> None:
        self._http = http
        self._clock = clock
        self._call_timeout = call_timeout.total_seconds()

    async def sensors(self, station_id: int) -> tuple[Sensor, ...]:
        """Return the sensors of a station, also those read by hand; the list changes about once a year."""
        rows = await self._list(f"/v1/rest/station/sensors/{station_id}", _SENSORS)
        try:
            return tuple(Sensor.model_validate(row) for row in rows)
        except ValidationError as error:
            raise _bad_shape(error) from error

    async def measurements(self, sensor: Sensor) -> tuple[Measurement, ...]:
        """Return the plausible values of the last three days, newest first.

        Raises:
            GiosManualSensorError: the sensor has no current values.
        """
        raw = await self._list(f"/v1/rest/data/getData/{sensor.id}", _MEASUREMENTS)
        try:
            rows = [Row.model_validate(row) for row in raw]
        except ValidationError as error:
            raise _bad_shape(error) from error
        if rows and rows[0].local_time < rows[-1].local_time:
            rows.reverse()
        moments = utc_moments([row.local_time for row in rows])
        return tuple(
            Measurement(moment, row.value)
            for moment, row in zip(moments, rows, strict=True)
            if row.value is not None and self._is_plausible(sensor, moment, row.value)
        )

    async def index(self, station_id: int) -> Index:
        """Return the official index of a station."""
        body = await self._get(f"/v1/rest/aqindex/getIndex/{station_id}")
        try:
            index = read_index(body["AqIndex"])
        except (KeyError, TypeError, AttributeError, ValidationError) as error:
            raise _bad_shape(error) from error
        if index.station_id != station_id:
            message = f"asked for station {station_id}, got station {index.station_id}"
            raise GiosBadDataError(message)
        if index.data_from and self._is_future(index.data_from):
            message = f"the index comes from the future: {index.data_from.isoformat()}"
            raise GiosBadDataError(message)
        return index

    async def _list(self, path: str, key: str) -> list[Any]:
        # `links.next` is set on the last page too, so only `totalPages` says where to stop.
        rows: list[Any] = []
        for page in range(_MOST_PAGES):
            body = await self._get(path, page=page, size=_PAGE_SIZE)
            found, pages = body.get(key), body.get("totalPages")
            if not isinstance(found, list) or not isinstance(pages, int):
                message = f"no list „{key}” in the answer to {path}"
                raise GiosBadDataError(message)
            rows += found
            if page + 1 >= pages:
                return rows
        message = f"more than {_MOST_PAGES} pages at {path}"
        raise GiosBadDataError(message)

    @stamina.retry(on=GiosUnavailableError, attempts=3, timeout=25.0, wait_initial=0.5)
    async def _get(self, path: str, **params: int) -> dict[str, Any]:
        try:
            # The time-outs of the HTTP client start anew with every byte; this one counts the whole call.
            async with asyncio.timeout(self._call_timeout):
                response = await self._http.get(path, params=params)
        except (TimeoutError, httpx2.RequestError) as error:
            message = f"no answer from GIOŚ to {path}: {type(error).__name__}"
            raise GiosUnavailableError(message) from error
        if response.status_code == httpx2.codes.TOO_MANY_REQUESTS:
            raise GiosRateLimitedError(self._pause(response.headers))
        if response.is_server_error or response.is_redirect:
            message = f"GIOŚ answered {path} with HTTP {response.status_code}"
            raise GiosUnavailableError(message)
        body = _json_object(response, path)
        if response.is_client_error:
            raise _refusal(path, response.status_code, body)
        return body

    def _is_plausible(self, sensor: Sensor, moment: datetime, value: float) -> bool:
        if 0 <= value <= _CEILINGS[sensor.pollutant] and not self._is_future(moment):
            return True
        _log.warning("gios_value_dropped", sensor=sensor.id, value=value, measured_at=moment.isoformat())
        return False

    def _is_future(self, moment: datetime) -> bool:
        return moment > self._clock.now() + _CLOCK_TOLERANCE

    def _pause(self, headers: Mapping[str, str]) -> timedelta:
        """Read `Retry-After`, seconds or an HTTP date, kept between nothing and an hour."""
        raw = headers.get("Retry-After", "")
        if raw.isdecimal():
            return timedelta(seconds=min(int(raw), _LONGEST_PAUSE.total_seconds()))
        try:
            pause = parsedate_to_datetime(raw) - self._clock.now()
        except (ValueError, TypeError):
            return _DEFAULT_PAUSE
        return max(timedelta(), min(pause, _LONGEST_PAUSE))


def _json_object(response: httpx2.Response, path: str) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError as error:
        message = f"GIOŚ answered {path} with something that is not JSON"
        raise GiosBadDataError(message) from error
    if not isinstance(body, dict):
        message = f"GIOŚ answered {path} with a {type(body).__name__}"
        raise GiosBadDataError(message)
    return body


def _refusal(path: str, status: int, body: dict[str, Any]) -> GiosManualSensorError | GiosBadDataError:
    message = f"GIOŚ refused {path}: HTTP {status}, {body.get('error_code')}"
    return GiosManualSensorError(message) if body.get("error_code") == _MANUAL_SENSOR else GiosBadDataError(message)


def _bad_shape(error: Exception) -> GiosBadDataError:
    return GiosBadDataError(f"the answer of GIOŚ has another shape: {type(error).__name__}: {error}")
