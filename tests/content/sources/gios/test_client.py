"""What GIOŚ sends, good and bad, and what the client makes of it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from structlog.testing import capture_logs

from content.sources.gios import (
    GiosBadDataError,
    GiosClient,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosUnavailableError,
    Pollutant,
    Sensor,
)
from core.http import http_client
from tests.content.sources.gios.wire import RESPONSES, GiosWire, envelope, raise_connect_error
from tests.fakes import FrozenClock

INDEX = "/v1/rest/aqindex/getIndex/52"
SENSORS = "/v1/rest/station/sensors/552"
STATION = "DsLegAlRzecz"
VALUES = "/v1/rest/data/getData/900001"

PM10 = Sensor.model_validate({"Identyfikator stanowiska": 900001, "Identyfikator stacji": 52, "Wskaźnik - kod": "PM10"})


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


@pytest.mark.parametrize(
    ("name", "hour", "value"),
    [
        ("data_3764_pm10_recorded.json", 13, 7.6),
        ("data_14688_pm25_recorded.json", 13, 2.3),
        ("data_3761_nox_first_value_null_recorded.json", 13, 5.5),
    ],
)
async def test_the_newest_value_that_exists_comes_first(
    wire: GiosWire, gios: GiosClient, clock: FrozenClock, name: str, hour: int, value: float
) -> None:
    clock.set(datetime(2025, 7, 4, 14, 30, tzinfo=UTC))
    body = json.loads((RESPONSES / name).read_bytes())
    body["totalPages"] = 1
    wire.serve(VALUES, json.dumps(body))
    newest = (await gios.measurements(PM10, "MzWarKondrat")).values[0]
    assert (newest.measured_at, newest.value) == (datetime(2025, 7, 4, hour, tzinfo=UTC), value)


async def test_pages_end_by_their_number_although_every_page_names_a_next_one(wire: GiosWire, gios: GiosClient) -> None:
    def page(request: httpx2.Request) -> httpx2.Response:
        number = int(request.url.params["page"])
        row = {"Data": f"2026-11-23 1{9 - number}:00:00", "Wartość": 10.0 + number}
        return httpx2.Response(200, content=envelope("Lista danych pomiarowych", [row], pages=3))

    wire.replies[VALUES] = page
    assert [m.value for m in (await gios.measurements(PM10, STATION)).values] == [10, 11, 12]
    assert wire.count(VALUES) == 3


async def test_a_list_without_end_is_refused(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve(VALUES, envelope("Lista danych pomiarowych", [], pages=10_000))
    with pytest.raises(GiosBadDataError):
        await gios.measurements(PM10, STATION)
    assert wire.count(VALUES) < 50


async def test_oldest_first_is_turned_round(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_values(900001, [("2026-11-23 18:00:00", 18), ("2026-11-23 19:00:00", 19)])
    assert [m.value for m in (await gios.measurements(PM10, STATION)).values] == [19, 18]


async def test_rows_that_cannot_be_true_are_refused_one_by_one(wire: GiosWire, gios: GiosClient) -> None:
    good = '{"Kod stanowiska": "DsLegAlRzecz-PM10-1g", "Data": "2026-11-23 16:00:00", "Wartość": 34.2}'
    bad = {
        "future": '"Data": "2026-11-23 23:00:00", "Wartość": 30.0',
        "too old": '"Data": "1970-01-01 00:00:00", "Wartość": 30.0',
        "no full hour": '"Data": "2026-11-23 15:17:00", "Wartość": 30.0',
        "implausible value": '"Data": "2026-11-23 19:00:00", "Wartość": -999.0',
        "implausible value ": '"Data": "2026-11-23 18:00:00", "Wartość": 1e9',
        "implausible value  ": '"Data": "2026-11-23 17:00:00", "Wartość": NaN',
        "unreadable": '"Data": "2026-11-23 14:00:00", "Wartość": "dużo"',
        "unreadable ": '"Data": "2026-11-23 14:00:00", "Wartość": true',
        "unreadable  ": '"Data": "wczoraj", "Wartość": 30.0',
        "twice": '"Data": "2026-11-23 16:00:00", "Wartość": 99.0',
        "other station": '"Kod stanowiska": "MzWarKondrat-PM10-1g", "Data": "2026-11-23 13:00:00", "Wartość": 30.0',
        "not hourly": '"Kod stanowiska": "DsLegAlRzecz-PM10-24g", "Data": "2026-11-23 12:00:00", "Wartość": 30.0',
    }
    rows = ",".join([good, *(f"{{{row}}}" for row in bad.values())])
    wire.serve(VALUES, f'{{"Lista danych pomiarowych": [{rows}], "totalPages": 1}}')
    with capture_logs() as logs:
        batch = await gios.measurements(PM10, STATION)
    assert [m.value for m in batch.values] == [34.2]
    assert batch.rejected == len(bad)
    (entry,) = logs
    assert entry["event"] == "gios_rows_refused"
    assert set(entry["reasons"]) == {reason.strip() for reason in bad}


async def test_a_list_of_which_nothing_is_usable_is_bad_data(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_values(900001, [("2026-11-23 19:00:00", -1), ("2026-11-23 18:00:00", 1e9)])
    with pytest.raises(GiosBadDataError, match="implausible value"):
        await gios.measurements(PM10, STATION)


@pytest.fixture
def in_october(clock: FrozenClock) -> None:
    """The night in which the hour from two to three comes twice."""
    clock.set(datetime(2026, 10, 25, 2, 30, tzinfo=UTC))


@pytest.mark.usefixtures("in_october")
async def test_both_passes_of_the_doubled_hour_in_october_keep_their_order(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_values(
        900001,
        [(f"2026-10-25 {hour}:00:00", value) for value, hour in ((4, "03"), (3, "02"), (2, "02"), (1, "01"))],
    )
    values = (await gios.measurements(PM10, STATION)).values
    newest = datetime(2026, 10, 25, 2, tzinfo=UTC)
    assert [(m.measured_at, m.value) for m in values] == [
        (newest - timedelta(hours=hours), 4 - hours) for hours in range(4)
    ]


@pytest.mark.usefixtures("in_october")
async def test_a_missing_second_pass_still_tells_which_pass_is_which(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_values(900001, [("2026-10-25 02:00:00", None), ("2026-10-25 02:00:00", 2)])
    values = (await gios.measurements(PM10, STATION)).values
    assert [m.measured_at for m in values] == [datetime(2026, 10, 25, 0, tzinfo=UTC)]


@pytest.mark.usefixtures("in_october")
async def test_a_single_doubled_hour_never_looks_fresher_than_it_may_be(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_values(900001, [("2026-10-25 02:00:00", 2), ("2026-10-25 01:00:00", 1)])
    values = (await gios.measurements(PM10, STATION)).values
    assert values[0].measured_at == datetime(2026, 10, 25, 0, tzinfo=UTC)


async def test_the_hour_that_is_left_out_in_march_has_no_value(
    wire: GiosWire, gios: GiosClient, clock: FrozenClock
) -> None:
    clock.set(datetime(2026, 3, 29, 3, 30, tzinfo=UTC))
    wire.serve_values(900001, [(f"2026-03-29 {hour}:00:00", 5.0) for hour in ("03", "02", "01")])
    batch = await gios.measurements(PM10, STATION)
    assert [m.measured_at for m in batch.values] == [datetime(2026, 3, 29, hour, tzinfo=UTC) for hour in (1, 0)]
    assert batch.rejected == 1


async def test_a_manual_sensor_is_told_apart(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_file(VALUES, "data_3765_manual_station_error_recorded.json", status=400)
    with pytest.raises(GiosManualSensorError):
        await gios.measurements(PM10, STATION)
    assert wire.count(VALUES) == 1


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "Mon, 23 Nov 2026 18:35:00 GMT"}, 300),
        ({"Retry-After": "Mon, 23 Nov 2020 18:35:00 GMT"}, 0),
        ({"Retry-After": "99999999999999999999"}, 3600),
        ({"Retry-After": "soon"}, 60),
        ({}, 60),
    ],
)
async def test_too_many_requests_says_how_long_to_wait_and_is_not_repeated(
    wire: GiosWire, gios: GiosClient, retry_after: dict[str, str], seconds: int
) -> None:
    wire.serve(INDEX, "", status=429, headers=retry_after)
    with pytest.raises(GiosRateLimitedError) as error:
        await gios.index(52)
    assert error.value.retry_after == timedelta(seconds=seconds)
    assert wire.count(INDEX) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Przerwa techniczna</body></html>",
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"AqIndex": null}',
        b'{"AqIndex": []}',
        b'{"AqIndex": {}}',
        b'{"AqIndex": "\xff"}',
    ],
)
async def test_an_answer_that_is_no_index_is_bad_data(wire: GiosWire, gios: GiosClient, body: bytes) -> None:
    wire.serve(INDEX, body)
    with pytest.raises(GiosBadDataError):
        await gios.index(52)


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"Lista danych pomiarowych": null, "totalPages": 1}',
        '{"Lista danych pomiarowych": [], "totalPages": null}',
        '{"Lista danych pomiarowych": [null], "totalPages": 1}',
        '{"Lista danych pomiarowych": [{"Data": "23.11.2026", "Wartość": 1}], "totalPages": 1}',
        '{"Lista danych pomiarowych": [{"Data": "2026-11-23 19:00:00"}], "totalPages": 1}',
    ],
)
async def test_an_answer_that_is_no_list_of_values_is_bad_data(wire: GiosWire, gios: GiosClient, body: str) -> None:
    wire.serve(VALUES, body)
    with pytest.raises(GiosBadDataError):
        await gios.measurements(PM10, STATION)


async def test_a_passing_fault_is_tried_again(wire: GiosWire, gios: GiosClient) -> None:
    def second_time(_request: httpx2.Request) -> httpx2.Response:
        if wire.count(INDEX) == 1:
            return httpx2.Response(503)
        return httpx2.Response(200, content=(RESPONSES / "index_52_raw.json").read_bytes())

    wire.replies[INDEX] = second_time
    assert (await gios.index(52)).level == 1


@pytest.mark.parametrize("status", [302, 500, 502, 503])
async def test_a_lasting_fault_is_given_up_after_a_few_tries(wire: GiosWire, gios: GiosClient, status: int) -> None:
    wire.serve(INDEX, "<html></html>", status=status)
    with pytest.raises(GiosUnavailableError):
        await gios.index(52)
    assert wire.count(INDEX) == 3


async def test_no_connection_is_unavailable(wire: GiosWire, gios: GiosClient) -> None:
    wire.replies[INDEX] = raise_connect_error
    with pytest.raises(GiosUnavailableError):
        await gios.index(52)


async def test_an_unknown_station_is_bad_data(gios: GiosClient) -> None:
    with pytest.raises(GiosBadDataError, match="404"):
        await gios.index(52)


async def test_a_server_that_drips_bytes_is_cut_off(clock: FrozenClock) -> None:
    stop = asyncio.Event()

    async def stall(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        await writer.drain()
        await stop.wait()
        writer.close()

    server = await asyncio.start_server(stall, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, http_client(f"http://127.0.0.1:{port}", timeout=30) as http:
        with pytest.raises(GiosUnavailableError):
            await GiosClient(http, clock, call_timeout=timedelta(milliseconds=50)).index(52)
        stop.set()
