"""The limiter in Lua against the algorithm written in plain Python, on fakeredis and on Valkey."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from core.ratelimit import Claim, LocalLimiter, Rate, RateLimiter
from core.redis import open_redis

_SLOW = timedelta(minutes=10)
_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_lets_the_burst_through_and_then_makes_wait(redis: Redis) -> None:
    limiter = RateLimiter(redis)
    waits = [await limiter.hit("a", Rate(every=_SLOW, burst=3)) for _ in range(5)]
    assert waits[:3] == [timedelta(0)] * 3
    assert all(_SLOW - timedelta(seconds=5) < wait <= _SLOW for wait in waits[3:])


async def test_counts_each_key_apart(redis: Redis) -> None:
    limiter = RateLimiter(redis)
    rate = Rate(every=_SLOW, burst=1)
    assert await limiter.hit("a", rate) == timedelta(0)
    assert await limiter.hit("b", rate) == timedelta(0)
    assert await limiter.hit("a", rate) > timedelta(0)


async def test_forgets_a_key_when_it_is_free_again(redis: Redis) -> None:
    await RateLimiter(redis).hit("a", Rate(every=timedelta(seconds=30), burst=2))
    assert 0 < await redis.pttl("rate:a") <= 30_001


async def test_takes_room_under_all_limits_or_under_none(redis: Redis) -> None:
    limiter, narrow, wide = RateLimiter(redis), Rate(_SLOW), Rate(_SLOW, burst=2)
    await limiter.hit("narrow", narrow)
    refused = await limiter.reserve([Claim("wide", wide), Claim("narrow", narrow)])
    assert (refused.granted, refused.key) == (False, "narrow")
    assert [await limiter.hit("wide", wide) for _ in range(2)] == [timedelta(0)] * 2


async def test_a_place_is_reserved_no_further_ahead_than_asked(redis: Redis) -> None:
    limiter, rate = RateLimiter(redis), Rate(timedelta(minutes=1))
    ahead = timedelta(seconds=90)
    reserved = [await limiter.reserve([Claim("a", rate)], ahead) for _ in range(3)]
    assert [one.granted for one in reserved] == [True, True, False]
    assert [round(one.wait.total_seconds() / 60) for one in reserved] == [0, 1, 2]


async def test_what_costs_more_keeps_the_next_one_waiting_longer(redis: Redis) -> None:
    limiter, rate = RateLimiter(redis), Rate(timedelta(minutes=1))
    await limiter.reserve([Claim("a", rate, cost=3)])
    assert timedelta(minutes=2, seconds=55) < await limiter.hit("a", rate) <= timedelta(minutes=3)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(burst=st.integers(1, 8), hits=st.integers(1, 20))
@pytest.mark.parametrize("redis", ["fakeredis"], indirect=True)
async def test_never_lets_more_than_the_burst_through_at_once(redis: Redis, burst: int, hits: int) -> None:
    await redis.flushall()
    limiter = RateLimiter(redis)
    allowed = [await limiter.hit("a", Rate(every=_SLOW, burst=burst)) == timedelta(0) for _ in range(hits)]
    assert sum(allowed) == min(burst, hits)


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Time that moves only when told to, also for the Redis inside the process."""
    with time_machine.travel(_NOON, tick=False) as traveller:
        yield traveller


_RATES = st.builds(Rate, st.integers(1, 2000).map(lambda ms: timedelta(milliseconds=ms)), st.integers(1, 4))
_ASKED = st.lists(
    st.tuples(st.integers(0, 1500), st.integers(1, 4), st.integers(0, 500), st.sampled_from(["ab", "a", "b"])),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rates=st.tuples(_RATES, _RATES), asked=_ASKED)
async def test_redis_and_one_process_alone_say_the_same(
    frozen: time_machine.Traveller, rates: tuple[Rate, Rate], asked: list[tuple[int, int, int, str]]
) -> None:
    frozen.move_to(_NOON)
    redis = open_redis(None)
    elapsed = 0.0
    shared, local = RateLimiter(redis), LocalLimiter(lambda: elapsed)
    for pause, cost, longest, keys in asked:
        frozen.shift(timedelta(milliseconds=pause))
        elapsed += pause / 1000
        claims = [Claim(key, rates["ab".index(key)], cost) for key in keys]
        ahead = timedelta(milliseconds=longest) + timedelta(microseconds=50)
        first, second = await shared.reserve(claims, ahead), await local.reserve(claims, ahead)
        assert first.granted == second.granted
        assert abs(first.wait - second.wait) < timedelta(microseconds=50)
    await redis.aclose()
