"""The air as others may use it."""

import json
from datetime import timedelta

import pytest

from content.pack import City
from content.texts import Texts
from content.topics.air.open_data import AirOpenData
from content.topics.air.service import AirService
from tests.content.sources.gios.wire import GiosWire
from tests.fakes import FrozenClock


@pytest.fixture
def open_data(air: AirService, city: City, clock: FrozenClock) -> AirOpenData:
    return AirOpenData(air, Texts(city.folder), city, clock)


async def test_everything_known_comes_with_source_and_time(
    air: AirService, open_data: AirOpenData, wire: GiosWire
) -> None:
    wire.serve_values(12, [(f"2026-11-23 {hour:02}:00:00", 10.0 + 2 * hour) for hour in range(19, -1, -1)])
    wire.serve_exceedances({"Data i godzina": "2026-11-23 15:00"})
    await air.refresh()
    data = json.loads(json.dumps(await open_data.json()))
    assert data["measured_at"] == "2026-11-23T19:00:00+01:00"
    assert data["index"] == {"level": 1, "name": "Dobry"}
    assert data["readings"][0] == {
        "pollutant": "pm10",
        "value": 48.0,
        "unit": "µg/m³",
        "averaging": "1h",
        "measured_at": "2026-11-23T19:00:00+01:00",
        "level": 1,
    }
    assert data["pm10_mean_24h"] == {"value": 29.0, "unit": "µg/m³", "averaging": "24h", "hours": 20, "computed": True}
    assert (data["trend"]["pollutant"], data["trend"]["direction"]) == ("pm10", "rising")
    assert data["notices"][0]["kind"] == "information"
    assert data["source"] == {
        "name": "GIOŚ",
        "url": "https://powietrze.gios.gov.pl",
        "verified": False,
        "sample": False,
    }
    assert data["station"]["id"] == 52


async def test_without_current_data_nothing_is_made_up(
    air: AirService, open_data: AirOpenData, clock: FrozenClock
) -> None:
    await air.refresh()
    clock.advance(timedelta(days=2))
    data = await open_data.json()
    assert (data["index"], data["measured_at"], data["readings"], data["pm10_mean_24h"]) == (None, None, [], None)
    assert data["stale"] is False


async def test_old_data_say_so(air: AirService, open_data: AirOpenData, clock: FrozenClock) -> None:
    await air.refresh()
    clock.advance(timedelta(hours=4))
    assert (await open_data.json())["stale"] is True
