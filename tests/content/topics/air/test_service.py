"""The last good snapshot: how it comes about and what never replaces it."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from content.sources.gios import Pollutant
from content.sources.status import SourceStatus, statuses
from content.topics.air.service import AirService
from core.database import Database
from tests.content.sources.gios.wire import DAY_MEANS, EXCEEDANCES, GiosWire, raise_connect_error
from tests.fakes import FrozenClock

INDEX = "/v1/rest/aqindex/getIndex/52"
SENSORS = "/v1/rest/station/sensors/52"
VALUES = "/v1/rest/data/getData/{}"
HOUR = datetime(2026, 11, 23, 18, tzinfo=UTC)


def disconnect(wire: GiosWire) -> None:
    for path in wire.replies:
        wire.replies[path] = raise_connect_error


async def test_a_refresh_stores_the_official_level_and_the_newest_value_of_each_pollutant(air: AirService) -> None:
    await air.refresh()
    current = await air.current()
    assert current is not None
    assert (current.level, current.critical, current.measured_at, current.sample) == (1, "PYL", HOUR, False)
    assert {(r.pollutant, r.value, r.measured_at) for r in current.readings} == {
        (Pollutant.PM10, 34.2, HOUR),
        (Pollutant.PM25, 21.7, HOUR),
        (Pollutant.NO2, 18.0, HOUR),
        (Pollutant.O3, 40.1, HOUR),
        (Pollutant.SO2, 5.55, HOUR),
    }


async def test_a_second_refresh_replaces_the_first_as_a_whole(
    air: AirService, wire: GiosWire, clock: FrozenClock
) -> None:
    await air.refresh()
    clock.advance(timedelta(hours=1))
    wire.serve_index(2, time="2026-11-23 20:00:00")
    wire.serve_values(12, [("2026-11-23 20:00:00", None), ("2026-11-23 19:00:00", 61)])
    wire.serve_values(14, [])
    await air.refresh()
    current = await air.current()
    assert current is not None
    assert (current.level, current.measured_at) == (2, HOUR + timedelta(hours=1))
    pm10 = current.reading("pm10")
    assert pm10 is not None
    assert (pm10.value, pm10.measured_at) == (61, HOUR)
    assert current.reading("o3") is None


async def test_it_survives_a_restart(air: AirService, restarted: AirService, wire: GiosWire) -> None:
    await air.refresh()
    stored = await air.current()
    disconnect(wire)
    await restarted.refresh()
    assert stored is not None
    assert await restarted.current() == stored


@pytest.mark.parametrize("path", [INDEX, SENSORS])
@pytest.mark.parametrize("status", [200, 404, 429, 500])
async def test_a_failing_source_leaves_the_last_good_snapshot(
    air: AirService, restarted: AirService, wire: GiosWire, path: str, status: int
) -> None:
    await air.refresh()
    before = await air.latest()
    wire.serve_index(4)
    wire.serve(path, "<html></html>", status=status)
    await restarted.refresh()
    assert await restarted.latest() == before


async def test_one_failing_sensor_keeps_its_own_last_hour(air: AirService, wire: GiosWire, clock: FrozenClock) -> None:
    await air.refresh()
    clock.advance(timedelta(hours=1))
    wire.serve_index(2, time="2026-11-23 20:00:00")
    wire.serve_values(13, [("2026-11-23 20:00:00", 40.0)])
    wire.serve(VALUES.format(12), "<html></html>")
    await air.refresh()
    current = await air.current()
    assert current is not None
    pm10, pm25 = current.reading("pm10"), current.reading("pm25")
    assert pm10 is not None
    assert pm25 is not None
    assert (current.level, pm10.value, pm10.measured_at) == (2, 34.2, HOUR)
    assert (pm25.value, pm25.measured_at) == (40.0, HOUR + timedelta(hours=1))


async def test_a_limit_hit_half_way_stores_nothing_and_is_respected(
    air: AirService, wire: GiosWire, clock: FrozenClock
) -> None:
    await air.refresh()
    before = await air.current()
    wire.serve_index(5)
    wire.serve(VALUES.format(13), "", status=429, headers={"Retry-After": "600"})
    await air.refresh()
    assert await air.current() == before
    asked = len(wire.asked)
    clock.advance(timedelta(seconds=599))
    await air.refresh()
    assert len(wire.asked) == asked
    clock.advance(timedelta(seconds=1))
    await air.refresh()
    assert len(wire.asked) > asked


async def test_an_answer_without_index_and_values_never_replaces_a_good_one(air: AirService, wire: GiosWire) -> None:
    await air.refresh()
    before = await air.current()
    wire.serve_index(None)
    for sensor in (291, 12, 13, 14, 15):
        wire.serve_values(sensor, [])
    await air.refresh()
    assert await air.current() == before


async def test_the_list_of_sensors_is_asked_once_a_day(air: AirService, wire: GiosWire, clock: FrozenClock) -> None:
    for _ in range(3):
        await air.refresh()
        clock.advance(timedelta(minutes=30))
    assert wire.count(SENSORS) == 1
    clock.advance(timedelta(days=1))
    await air.refresh()
    assert wire.count(SENSORS) == 2


async def test_data_of_another_day_are_known_but_not_current(air: AirService, clock: FrozenClock) -> None:
    await air.refresh()
    clock.set(HOUR + timedelta(hours=24))
    assert await air.current() is not None
    clock.advance(timedelta(seconds=1))
    assert await air.current() is None
    latest = await air.latest()
    assert latest is not None
    assert latest.measured_at == HOUR


async def test_the_demo_without_gios_shows_samples_and_moves_with_the_clock(
    demo_air: AirService, wire: GiosWire, clock: FrozenClock
) -> None:
    disconnect(wire)
    await demo_air.refresh()
    clock.advance(timedelta(hours=5))
    await demo_air.refresh()
    current = await demo_air.current()
    assert current is not None
    assert (current.sample, current.level, current.measured_at) == (True, 2, HOUR + timedelta(hours=5))
    assert len(current.readings) == 5


async def test_real_data_replace_samples_as_soon_as_they_come(
    demo_air: AirService, wire: GiosWire, clock: FrozenClock
) -> None:
    good = dict(wire.replies)
    disconnect(wire)
    await demo_air.refresh()
    assert await demo_air.hours(Pollutant.PM10, HOUR, HOUR, sample=True)
    wire.replies = good
    clock.advance(timedelta(minutes=1))
    await demo_air.refresh()
    current = await demo_air.current()
    assert current is not None
    assert (current.sample, current.level) == (False, 1)
    assert await demo_air.hours(Pollutant.PM10, HOUR, HOUR, sample=False) == {HOUR: 34.2}
    assert not await demo_air.hours(Pollutant.PM10, HOUR, HOUR, sample=True)


async def test_no_sample_value_is_carried_into_real_data(demo_air: AirService, wire: GiosWire) -> None:
    wire.serve(VALUES.format(12), "", status=500)
    await demo_air.refresh()
    current = await demo_air.current()
    assert current is not None
    assert (current.sample, current.reading("pm10")) == (False, None)


async def test_samples_replace_real_data_in_the_demo_only_after_a_day(
    demo_air: AirService, wire: GiosWire, clock: FrozenClock
) -> None:
    await demo_air.refresh()
    disconnect(wire)
    clock.set(HOUR + timedelta(hours=23))
    await demo_air.refresh()
    current = await demo_air.current()
    assert current is not None
    assert current.sample is False
    clock.advance(timedelta(hours=2))
    await demo_air.refresh()
    current = await demo_air.current()
    assert current is not None
    assert current.sample is True


async def test_samples_are_there_before_gios_is_asked(demo_air: AirService, wire: GiosWire) -> None:
    def interrupt(_request: httpx2.Request) -> httpx2.Response:
        raise asyncio.CancelledError

    wire.replies[SENSORS] = interrupt
    with pytest.raises(asyncio.CancelledError):
        await demo_air.refresh()
    current = await demo_air.current()
    assert current is not None
    assert current.sample is True


async def test_outside_the_demo_there_are_never_samples(air: AirService, wire: GiosWire) -> None:
    disconnect(wire)
    await air.refresh()
    assert await air.latest() is None


async def _status(air: AirService, database: Database, name: str) -> SourceStatus:
    async with database.read() as session:
        return next(status for status in await statuses(session) if status.name == name)


async def test_the_state_of_the_source_is_recorded(
    air: AirService, wire: GiosWire, database: Database, clock: FrozenClock
) -> None:
    wire.serve_values(12, [("2026-11-23 19:00:00", 34.2), ("2026-11-23 18:00:00", -5), ("2026-11-23 17:00:00", 1e9)])
    await air.refresh()
    good = await _status(air, database, "gios")
    assert (good.last_success_at, good.as_of, good.rows, good.rejected) == (clock.now(), HOUR, 9, 2)
    clock.advance(timedelta(minutes=30))
    wire.serve(INDEX, "<html>Przerwa techniczna</html>")
    await air.refresh()
    bad = await _status(air, database, "gios")
    assert (bad.failures, bad.last_error_at, bad.last_success_at) == (1, clock.now(), good.last_success_at)
    assert bad.last_error is not None
    assert "not JSON" in bad.last_error


async def test_refreshing_again_stores_nothing_twice_and_takes_corrections(
    air: AirService, wire: GiosWire, clock: FrozenClock
) -> None:
    await air.refresh()
    clock.advance(timedelta(minutes=30))
    wire.serve_values(12, [("2026-11-23 19:00:00", 33.0), ("2026-11-23 18:00:00", 35.2)])
    await air.refresh()
    earlier = HOUR - timedelta(hours=1)
    assert await air.hours(Pollutant.PM10, earlier, HOUR, sample=False) == {earlier: 35.2, HOUR: 33.0}


async def test_lists_are_asked_twice_a_minute_at_most(air: AirService, wire: GiosWire, clock: FrozenClock) -> None:
    await air.refresh()
    lists = [path for path in wire.asked if "getData" not in path and "getIndex" not in path]
    assert lists == [SENSORS, EXCEEDANCES]
    clock.advance(timedelta(minutes=30))
    await air.refresh()
    assert wire.asked[-2:] == [EXCEEDANCES, DAY_MEANS]


async def test_notices_that_cannot_be_read_leave_the_rest_alone(air: AirService, wire: GiosWire) -> None:
    wire.serve(EXCEEDANCES, "<html></html>")
    await air.refresh()
    assert await air.current() is not None
    assert await air.notices() == ()
