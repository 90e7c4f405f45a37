"""What the client makes of an answer that is none, of a fault and of silence."""

import asyncio
from datetime import timedelta

import httpx2
import pytest

from content.sources.gios import (
    GiosBadDataError,
    GiosClient,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosUnavailableError,
)
from core.http import http_client
from tests.content.sources.gios.wire import INDEX, PM10, RESPONSES, STATION, VALUES, GiosWire, raise_connect_error
from tests.fakes import FrozenClock


@pytest.fixture
def gios(wire: GiosWire, clock: FrozenClock) -> GiosClient:
    return wire.client(clock)


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
