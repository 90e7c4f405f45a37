"""Keeps the last good snapshot of the city's station, outside of any request."""

from datetime import UTC, datetime, timedelta

from content.pack import City
from content.sources.gios import (
    GiosBadDataError,
    GiosClient,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosUnavailableError,
    Index,
    Pollutant,
    Sensor,
)
from content.topics.air.repository import load_snapshot, save_snapshot
from content.topics.air.snapshot import Reading, Snapshot
from core.clock import Clock
from core.database import Database
from core.errors import SourceError
from core.logging import get_logger

_log = get_logger(__name__)

REFRESH_EVERY = timedelta(minutes=30)
"""How often the scheduler should refresh: GIOŚ publishes hourly and asks for at most two downloads an hour."""

# Lists of sensors may be asked twice a minute only, and change about once a year.
_SENSORS_LAST = timedelta(days=1)


class AirService:
    """Polls GIOŚ and answers from what it last said.

    `replay` is the same client over recorded answers, given in the demo only; what it says is marked as sample.
    """

    def __init__(
        self, client: GiosClient, replay: GiosClient | None, database: Database, clock: Clock, city: City
    ) -> None:
        self._client = client
        self._replay = replay
        self._database = database
        self._clock = clock
        self._station_id = city.air_station.id
        self._sensors: tuple[Sensor, ...] = ()
        self._sensors_read_at = datetime.min.replace(tzinfo=UTC)
        self._not_before = datetime.min.replace(tzinfo=UTC)

    async def current(self) -> Snapshot | None:
        """Return what was measured in the last 24 hours, None when there is nothing."""
        stored = await self.latest()
        current = stored.unexpired(self._clock.now()) if stored else None
        return current if current and current.measured_at else None

    async def latest(self) -> Snapshot | None:
        """Return the last good snapshot, however old."""
        async with self._database.read() as session:
            return await load_snapshot(session, self._station_id)

    async def refresh(self) -> None:
        """Fetch and store a snapshot; when GIOŚ fails, the last good one stays and the fault is logged."""
        if self._replay and await self._has_nothing_real():
            sensors = await self._replay.sensors(self._station_id)
            await self._store(await self._fetch(self._replay, sensors, sample=True))
        if self._clock.now() < self._not_before:
            return
        try:
            snapshot = await self._fetch(self._client, await self._known_sensors(), sample=False)
        except GiosRateLimitedError as error:
            self._not_before = self._clock.now() + error.retry_after
            _log.warning("gios_rate_limited", until=self._not_before.isoformat())
        except SourceError as error:
            _log.warning("gios_refresh_failed", reason=str(error))
        else:
            await self._store(snapshot)

    async def _has_nothing_real(self) -> bool:
        current = await self.current()
        return current is None or current.sample

    async def _known_sensors(self) -> tuple[Sensor, ...]:
        now = self._clock.now()
        if now - self._sensors_read_at >= _SENSORS_LAST:
            self._sensors = await self._client.sensors(self._station_id)
            self._sensors_read_at = now
        return self._sensors

    async def _fetch(self, client: GiosClient, sensors: tuple[Sensor, ...], *, sample: bool) -> Snapshot:
        """Read the index and the newest value of every pollutant.

        Raises:
            SourceError: the index could not be read, a limit was hit, or there is neither an index nor a value.
        """
        index = await client.index(self._station_id)
        readings: list[Reading] = []
        failed: set[Pollutant] = set()
        for pollutant in Pollutant:
            try:
                reading = await _newest(client, [s for s in sensors if s.pollutant == pollutant], index)
            except (GiosUnavailableError, GiosBadDataError) as error:
                failed.add(pollutant)
                _log.warning("gios_sensor_failed", pollutant=pollutant.value, reason=str(error))
            else:
                readings += [reading] if reading else []
        if index.level is None and not readings:
            message = f"GIOŚ gave neither an index nor a value for station {self._station_id}"
            raise GiosBadDataError(message)
        return Snapshot(
            station_id=self._station_id,
            level=index.level,
            index_at=index.data_from,
            critical=index.critical,
            readings=(*readings, *await self._last_readings(failed, sample=sample)),
            fetched_at=self._clock.now(),
            sample=sample,
        )

    async def _last_readings(self, failed: set[Pollutant], *, sample: bool) -> tuple[Reading, ...]:
        """Return the stored readings of sensors that fail now; each keeps its own hour, so it grows old visibly."""
        stored = await self.latest() if failed else None
        if stored is None or stored.sample != sample:
            return ()
        return tuple(reading for reading in stored.readings if reading.pollutant in failed)

    async def _store(self, snapshot: Snapshot) -> None:
        async with self._database.write() as session:
            await save_snapshot(session, snapshot)


async def _newest(client: GiosClient, sensors: list[Sensor], index: Index) -> Reading | None:
    """Return the newest value of the first sensor that has one."""
    for sensor in sensors:
        try:
            measurements = await client.measurements(sensor)
        except GiosManualSensorError:
            continue
        if measurements and sensor.pollutant:
            newest = measurements[0]
            partial = index.pollutants.get(sensor.pollutant)
            same_hour = partial is not None and partial.data_from == newest.measured_at
            level = partial.level if partial and same_hour else None
            return Reading(sensor.pollutant, newest.value, newest.measured_at, level)
    return None
