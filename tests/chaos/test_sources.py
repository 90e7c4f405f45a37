"""Sources that answer nonsense, errors or nothing at all: the last reading is said with its time, never as new."""

from collections.abc import Callable
from datetime import timedelta

import httpx2
import pytest

from content.topics.air.service import AirService
from tests.content.sources.gios.wire import GiosWire
from tests.content.topics.air.conftest import _retries_do_not_wait, air, wire
from tests.fakes import FrozenClock

__all__ = ["_retries_do_not_wait", "air", "wire"]

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

HOUR = timedelta(hours=1)


def _too_slow(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadTimeout("nothing came", request=request)


def _answering(status: int, content: str) -> Callable[[httpx2.Request], httpx2.Response]:
    return lambda _request: httpx2.Response(status, content=content)


ILLNESSES = {
    "error": _answering(500, "Internal Server Error"),
    "maintenance": _answering(200, "<html>Przerwa techniczna</html>"),
    "half an answer": _answering(200, '{"AqIndex": {"Wartość indeksu": 0, '),
    "slow": _too_slow,
}


@pytest.mark.parametrize("illness", ILLNESSES)
async def test_while_gios_is_ill_the_last_reading_is_said_with_its_time_and_later_none(
    web: httpx2.AsyncClient, air: AirService, wire: GiosWire, clock: FrozenClock, illness: str
) -> None:
    await air.refresh()
    assert "Uwaga" not in await _chat(web)
    healthy = dict(wire.replies)

    wire.replies = dict.fromkeys(healthy, ILLNESSES[illness])
    await _hours_pass(air, clock, 4)
    assert "Uwaga: to dane z godz. 19:00" in await _chat(web)
    page = await _page(web)
    assert "To starszy odczyt, z " in page
    assert "19:00" in page
    assert "Powietrze teraz" not in page

    clock.advance(timedelta(days=2))
    await air.refresh()
    assert "Nie mam teraz aktualnych danych" in await _chat(web)
    assert "Nie ma teraz aktualnego odczytu" in await _page(web)

    wire.replies = healthy
    wire.serve_index(3, time="2026-11-25 23:00:00")
    await _hours_pass(air, clock, 1)
    assert "Uwaga" not in await _chat(web)
    assert "To starszy odczyt" not in await _page(web)


async def _hours_pass(air: AirService, clock: FrozenClock, hours: int) -> None:
    for _ in range(hours):
        clock.advance(HOUR)
        await air.refresh()


async def _page(web: httpx2.AsyncClient) -> str:
    page = await web.get("/")
    assert page.status_code == 200
    return page.text


async def _chat(web: httpx2.AsyncClient) -> str:
    answer = await web.post("/api/v1/chat", json={"button": "air_quality_now"})
    assert answer.status_code == 200
    return str(answer.json()["answers"][0])
