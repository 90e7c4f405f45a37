"""The values that GIOŚ sends, page by page, and what the client makes of them."""

import json
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from structlog.testing import capture_logs

from content.sources.gios import GiosBadDataError, GiosClient
from tests.content.sources.gios.wire import PM10, RESPONSES, STATION, VALUES, GiosWire, envelope
from tests.fakes import FrozenClock


@pytest.fixture
def gios(wire: GiosWire, clock: FrozenClock) -> GiosClient:
    return wire.client(clock)


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
