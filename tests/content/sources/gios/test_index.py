"""The index and the sensors as GIOŚ sends them, and what the client makes of them."""

from datetime import UTC, datetime

import pytest

from content.sources.gios import GiosBadDataError, GiosClient, Pollutant
from tests.content.sources.gios.wire import INDEX, GiosWire
from tests.fakes import FrozenClock

SENSORS = "/v1/rest/station/sensors/552"


@pytest.fixture
def gios(wire: GiosWire, clock: FrozenClock) -> GiosClient:
    return wire.client(clock)


async def test_recorded_index_with_a_doubled_key_is_read(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_file(INDEX, "index_52_raw.json")
    index = await gios.index(52)
    assert (index.level, index.critical) == (1, "PYL")
    assert index.data_from == datetime(2026, 10, 3, 18, tzinfo=UTC)
    assert {pollutant: partial.level for pollutant, partial in index.pollutants.items()} == {
        Pollutant.SO2: 0,
        Pollutant.NO2: 1,
        Pollutant.PM10: 1,
        Pollutant.PM25: 1,
        Pollutant.O3: 0,
    }


async def test_no_index_is_none_and_keeps_the_pollutants(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_file(INDEX, "index_52_no_index_CONSTRUCTED.json")
    index = await gios.index(52)
    assert index.level is None
    assert index.pollutants[Pollutant.NO2].level == 1
    assert index.pollutants[Pollutant.PM10].level is None


async def test_an_index_marked_invalid_has_no_level(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_index(1, {"Status indeksu ogólnego dla stacji pomiarowej": False})
    assert (await gios.index(52)).level is None


@pytest.mark.parametrize("code", [None, "", "PYLEK", ["PYL"], 7])
async def test_an_unknown_code_of_the_critical_pollutant_is_left_out(
    wire: GiosWire, gios: GiosClient, code: object
) -> None:
    wire.serve_index(1, {"Kod zanieczyszczenia krytycznego": code})
    assert (await gios.index(52)).critical is None


@pytest.mark.parametrize(
    "changes",
    [
        {"Wartość indeksu": 6},
        {"Wartość indeksu": "Dobry"},
        {"Identyfikator stacji pomiarowej": 552},
        {"Data danych źródłowych, z których policzono wartość indeksu dla wskaźnika st": "2026-11-24 20:00:00"},
        {"Data danych źródłowych, z których policzono wartość indeksu dla wskaźnika st": "wczoraj"},
    ],
)
async def test_an_impossible_index_is_refused(wire: GiosWire, gios: GiosClient, changes: dict[str, object]) -> None:
    wire.serve_index(1)
    assert (await gios.index(52)).level == 1
    wire.serve_index(1, changes)
    with pytest.raises(GiosBadDataError):
        await gios.index(52)


async def test_recorded_sensors_are_read_and_unknown_pollutants_are_known_as_such(
    wire: GiosWire, gios: GiosClient
) -> None:
    wire.serve_file(SENSORS, "sensors_552_recorded.json")
    sensors = await gios.sensors(552)
    assert [(s.id, s.pollutant) for s in sensors if s.pollutant is Pollutant.PM25] == [
        (3765, Pollutant.PM25),
        (14688, Pollutant.PM25),
    ]
    assert {s.code for s in sensors if s.pollutant is None} == {"NO", "NOx"}
