"""Keeps what GIOŚ last said about the city's station, outside of any request, and hands it out."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

from content.pack import City
from content.sources.gios import GiosClient, GiosRateLimitedError, GiosThrottledError, Pollutant
from content.sources.status import record_failure, record_success
from content.topics.air import repository
from content.topics.air.hours import Hours
from content.topics.air.notices import Notice, concerning
from content.topics.air.snapshot import Snapshot
from content.topics.air.station import StationData, StationReader
from core.clock import Clock
from core.database import Database, ReadTogether
from core.errors import SourceError
from core.logging import get_logger

_log = get_logger(__name__)

KEPT = timedelta(days=400)
"""How long hours and days are kept: a year to compare with, and a little more."""

CURRENT_SOURCE, NOTICES_SOURCE, DAYS_SOURCE = "gios", "gios_notices", "gios_day_means"
"""Names of the three sources in the record of how sources are doing."""


class AirService:
    """Polls GIOŚ and answers from what it last said.

    `replay` is the same client over recorded answers, given in the demo only; what it says is marked as sample.
    """

    def __init__(
        self, client: GiosClient, replay: GiosClient | None, database: Database, clock: Clock, city: City
    ) -> None:
        self.station = city.air_station
        self.reader = StationReader(client, self.station, clock, sample=False)
        self._replay = StationReader(replay, self.station, clock, sample=True) if replay else None
        self._database = database
        self._clock = clock
        self._not_before = datetime.min.replace(tzinfo=UTC)
        self._latest = ReadTogether(database, lambda session: repository.load_snapshot(session, self.station.id))
        self._notices = ReadTogether(database, lambda session: repository.load_notices(session, self.station.id))

    async def current(self) -> Snapshot | None:
        """Return what was measured in the last 24 hours, None when there is nothing."""
        stored = await self.latest()
        current = stored.unexpired(self._clock.now()) if stored else None
        return current if current and current.measured_at else None

    async def latest(self) -> Snapshot | None:
        """Return the last good snapshot, however old."""
        return await self._latest.read()

    async def hours(self, pollutant: Pollutant, since: datetime, until: datetime, *, sample: bool) -> Hours:
        """Return the stored hours of a pollutant from `since` to `until`, both included."""
        async with self._database.read() as session:
            return await repository.load_hours(session, self.station.id, pollutant, since, until, sample=sample)

    async def first_hour(self, pollutant: Pollutant, *, sample: bool) -> datetime | None:
        """Return the oldest stored hour of a pollutant."""
        async with self._database.read() as session:
            return await repository.first_hour(session, self.station.id, pollutant, sample=sample)

    async def day_means(self, first: date, last: date) -> dict[date, float]:
        """Return the official means of PM10 of the days from `first` to `last`, both included."""
        async with self._database.read() as session:
            return await repository.load_day_means(session, self.station.id, first, last)

    async def notices(self) -> tuple[Notice, ...]:
        """Return the official notices that are valid now, the gravest first."""
        stored = await self._notices.read()
        return tuple(notice for notice in stored if notice.is_valid(self._clock.now()))

    async def refresh(self) -> None:
        """Fetch and store what is current; when GIOŚ fails, the last good data stay and the fault is recorded."""
        if self._replay and await self._has_nothing_real():
            await self._store(await self._replay.read(None))
        if await self.ask(CURRENT_SOURCE, self._refresh_current):
            await self.ask(NOTICES_SOURCE, self._refresh_notices)
            await self.ask(DAYS_SOURCE, self._refresh_day_means)

    async def ask(self, name: str, work: Callable[[], Awaitable[None]]) -> bool:
        """Do work that asks GIOŚ, unless it told us to wait; return whether it went well, record it when not."""
        if self._clock.now() < self._not_before:
            return False
        try:
            await work()
        except GiosThrottledError as error:
            _log.info("gios_left_out", source=name, reason=str(error))
            return False
        except SourceError as error:
            if isinstance(error, GiosRateLimitedError):
                self._not_before = self._clock.now() + error.retry_after
            _log.warning("gios_refresh_failed", source=name, reason=str(error))
            async with self._database.write() as session:
                await record_failure(session, name, error, self._clock.now())
            return False
        return True

    async def _has_nothing_real(self) -> bool:
        current = await self.current()
        return current is None or current.sample

    async def _refresh_current(self) -> None:
        await self._store(await self.reader.read(await self.latest()))

    async def _store(self, data: StationData) -> None:
        """Store a snapshot with its hours; samples are replaced as a whole, and forgotten once there is real data."""
        snapshot = data.snapshot
        async with self._database.write() as session:
            await repository.forget_samples(session, self.station.id)
            await repository.save_hours(session, self.station.id, data.hours, sample=snapshot.sample)
            await repository.save_snapshot(session, snapshot)
            if not snapshot.sample:
                rows = sum(map(len, data.hours.values()))
                await record_success(
                    session, CURRENT_SOURCE, snapshot.measured_at, rows, data.rejected, now=self._clock.now()
                )

    async def _refresh_notices(self) -> None:
        found = await self.reader.client.exceedances(self.station.voivodeship)
        now = self._clock.now()
        notices = concerning(found, self.station, now)
        async with self._database.write() as session:
            await repository.replace_notices(session, self.station.id, notices)
            newest = max((notice.at for notice in notices), default=None)
            await record_success(session, NOTICES_SOURCE, newest, len(notices), 0, now)

    async def _refresh_day_means(self) -> None:
        station = self.station
        means = await self.reader.client.day_means(station.voivodeship, station.county, station.code)
        async with self._database.write() as session:
            await repository.save_day_means(session, station.id, means)
            await record_success(session, DAYS_SOURCE, None, len(means), 0, self._clock.now())
