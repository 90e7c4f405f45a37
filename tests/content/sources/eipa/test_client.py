"""Reading EIPA's files: what is kept, what is refused and why, and that the token never shows."""

import json
import logging
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from content.sources.eipa import (
    DynamicRow,
    EipaBadDataError,
    EipaRateLimitedError,
    EipaRefusedError,
    EipaUnavailableError,
    Export,
    PointRow,
    PoolRow,
    PriceRow,
    StationRow,
)
from core.errors import SourceError
from tests.content.sources.eipa.wire import RESPONSES, TOKEN, EipaWire, recorded
from tests.fakes import FrozenClock


def everything(_row: object) -> bool:
    return True


@pytest.fixture
def wire() -> EipaWire:
    wire = EipaWire()
    for name in ("pool", "point", "dynamic"):
        wire.serve(name, (RESPONSES / f"{name}_recorded.json").read_bytes())
    return wire


async def test_recorded_files_are_read_whole(wire: EipaWire, clock: FrozenClock) -> None:
    client = wire.client(clock)
    stations = await client.download(Export.STATION, StationRow, everything)
    assert len(stations.rows) == 17
    assert stations.generated == datetime(2026, 4, 27, 8, 0, 6, tzinfo=UTC)
    assert {row.location.city for row in stations.rows if row.location} == {"Legnica"}
    pools = await client.download(Export.POOL, PoolRow, everything)
    assert [pool.house_number for pool in pools.rows] == ["48G-H", "77"]
    points = await client.download(Export.POINT, PointRow, everything)
    assert [connector.power for connector in points.rows[2].connectors] == [40, 40]
    assert stations.rejected + pools.rejected + points.rejected == Counter()
    assert (await client.interfaces())[29] == "IEC-62196-T2-COMBO"


async def test_live_rows_may_lack_a_price(wire: EipaWire, clock: FrozenClock) -> None:
    found = await wire.client(clock).download(Export.DYNAMIC, DynamicRow, everything)
    assert [row.status.availability for row in found.rows] == [1, 0, 1, 1]
    assert "price" not in found.rows[2].prices[0]
    assert PriceRow.model_validate(found.rows[3].prices[0]).price.as_tuple().exponent == -2


async def test_only_asked_rows_are_kept_and_others_are_not_counted_as_faulty(
    wire: EipaWire, clock: FrozenClock
) -> None:
    wire.serve_rows("station", [*recorded("station"), {"id": "of another city, and broken"}])
    found = await wire.client(clock).download(Export.STATION, StationRow, lambda row: row.get("pool_id") == 97922)
    assert [row.id for row in found.rows] == [151575]
    assert not found.rejected


STATION = recorded("station")[0]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({**STATION, "latitude": "51.2"}, "latitude: float_type"),
        ({**STATION, "latitude": 512.0}, "latitude: less_than_equal"),
        ({**STATION, "longitude": None}, "longitude: float_type"),
        ({**STATION, "id": True}, "id: int_type"),
        ({**STATION, "pool_id": 1.5}, "pool_id: int_type"),
        ({**STATION, "type": "X"}, "type: literal_error"),
        ({**STATION, "payment_methods": "4"}, "payment_methods: list_type"),
        ({**STATION, "location": {"city": 7}}, "location.city: string_type"),
        ({"id": 1}, "pool_id: missing"),
        ("a text", "a row is no object"),
        (None, "a row is no object"),
        ([STATION], "a row is no object"),
    ],
)
async def test_a_broken_row_is_refused_with_its_reason_and_the_rest_stays(
    wire: EipaWire, clock: FrozenClock, broken: object, reason: str
) -> None:
    wire.serve_rows("station", [STATION, broken, recorded("station")[1]])
    found = await wire.client(clock).download(Export.STATION, StationRow, everything)
    assert len(found.rows) == 2
    assert dict(found.rejected) == {reason: 1}


@pytest.mark.parametrize("power", [-22, 0, 22_000, "22", None])
async def test_a_point_with_an_impossible_power_is_refused(wire: EipaWire, clock: FrozenClock, power: object) -> None:
    point = recorded("point")[0]
    wire.serve_rows("point", [{**point, "connectors": [{"interfaces": [10], "power": power}]}])
    found = await wire.client(clock).download(Export.POINT, PointRow, everything)
    assert found.rows == []
    assert found.rejected.total() == 1


@pytest.mark.parametrize("status", [{"availability": 2}, {"status": -1}, {"ts": "wczoraj"}, {"ts": 5}, {"ts": None}])
async def test_a_live_row_with_an_unknown_state_is_refused(
    wire: EipaWire, clock: FrozenClock, status: dict[str, Any]
) -> None:
    row = recorded("dynamic")[0]
    wire.serve_rows("dynamic", [{**row, "status": {**row["status"], **status}}])
    found = await wire.client(clock).download(Export.DYNAMIC, DynamicRow, everything)
    assert found.rows == []
    assert found.rejected.total() == 1


WHOLE = (RESPONSES / "station_recorded.json").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><html><body>Przerwa techniczna</body></html>",
        WHOLE[: len(WHOLE) // 2],
        WHOLE[:-1],
        WHOLE + b"x",
        b"[]",
        b"17",
        b'{"generated": "2026-04-27T10:00:06+02:00"}',
        b'{"data": {"id": 1}}',
        b'{"data": [{"id": "\xff\xfe"}]}',
        b'{"data": [], "generated": 5}',
        b'{"data": [], "generated": "2026-04-27T10:00:06"}',
        b'{"data": [], "generated": "2031-04-27T10:00:06+02:00"}',
    ],
    ids=["nothing", "html", "half", "no end", "more", "list", "number", "no list", "object", "bytes", "t1", "t2", "t3"],
)
async def test_an_unusable_file_is_refused_as_a_whole(wire: EipaWire, clock: FrozenClock, content: bytes) -> None:
    wire.serve("station", content)
    with pytest.raises(EipaBadDataError):
        await wire.client(clock).download(Export.STATION, StationRow, everything)


async def test_a_file_without_end_is_not_read_to_its_end(
    wire: EipaWire, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("content.sources.eipa.client._MOST_BYTES", 10_000)
    wire.serve("station", b'{"data": [' + b" " * 20_000 + b"]}")
    with pytest.raises(EipaBadDataError, match="larger than 10000 bytes"):
        await wire.client(clock).download(Export.STATION, StationRow, everything)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, EipaRefusedError),
        (403, EipaRefusedError),
        (404, EipaRefusedError),
        (429, EipaRateLimitedError),
        (302, EipaUnavailableError),
        (500, EipaUnavailableError),
        (503, EipaUnavailableError),
    ],
)
async def test_the_cause_of_a_refusal_is_told(
    wire: EipaWire, clock: FrozenClock, status: int, error: type[SourceError]
) -> None:
    wire.serve("station", f"{TOKEN}", status)
    with pytest.raises(error):
        await wire.client(clock).download(Export.STATION, StationRow, everything)


async def test_static_files_are_read_ten_times_an_hour_at_most(wire: EipaWire, clock: FrozenClock) -> None:
    client = wire.client(clock)
    for _ in range(10):
        await client.interfaces()
    with pytest.raises(EipaRateLimitedError):
        await client.interfaces()
    assert len(wire.asked) == 10
    await client.download(Export.DYNAMIC, DynamicRow, everything)
    clock.advance(timedelta(hours=1))
    await client.interfaces()


async def test_the_token_stands_in_no_error_log_or_representation(
    wire: EipaWire, clock: FrozenClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = wire.client(clock)
    assert TOKEN not in repr(client) + repr(vars(client))
    errors: list[BaseException] = []
    request = httpx2.Request("GET", f"https://eipa.test/{TOKEN}")
    replies: list[Exception | tuple[str, int]] = [
        httpx2.ConnectError(f"https://eipa.test/{TOKEN}", request=request),
        httpx2.ReadTimeout("slow", request=request),
        (json.dumps({"data": []})[:-1], 200),
        (TOKEN, 404),
        (TOKEN, 500),
    ]
    for reply in replies:
        if isinstance(reply, Exception):
            wire.fail("station", reply)
        else:
            wire.serve("station", *reply)
        with pytest.raises(SourceError) as caught:
            await client.download(Export.STATION, StationRow, everything)
        errors.append(caught.value)
    for error in errors:
        assert TOKEN not in str(error)
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None
    assert TOKEN not in caplog.text
