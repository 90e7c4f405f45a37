"""Limits of SMS: by parts, by number and by range of numbers."""

import asyncio
from itertools import pairwise

import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import SystemClock
from core.redis import open_redis
from notifier.limits.port import Recipient
from notifier.limits.shared import SharedLimiter
from notifier.limits.sms import SmsCaps, SmsLimits
from tests.notifier.limits.course import Course, busiest


@settings(max_examples=20, deadline=None)
@given(parts=st.lists(st.integers(1, 4), min_size=40, max_size=120))
def test_sms_are_counted_in_parts(parts: list[int]) -> None:
    async def scenario() -> tuple[list[float], float]:
        with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as traveller:
            course, redis = Course(traveller), open_redis(None)
            caps = SmsCaps(parts_per_second=10, per_range_an_hour=1000)
            limits, sent = SmsLimits(SharedLimiter(redis, SystemClock(), course.sleep), caps), list[float]()

            async def send() -> None:
                for number, count in enumerate(parts):
                    await limits.admit(Recipient(f"+48601{number:06}", str(number)), count)
                    sent.append(course.elapsed)

            await course.run((send()), until=1000)
            await redis.aclose()
            return sent, course.elapsed

    sent, elapsed = asyncio.run(scenario())
    assert len(sent) == len(parts)
    # A message's parts leave together, so a second may end with a message that begins in it.
    assert busiest(sent, 1.0, parts) <= 10 + max(parts) - 1
    assert sum(parts[:-1]) >= 0.95 * 10 * elapsed - 1


async def test_a_number_gets_no_more_than_its_cap_in_any_day(course: Course, limiter: SharedLimiter) -> None:
    limits, got = SmsLimits(limiter, SmsCaps(per_number_a_day=4)), list[float]()
    number = Recipient("+48601234567", "digest")
    for hour in range(72):
        while await limits.admit(number, 1) is None:
            got.append(course.elapsed / 3600)
        course.pass_to((hour + 1) * 3_600_000_000)
    assert busiest(got, 24) <= 4
    assert len(got) >= 6
    assert all(later >= earlier for earlier, later in pairwise(got))


async def test_a_range_of_numbers_that_takes_too_many_is_stopped_and_others_go_on(limiter: SharedLimiter) -> None:
    limits = SmsLimits(limiter, SmsCaps(parts_per_second=1000, per_range_an_hour=20))
    taken = [await limits.admit(Recipient(f"+48666123{number:03}", str(number)), 1) for number in range(30)]
    assert sum(one is None for one in taken) <= 20
    assert taken[-1] is not None
    assert taken[-1].code == "range_cap"
    assert await limits.admit(Recipient("+48601234567", "other"), 1) is None
