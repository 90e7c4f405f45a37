"""Fills the stored hours from the archive of GIOŚ: what was before the first start, or was missed since."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from content.sources.gios import GiosBadDataError, GiosManualSensorError, Pollutant, Sensor
from content.sources.status import record_success
from content.topics.air import repository
from content.topics.air.hours import HOURS_FOR_A_DAY
from content.topics.air.service import KEPT, AirService
from core.clock import WARSAW, Clock, warsaw
from core.database import Database
from core.logging import get_logger

_log = get_logger(__name__)

ARCHIVE_SOURCE = "gios_archive"
"""Name of the source in the record of how sources are doing."""

_REACH = timedelta(days=30)


class AirArchive:
    """Asks the archive for the days that lack hours, each pollutant once a day, as much as the limits allow."""

    def __init__(self, air: AirService, database: Database, clock: Clock) -> None:
        self._air = air
        self._database = database
        self._clock = clock
        self._asked: dict[Pollutant, date] = {}

    async def fill(self) -> None:
        """Fill what the limits of GIOŚ allow now, and forget what is too old; call it every few minutes."""
        async with self._database.write() as session:
            await repository.purge(session, self._clock.now() - KEPT)
        # While GIOŚ cannot be reached the regular refresh finds that out; nobody needs to be told twice.
        if self._air.reader.known_sensors:
            await self._air.ask(ARCHIVE_SOURCE, self._fill)

    async def _fill(self) -> None:
        today = warsaw(self._clock.now()).date()
        for pollutant in Pollutant:
            if self._asked.get(pollutant) == today:
                continue
            if missing := await self._first_missing(pollutant, today):
                await self._fetch(pollutant, datetime.combine(missing, time(), WARSAW))
            self._asked[pollutant] = today

    async def _first_missing(self, pollutant: Pollutant, today: date) -> date | None:
        """Return the first of the last whole days that has too few hours for a mean."""
        now = self._clock.now()
        hours = await self._air.hours(pollutant, now - _REACH - timedelta(days=1), now, sample=False)
        counts = Counter(warsaw(at).date() for at in hours)
        past = (today - timedelta(days=ago) for ago in range(_REACH.days, 0, -1))
        return next((day for day in past if counts[day] < HOURS_FOR_A_DAY), None)

    async def _fetch(self, pollutant: Pollutant, since: datetime) -> None:
        """Store the archive of the first instrument that gives hours; one of two may be read by hand."""
        for sensor in self._air.reader.known_sensors:
            if sensor.pollutant == pollutant and await self._stored(sensor, pollutant, since):
                return

    async def _stored(self, sensor: Sensor, pollutant: Pollutant, since: datetime) -> bool:
        try:
            batch = await self._air.reader.client.archive(sensor, self._air.station.code, since)
        except (GiosManualSensorError, GiosBadDataError) as error:
            _log.warning("gios_archive_unusable", sensor=sensor.id, reason=str(error))
            return False
        if not batch.values:
            return False
        now, newest = self._clock.now(), batch.values[0].measured_at
        async with self._database.write() as session:
            await repository.save_hours(session, self._air.station.id, {pollutant: batch.values}, sample=False)
            await record_success(session, ARCHIVE_SOURCE, newest, len(batch.values), batch.rejected, now)
        return True
