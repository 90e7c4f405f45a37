"""One request to GIOŚ: within the limits, tried again where that is worth it, its answer a JSON object or an error."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import stamina

from content.sources.gios.errors import (
    GiosBadDataError,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosUnavailableError,
)
from content.sources.gios.limits import Kind, RequestLimits
from core.clock import Clock

_MANUAL_SENSOR = "API-ERR-100003"
_PAGE_SIZE = 500
_MOST_PAGES = 20
_DEFAULT_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)

Params = Mapping[str, str | int]


class GiosAccess:
    """Asks the API over an HTTP client whose base address is `GIOS_API_BASE`.

    Every method raises GiosUnavailableError, GiosRateLimitedError, GiosThrottledError or GiosBadDataError.
    """

    def __init__(self, http: httpx2.AsyncClient, clock: Clock, limits: RequestLimits, call_timeout: timedelta) -> None:
        self._http = http
        self._clock = clock
        self._limits = limits
        self._call_timeout = call_timeout.total_seconds()

    async def rows(self, kind: Kind, path: str, key: str, params: Params | None = None) -> list[Any]:
        """Return the list `key` of every page."""
        # `links.next` is set on the last page too, so only `totalPages` says where to stop.
        rows: list[Any] = []
        for page in range(_MOST_PAGES):
            found, pages = await self._page(kind, path, key, page, params)
            rows += found
            if page + 1 >= pages:
                return rows
        message = f"more than {_MOST_PAGES} pages at {path}"
        raise GiosBadDataError(message)

    async def first_rows(self, kind: Kind, path: str, key: str, params: Params | None = None) -> list[Any]:
        """Return the list `key` of the first page only, for lists that hold a long history."""
        return (await self._page(kind, path, key, 0, params))[0]

    async def object(self, kind: Kind, path: str, params: Params | None = None) -> dict[str, Any]:
        """Return the JSON object at a path; a passing fault is tried again as long as the limits leave room."""

        def is_worth_another(error: Exception) -> bool:
            return isinstance(error, GiosUnavailableError) and self._limits.has_room(kind)

        async for attempt in stamina.retry_context(on=is_worth_another, attempts=3, timeout=25.0, wait_initial=0.5):
            with attempt:
                await self._limits.take(kind)
                response = await self._respond(path, params)
        body = _json_object(response, path)
        if response.is_client_error:
            raise _refusal(path, response.status_code, body)
        return body

    async def _respond(self, path: str, params: Params | None) -> httpx2.Response:
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
        return response

    async def _page(self, kind: Kind, path: str, key: str, page: int, params: Params | None) -> tuple[list[Any], int]:
        body = await self.object(kind, path, {**(params or {}), "page": page, "size": _PAGE_SIZE})
        found, pages = body.get(key), body.get("totalPages")
        if not isinstance(found, list) or not isinstance(pages, int):
            message = f"no list „{key}” in the answer to {path}"
            raise GiosBadDataError(message)
        return found, pages

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
