"""We never ask GIOŚ more often than it allows."""

from datetime import timedelta

import pytest

from content.sources.gios import GiosThrottledError, GiosUnavailableError, Kind, RequestLimits
from tests.content.sources.gios.wire import GiosWire
from tests.fakes import FrozenClock

SENSORS = "/v1/rest/station/sensors/52"


@pytest.fixture
def waits(clock: FrozenClock) -> list[float]:
    return []


@pytest.fixture
def limits(clock: FrozenClock, waits: list[float]) -> RequestLimits:
    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.advance(timedelta(seconds=seconds))

    return RequestLimits(clock, sleep)


async def test_a_third_list_in_a_minute_is_left_out(limits: RequestLimits, clock: FrozenClock) -> None:
    await limits.take(Kind.LIST)
    clock.advance(timedelta(seconds=10))
    await limits.take(Kind.LIST)
    assert not limits.has_room(Kind.LIST)
    with pytest.raises(GiosThrottledError, match="in 50 s"):
        await limits.take(Kind.LIST)


async def test_a_short_wait_is_waited(limits: RequestLimits, clock: FrozenClock, waits: list[float]) -> None:
    await limits.take(Kind.LIST)
    await limits.take(Kind.LIST)
    clock.advance(timedelta(seconds=57))
    await limits.take(Kind.LIST)
    assert waits == [3.0]


async def test_no_minute_ever_sees_more_than_allowed(limits: RequestLimits, clock: FrozenClock) -> None:
    taken: list[float] = []
    for _ in range(300):
        try:
            await limits.take(Kind.LIST)
        except GiosThrottledError:
            pass
        else:
            taken.append(clock.monotonic())
        clock.advance(timedelta(seconds=1))
    assert len(taken) >= 10
    assert all(sum(start <= moment < start + 60 for moment in taken) <= 2 for start in taken)


async def test_lists_do_not_hold_up_current_values(limits: RequestLimits, waits: list[float]) -> None:
    await limits.take(Kind.LIST)
    await limits.take(Kind.LIST)
    for _ in range(Kind.CURRENT.value):
        await limits.take(Kind.CURRENT)
    assert waits == []
    assert not limits.has_room(Kind.CURRENT)


async def test_a_failing_list_is_tried_again_only_as_far_as_the_limit_goes(wire: GiosWire, clock: FrozenClock) -> None:
    wire.serve(SENSORS, "", status=503)
    gios = wire.client(clock)
    with pytest.raises(GiosUnavailableError):
        await gios.sensors(52)
    assert wire.count(SENSORS) == 2
