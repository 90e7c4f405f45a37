"""Client of the register's files: streams each one and keeps only the rows that are asked for.

The token is the last part of the address, so no address and no library error that holds one leaves this module.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import httpx2
import ijson
from pydantic import BaseModel, SecretStr, ValidationError

from content.sources.eipa.errors import EipaBadDataError, EipaRateLimitedError, EipaRefusedError, EipaUnavailableError
from content.sources.eipa.model import Export, InterfaceRow, read_moment
from core.clock import Clock

R = TypeVar("R", bound=BaseModel)
Keep = Callable[[Mapping[str, Any]], bool]

# Downloads an hour that one account may make (register's documentation).
_LIMITS = {"static": 10, "dynamic": 240}
_HOUR_SECONDS = 3600.0
_MOST_BYTES = 100_000_000
_CHUNK_BYTES = 65_536
_CLOCK_TOLERANCE = timedelta(minutes=10)
_INTERFACES = "connector_interface"


@dataclass
class Download(Generic[R]):
    """The rows kept of one file, and why others of them were refused; `generated` is the file's own time in UTC."""

    generated: datetime
    rows: list[R] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)


class EipaClient:
    """Reads the register over an HTTP client whose base address is `EIPA_EXPORT_BASE`.

    Every method raises EipaUnavailableError, EipaRefusedError, EipaRateLimitedError or EipaBadDataError.
    """

    def __init__(
        self,
        http: httpx2.AsyncClient,
        token: SecretStr,
        clock: Clock,
        *,
        call_timeout: timedelta = timedelta(minutes=2),
    ) -> None:
        self._http = http
        self._token = token
        self._clock = clock
        self._call_timeout = call_timeout.total_seconds()
        self._made: dict[str, deque[float]] = {kind: deque() for kind in _LIMITS}

    async def download(self, export: Export, row: type[R], keep: Keep) -> Download[R]:
        """Return the rows of a file that `keep` accepts; of these, malformed ones are counted with their reason."""
        return await self._read(export, "data", row, keep)

    async def interfaces(self) -> dict[int, str]:
        """Return the register's names of plugs by their number."""
        found = await self._read(Export.DICTIONARY, _INTERFACES, InterfaceRow, lambda _row: True)
        return {row.id: row.name for row in found.rows}

    async def _read(self, export: Export, key: str, row: type[R], keep: Keep) -> Download[R]:
        self._count(export)
        result = Download[R](generated=self._clock.now())
        try:
            # The time-outs of the HTTP client start anew with every byte; this one counts the whole call.
            async with (
                asyncio.timeout(self._call_timeout),
                self._http.stream("GET", f"/{export}/{quote(self._token.get_secret_value(), safe='')}") as response,
            ):
                _check(response.status_code, export)
                async for found, value in _events(_Body(response.aiter_bytes(_CHUNK_BYTES)), key):
                    if found == "generated":
                        result.generated = self._moment(value, export)
                    else:
                        _take(value, row, keep, result)
        except (TimeoutError, httpx2.RequestError) as error:
            message = f"no answer from EIPA to {export}: {type(error).__name__}"
            # The library's error carries the address, and with it the token.
            raise EipaUnavailableError(message) from None
        except (ijson.JSONError, UnicodeDecodeError):
            message = f"EIPA answered {export} with something that is not JSON, or that is cut off"
            raise EipaBadDataError(message) from None
        return result

    def _count(self, export: Export) -> None:
        kind = "dynamic" if export is Export.DYNAMIC else "static"
        made, now = self._made[kind], self._clock.monotonic()
        while made and now - made[0] >= _HOUR_SECONDS:
            made.popleft()
        if len(made) >= _LIMITS[kind]:
            message = f"{_LIMITS[kind]} {kind} downloads within an hour are all that EIPA allows"
            raise EipaRateLimitedError(message)
        made.append(now)

    def _moment(self, raw: object, export: Export) -> datetime:
        try:
            moment = read_moment(raw)
        except ValueError:
            message = f"EIPA's file {export} has no readable time"
            raise EipaBadDataError(message) from None
        if moment > self._clock.now() + _CLOCK_TOLERANCE:
            message = f"EIPA's file {export} comes from the future: {moment.isoformat()}"
            raise EipaBadDataError(message)
        return moment


class _Body:
    """A response as the parser reads it, up to the most bytes that are believed."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self._read = 0

    async def read(self, size: int) -> bytes:
        """Return the next piece, nothing at the end; the parser asks for nothing to learn the type."""
        chunk = await anext(self._chunks, b"") if size else b""
        self._read += len(chunk)
        if self._read > _MOST_BYTES:
            message = f"EIPA's file is larger than {_MOST_BYTES} bytes"
            raise EipaBadDataError(message)
        return chunk


async def _events(body: _Body, key: str) -> AsyncIterator[tuple[str, Any]]:
    """Yield ("row", value) for each entry of the list `key`, and ("generated", value) for the file's time.

    Raises:
        EipaBadDataError: there is no such list.
    """
    item, found = f"{key}.item", False
    builder: Any = None
    async for prefix, event, value in ijson.parse_async(body, use_float=True):
        if builder is not None:
            builder.event(event, value)
            if prefix == item and event == "end_map":
                yield "row", builder.value
                builder = None
        elif prefix == item and event == "start_map":
            builder = ijson.ObjectBuilder()
            builder.event(event, value)
        elif prefix == item and event != "end_array":
            yield "row", value
        elif prefix == key and event == "start_array":
            found = True
        elif prefix == "generated":
            yield "generated", value
    if not found:
        message = f"EIPA answered without the list „{key}”"
        raise EipaBadDataError(message)


def _take(raw: object, row: type[R], keep: Keep, result: Download[R]) -> None:
    if not isinstance(raw, dict):
        result.rejected["a row is no object"] += 1
    elif keep(raw):
        try:
            result.rows.append(row.model_validate(raw))
        except ValidationError as error:
            result.rejected[_reason(error)] += 1


def _reason(error: ValidationError) -> str:
    """Return „latitude: less_than_equal”: where and what, never the value."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"] if not isinstance(part, int))
    return f"{where}: {first['type']}"


def _check(status: int, export: Export) -> None:
    if status in {httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN, httpx2.codes.NOT_FOUND}:
        message = f"EIPA does not accept EIPA_TOKEN: HTTP {status}"
        raise EipaRefusedError(message)
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        message = "EIPA refuses further downloads in this hour"
        raise EipaRateLimitedError(message)
    if status != httpx2.codes.OK:
        message = f"EIPA answered {export} with HTTP {status}"
        raise EipaUnavailableError(message)
