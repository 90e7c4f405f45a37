"""The archive fills what is missing, asks no more than is allowed, and leaves no trace of what it refused."""

from datetime import UTC, datetime, timedelta

import pytest

from content.sources.gios import Measurement, Pollutant
from content.sources.status import statuses
from content.topics.air import repository
from content.topics.air.archive import AirArchive
from content.topics.air.hours import Hours
from content.topics.air.service import AirService
from core.clock import warsaw
from core.database import Database
from tests.content.sources.gios.wire import GiosWire
from tests.fakes import FrozenClock

ARCHIVE = "/v1/rest/archivalData/getDataBySensor/{}"
MONTH = [datetime(2026, 11, 23, 18, tzinfo=UTC) - timedelta(hours=ago) for ago in range(30 * 24)]


@pytest.fixture
def archive(air: AirService, database: Database, clock: FrozenClock) -> AirArchive:
    return AirArchive(air, database, clock)


async def _stored(air: AirService, pollutant: Pollutant = Pollutant.PM10) -> Hours:
    return await air.hours(pollutant, MONTH[0] - timedelta(days=500), MONTH[0], sample=False)


def _month(value: float) -> list[tuple[str, float]]:
    return [(f"{warsaw(at):%Y-%m-%d %H:%M:%S}", value) for at in MONTH]


async def _run(archive: AirArchive, clock: FrozenClock, times: int) -> None:
    for _ in range(times):
        clock.advance(timedelta(minutes=1))
        await archive.fill()


async def test_a_month_is_filled_once(air: AirService, archive: AirArchive, wire: GiosWire, clock: FrozenClock) -> None:
    for sensor, value in ((12, 40.0), (13, 25.0), (14, 50.0), (15, 5.0), (291, 20.0)):
        wire.serve_archive(sensor, _month(value))
    wire.serve_archive(11, [])
    await air.refresh()
    await _run(archive, clock, 8)
    hours = await _stored(air)
    assert set(hours) == set(MONTH)
    assert hours[MONTH[-1]] == 40.0
    assert hours[MONTH[0]] == 40.0
    assert set(await _stored(air, Pollutant.NO2)) == set(MONTH)
    asked = len(wire.asked)
    await _run(archive, clock, 3)
    assert len(wire.asked) == asked


async def test_it_asks_from_the_first_missing_day_in_polish_time(
    air: AirService, archive: AirArchive, wire: GiosWire, clock: FrozenClock
) -> None:
    wire.serve_archive(12, _month(40.0))
    await air.refresh()
    await _run(archive, clock, 1)
    request = next(request for request in wire.requests if "archivalData" in request.url.path)
    assert request.url.params["dateFrom"] == "2026-10-24 00:00"
    assert request.url.params["dateTo"] == "2026-11-23 19:31"


async def test_a_gap_after_an_absence_is_filled(
    air: AirService, archive: AirArchive, wire: GiosWire, database: Database, clock: FrozenClock
) -> None:
    gap = set(MONTH[200:260])
    async with database.write() as session:
        known = [Measurement(at, 40.0) for at in MONTH if at not in gap]
        await repository.save_hours(session, 52, {Pollutant.PM10: known}, sample=False)
    wire.serve_archive(12, _month(41.0))
    await air.refresh()
    await _run(archive, clock, 1)
    hours = await _stored(air)
    assert all(hours[at] == 41.0 for at in gap)


async def test_means_of_a_day_from_an_instrument_read_by_hand_are_no_hours(
    air: AirService, archive: AirArchive, wire: GiosWire, clock: FrozenClock
) -> None:
    rows = [
        f'{{"Kod stanowiska": "DsLegAlRzecz-PM10-24g", "Data": "2026-11-{day:02} 00:00:00", "Wartość": 99.0}}'
        for day in range(1, 20)
    ]
    body = f'{{"Lista archiwalnych wyników pomiarów": [{",".join(rows)}], "totalPages": 1}}'
    wire.serve(ARCHIVE.format(11), body)
    wire.serve_archive(12, _month(40.0))
    await air.refresh()
    await _run(archive, clock, 2)
    hours = await _stored(air)
    assert set(hours.values()) <= {40.0, 34.2, 35.2}
    assert len(hours) == len(MONTH)


async def test_a_failing_archive_is_recorded_and_asked_again(
    air: AirService, archive: AirArchive, wire: GiosWire, database: Database, clock: FrozenClock
) -> None:
    for sensor in (11, 12):
        wire.serve(ARCHIVE.format(sensor), "", status=503)
    await air.refresh()
    await _run(archive, clock, 1)
    async with database.read() as session:
        failed = next(status for status in await statuses(session) if status.name == "gios_archive")
    assert failed.failures == 1
    wire.serve_archive(11, [])
    wire.serve_archive(12, _month(40.0))
    await _run(archive, clock, 2)
    assert len(await _stored(air)) == len(MONTH)


async def test_without_the_list_of_sensors_nothing_is_asked(archive: AirArchive, wire: GiosWire) -> None:
    await archive.fill()
    assert wire.asked == []


async def test_what_is_older_than_400_days_is_forgotten(
    air: AirService, archive: AirArchive, database: Database, clock: FrozenClock
) -> None:
    old, kept = clock.now() - timedelta(days=401), clock.now() - timedelta(days=399)
    async with database.write() as session:
        hours = [Measurement(old, 1.0), Measurement(kept, 2.0)]
        await repository.save_hours(session, 52, {Pollutant.PM10: hours}, sample=False)
    await archive.fill()
    assert list((await _stored(air)).values()) == [2.0]
