"""The demo's sample answers go through the real client and end with the last full hour."""

from datetime import UTC, datetime, timedelta

import pytest

from content.pack import load_city
from content.sources.gios import GiosClient, Pollutant, ReplayTransport
from core.http import http_client
from tests.fakes import FrozenClock


@pytest.fixture
def replay(clock: FrozenClock) -> GiosClient:
    folder = load_city("legnica").folder / "demo" / "gios"
    return GiosClient(
        http_client("https://gios.test/pjp-api", timeout=10, transport=ReplayTransport(folder, clock)), clock
    )


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, 18, 30, tzinfo=UTC),
        datetime(2026, 11, 23, 18, 0, 1, tzinfo=UTC),
        datetime(2027, 7, 1, 0, 5, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 10, tzinfo=UTC),
    ],
)
async def test_every_sensor_ends_with_the_last_full_hour(replay: GiosClient, clock: FrozenClock, now: datetime) -> None:
    clock.set(now)
    sensors = await replay.sensors(52)
    assert {sensor.pollutant for sensor in sensors} == {
        Pollutant.SO2,
        Pollutant.NO2,
        Pollutant.PM10,
        Pollutant.PM25,
        Pollutant.O3,
    }
    for sensor in sensors:
        moments = [m.measured_at for m in (await replay.measurements(sensor, "DsLegAlRzecz")).values]
        assert moments[0] == now.replace(minute=0, second=0)
        assert moments[-1] == moments[0] - timedelta(hours=71)


async def test_the_index_belongs_to_the_same_hour(replay: GiosClient, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 11, 23, 18, 5, tzinfo=UTC))
    index = await replay.index(52)
    assert (index.level, index.data_from) == (2, datetime(2026, 11, 23, 18, tzinfo=UTC))
