"""Reads everything current of one station: the official index, and the last days of every pollutant."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from content.pack import AirStation
from content.sources.gios import (
    Batch,
    GiosBadDataError,
    GiosClient,
    GiosManualSensorError,
    GiosUnavailableError,
    Index,
    Measurement,
    Pollutant,
    Sensor,
)
from content.topics.air.snapshot import Reading, Snapshot
from core.clock import Clock
from core.logging import get_logger

_log = get_logger(__name__)

# Lists of sensors may be asked twice a minute only, and change about once a year.
_SENSORS_LAST = timedelta(days=1)


@dataclass(frozen=True)
class StationData:
    """The snapshot of a station with the hours it came from, and how many rows were refused."""

    snapshot: Snapshot
    hours: dict[Pollutant, tuple[Measurement, ...]]
    rejected: int


class StationReader:
    """Asks one client of GIOŚ about the city's station; `sample` marks a client whose answers are no measurement."""

    def __init__(self, client: GiosClient, station: AirStation, clock: Clock, *, sample: bool) -> None:
        self.client = client
        self._station = station
        self._clock = clock
        self._sample = sample
        self.known_sensors: tuple[Sensor, ...] = ()
        self._sensors_read_at = datetime.min.replace(tzinfo=UTC)

    async def read(self, last: Snapshot | None) -> StationData:
        """Read the index and all current hours; a sensor that fails keeps its reading of the `last` snapshot.

        Raises:
            SourceError: the index could not be read, a limit was hit, or there is neither an index nor a value.
        """
        sensors = await self._current_sensors()
        index = await self.client.index(self._station.id)
        batches: dict[Pollutant, Batch] = {}
        failed: set[Pollutant] = set()
        for pollutant in Pollutant:
            try:
                if batch := await self._batch([sensor for sensor in sensors if sensor.pollutant == pollutant]):
                    batches[pollutant] = batch
            except (GiosUnavailableError, GiosBadDataError) as error:
                failed.add(pollutant)
                _log.warning("gios_sensor_failed", pollutant=pollutant.value, reason=str(error))
        snapshot = self._snapshot(index, batches, failed, last)
        if snapshot.level is None and not batches:
            message = f"GIOŚ gave neither an index nor a value for station {self._station.id}"
            raise GiosBadDataError(message)
        rejected = sum(batch.rejected for batch in batches.values())
        return StationData(snapshot, {pollutant: batch.values for pollutant, batch in batches.items()}, rejected)

    async def _current_sensors(self) -> tuple[Sensor, ...]:
        """Return the sensors of the station, asked once a day."""
        now = self._clock.now()
        if now - self._sensors_read_at >= _SENSORS_LAST:
            self.known_sensors = await self.client.sensors(self._station.id)
            self._sensors_read_at = now
        return self.known_sensors

    async def _batch(self, sensors: list[Sensor]) -> Batch | None:
        """Return the hours of the first sensor that has any; one of two may be read by hand."""
        for sensor in sensors:
            try:
                batch = await self.client.measurements(sensor, self._station.code)
            except GiosManualSensorError:
                continue
            if batch.values:
                return batch
        return None

    def _snapshot(
        self, index: Index, batches: dict[Pollutant, Batch], failed: set[Pollutant], last: Snapshot | None
    ) -> Snapshot:
        readings = tuple(_reading(pollutant, batch.values[0], index) for pollutant, batch in batches.items())
        # Each keeps its own hour, so it grows old visibly; samples and measurements never mix.
        usable = last.readings if last and last.sample == self._sample else ()
        return Snapshot(
            station_id=self._station.id,
            level=index.level,
            index_at=index.data_from,
            critical=index.critical,
            readings=(*readings, *(reading for reading in usable if reading.pollutant in failed)),
            fetched_at=self._clock.now(),
            sample=self._sample,
        )


def _reading(pollutant: Pollutant, newest: Measurement, index: Index) -> Reading:
    """Return the newest value, with its official level when that is of the same hour."""
    partial = index.pollutants.get(pollutant)
    same_hour = partial is not None and partial.data_from == newest.measured_at
    return Reading(pollutant, newest.value, newest.measured_at, partial.level if partial and same_hour else None)
