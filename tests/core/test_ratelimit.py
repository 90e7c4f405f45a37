"""The limiter in Lua against the algorithm written in plain Python, on fakeredis and on Valkey."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from core.ratelimit import Rate, RateLimiter

_SLOW = timedelta(minutes=10)


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


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(burst=st.integers(1, 8), hits=st.integers(1, 20))
@pytest.mark.parametrize("redis", ["fakeredis"], indirect=True)
async def test_never_lets_more_than_the_burst_through_at_once(redis: Redis, burst: int, hits: int) -> None:
    await redis.flushall()
    limiter = RateLimiter(redis)
    allowed = [await limiter.hit("a", Rate(every=_SLOW, burst=burst)) == timedelta(0) for _ in range(hits)]
    assert sum(allowed) == min(burst, hits)
