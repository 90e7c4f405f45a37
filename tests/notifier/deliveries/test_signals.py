"""Wake-ups and pauses between workers, with Redis inside the process, with a real one and without any."""

import asyncio
from datetime import timedelta

from redis.asyncio import Redis

from core.redis import open_redis
from notifier.deliveries.signals import Pause, WakeUps, wake
from tests.fakes import FrozenClock

HOUR = timedelta(hours=1)
NOBODY_LISTENS = "redis://127.0.0.1:9"


async def test_a_wake_up_ends_the_wait(redis: Redis) -> None:
    sleeper = WakeUps(redis, "sms")
    await sleeper.wait(30)  # returns once it listens
    async with asyncio.timeout(60):
        waiting = asyncio.create_task(sleeper.wait(30))
        await wake(redis, ["telegram", "sms"])
        await waiting
    await sleeper.close()


async def test_a_pause_is_shared_with_the_channel_and_with_nobody_else(redis: Redis, clock: FrozenClock) -> None:
    until = clock.now() + HOUR
    await Pause(redis, "telegram").begin(until, clock.now())
    assert await Pause(redis, "telegram").until() == until
    assert await Pause(redis, "sms").until() < clock.now()


async def test_a_shorter_pause_does_not_end_a_longer_one(redis: Redis, clock: FrozenClock) -> None:
    pause = Pause(redis, "sms")
    await pause.begin(clock.now() + HOUR, clock.now())
    await pause.begin(clock.now() + HOUR / 2, clock.now())
    assert await pause.until() == clock.now() + HOUR


async def test_without_redis_a_worker_still_waits_rests_and_wakes(clock: FrozenClock) -> None:
    redis = open_redis(NOBODY_LISTENS)
    await wake(redis, ["sms"])
    sleeper = WakeUps(redis, "sms")
    await sleeper.wait(0)
    await sleeper.close()
    pause = Pause(redis, "sms")
    await pause.begin(clock.now() + HOUR, clock.now())
    assert await pause.until() == clock.now() + HOUR
    await redis.aclose()
