"""A course of time, and the limiter that sleeps in it."""

from collections.abc import AsyncIterator

import pytest
import time_machine

from core.clock import SystemClock
from core.redis import open_redis
from notifier.limits.shared import SharedLimiter
from tests.notifier.limits.course import Course


@pytest.fixture
async def course() -> AsyncIterator[Course]:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as traveller:
        yield Course(traveller)


@pytest.fixture
async def limiter(course: Course) -> AsyncIterator[SharedLimiter]:
    redis = open_redis(None)
    yield SharedLimiter(redis, SystemClock(), course.sleep)
    await redis.aclose()
