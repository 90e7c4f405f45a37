"""Keeps the last good copy of the city's chargers and their live states, outside of any request."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from content.places import PlaceResolver
from content.sources.eipa import (
    DynamicRow,
    EipaBadDataError,
    EipaClient,
    Export,
    Keep,
    OperatorRow,
    PointRow,
    PoolRow,
    StationRow,
)
from content.sources.status import record_failure, record_success
from content.topics.charging.assembly import Rows, assemble, live_data
from content.topics.charging.known import Known
from content.topics.charging.register import Register, RegisterData
from content.topics.charging.repository import load_live, load_register_copy, register_fetched_at, save
from core.clock import Clock
from core.database import Database
from core.errors import SourceError
from core.logging import get_logger

_log = get_logger(__name__)

REGISTER_SOURCE, LIVE_SOURCE = "eipa_register", "eipa_live"
"""Names of the two sources in the record of how sources are doing."""

# One refresh takes five of the ten downloads an hour: a restart within this time must not repeat it.
_REGISTER_LASTS = timedelta(hours=20)


class EipaChargers:
    """Reads EIPA and answers from what it last said; until then from the register of the city pack."""

    def __init__(
        self, client: EipaClient, database: Database, clock: Clock, pack: Register, places: PlaceResolver, town: str
    ) -> None:
        self._client = client
        self._database = database
        self._clock = clock
        self._pack = pack
        self._places = places
        self._town = town

    async def current(self) -> Known:
        """Return the newer of the stored copy and the pack's register, with the stored live states."""
        async with self._database.read() as session:
            stored, live = await load_register_copy(session), await load_live(session)
        copy = Register(stored) if stored else self._pack
        return Known(copy if copy.as_of >= self._pack.as_of else self._pack, self._clock.now(), live)

    async def refresh_register(self) -> None:
        """Store a new copy of the register unless there is a fresh one; when EIPA fails, the last good one stays."""
        now = self._clock.now()
        async with self._database.read() as session:
            fetched_at = await register_fetched_at(session)
        if fetched_at and now - fetched_at < _REGISTER_LASTS:
            return
        try:
            data, as_of, rejected = await self._register()
        except SourceError as error:
            await self._failed(REGISTER_SOURCE, error)
            return
        async with self._database.write() as session:
            await save(session, data, as_of, now)
            await record_success(session, REGISTER_SOURCE, as_of, len(data.chargers), rejected.total(), now)
        _report(REGISTER_SOURCE, rejected)

    async def refresh_live(self) -> None:
        """Store the present states of the stored register's points; when EIPA fails, the last good ones stay."""
        now = self._clock.now()
        async with self._database.read() as session:
            stored = await load_register_copy(session)
        codes = {code for charger in stored.chargers for code in charger.points} if stored else set()
        if not codes:
            return
        try:
            found = await self._client.download(Export.DYNAMIC, DynamicRow, _within("code", codes))
        except SourceError as error:
            await self._failed(LIVE_SOURCE, error)
            return
        data, refused = live_data(found.rows, now)
        rejected = found.rejected + refused
        async with self._database.write() as session:
            await save(session, data, found.generated, now)
            await record_success(session, LIVE_SOURCE, found.generated, len(data.points), rejected.total(), now)
        _report(LIVE_SOURCE, rejected)

    async def _register(self) -> tuple[RegisterData, datetime, Counter[str]]:
        """Read the static files, each only for what the one before it named.

        Raises:
            SourceError: a file could not be had, or no charger of the city is left.
        """
        stations = await self._client.download(Export.STATION, StationRow, self._is_ours)
        inside = [row for row in stations.rows if self._pack.data.area.holds(row.latitude, row.longitude)]
        outside = Counter({"outside the city's box": len(stations.rows) - len(inside)})
        ours = {row.id for row in inside}
        wanted = {row.pool_id for row in inside}
        pools = await self._client.download(Export.POOL, PoolRow, _within("id", wanted))
        companies = {row.operator_id for row in pools.rows}
        operators = await self._client.download(Export.OPERATOR, OperatorRow, _within("id", companies))
        points = await self._client.download(Export.POINT, PointRow, _within("station_id", ours))
        rows = Rows(inside, pools.rows, points.rows, operators.rows, await self._client.interfaces())
        try:
            data = assemble(rows, self._pack, self._places, stations.generated)
        except ValidationError as error:
            message = "EIPA's files hold no usable charger of the city"
            raise EipaBadDataError(message) from error
        rejected = outside + stations.rejected + pools.rejected + operators.rejected + points.rejected
        return data, stations.generated, rejected

    def _is_ours(self, row: Mapping[str, Any]) -> bool:
        """Whether a station in use charges cars and is registered in the city, or without a town lies in its box."""
        if row.get("type") != "E" or row.get("suspended") is True:
            return False
        location = row.get("location")
        town = location.get("city") if isinstance(location, dict) else None
        if isinstance(town, str) and town:
            return town.casefold() == self._town.casefold()
        lat, lon = row.get("latitude"), row.get("longitude")
        return isinstance(lat, int | float) and isinstance(lon, int | float) and self._pack.data.area.holds(lat, lon)

    async def _failed(self, source: str, error: SourceError) -> None:
        _log.warning("source_failed", source=source, reason=str(error))
        async with self._database.write() as session:
            await record_failure(session, source, error, self._clock.now())


def _within(name: str, values: Collection[int | str]) -> Keep:
    """Return what keeps rows whose field is one of the values; the field may be anything in a broken row."""
    return lambda row: isinstance(found := row.get(name), int | str) and found in values


def _report(source: str, rejected: Counter[str]) -> None:
    if reasons := +rejected:
        _log.warning("rows_rejected", source=source, reasons=dict(reasons))
