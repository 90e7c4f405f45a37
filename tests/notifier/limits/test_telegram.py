"""Limits of Telegram: never too fast, and hardly ever idle."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta

import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from core.clock import SystemClock
from core.redis import open_redis
from notifier.limits.port import Recipient, Refused
from notifier.limits.shared import SharedLimiter
from notifier.limits.telegram import TelegramLimits
from tests.fakes import FrozenClock
from tests.notifier.limits.course import Course, busiest

NOBODY_LISTENS = "redis://127.0.0.1:9"


async def test_a_broadcast_uses_nearly_all_of_telegrams_limit_and_never_more(
    course: Course, limiter: SharedLimiter
) -> None:
    limits, sent = TelegramLimits(limiter), list[float]()

    async def worker(number: int) -> None:
        for chat in range(1000):
            await limits.admit(Recipient(f"{number}{chat:04}", ""), 1)
            sent.append(course.elapsed)

    await course.run(*((worker(number)) for number in range(1, 4)), until=20)
    assert busiest(sent, 1.0) <= 30
    assert len(sent) >= 0.95 * 30 * 20


async def test_a_reply_waits_for_moments_only_while_broadcasts_fill_the_limit(
    course: Course, limiter: SharedLimiter
) -> None:
    limits, sent, waits = TelegramLimits(limiter), list[float](), list[float]()

    async def broadcast(number: int) -> None:
        for chat in range(1000):
            await limits.admit(Recipient(f"{number}{chat:04}", ""), 1)
            sent.append(course.elapsed)

    async def replies() -> None:
        for chat in range(40):
            await course.sleep(0.2)
            asked = course.elapsed
            await limits.reply(chat)
            waits.append(course.elapsed - asked)
            sent.append(course.elapsed)

    tasks = [(broadcast(number)) for number in range(1, 4)] + [(replies())]
    await course.run(*tasks, until=12)
    assert len(waits) == 40
    assert max(waits) < 0.25
    assert busiest(sent, 1.0) <= 30
    assert len(sent) >= 0.95 * 30 * 12


async def test_replies_leave_room_for_alerts(course: Course, limiter: SharedLimiter) -> None:
    limits, alerts = TelegramLimits(limiter), list[float]()

    async def flood(number: int) -> None:
        for chat in range(1000):
            await limits.reply(number * 10_000 + chat)

    async def broadcast() -> None:
        for chat in range(1000):
            await limits.admit(Recipient(f"9{chat:04}", ""), 1)
            alerts.append(course.elapsed)

    await course.run(*((flood(n)) for n in range(8)), (broadcast()), until=10)
    assert len(alerts) >= 150


async def test_without_a_broadcast_replies_have_the_whole_limit(course: Course, limiter: SharedLimiter) -> None:
    processes, sent = [TelegramLimits(limiter), TelegramLimits(limiter)], list[float]()

    async def reply(chat: int) -> None:
        await processes[chat % 2].reply(chat)
        sent.append(course.elapsed)

    await course.run(*(reply(chat) for chat in range(200)), until=20)
    assert len(sent) == 200
    assert sent[-1] <= 200 / (0.95 * 30)
    assert busiest(sent, 1.0) <= 30


@settings(max_examples=8, deadline=None)
@given(
    broadcasts=st.integers(0, 3),
    begins=st.floats(0, 2),
    questions=st.lists(st.tuples(st.floats(0, 0.3), st.integers(1, 20)), min_size=1, max_size=9),
)
def test_whoever_writes_when_the_limit_is_kept_and_used(
    broadcasts: int, begins: float, questions: list[tuple[float, int]]
) -> None:
    alerts, asked, answered = asyncio.run(telegram_run(broadcasts, begins, questions))
    assert busiest(alerts + answered, 1.0) <= 30
    assert len(answered) == len(asked)
    if broadcasts:
        # A reservation a moment before the end of the run was not sent any more.
        assert len([at for at in alerts + answered if at >= begins]) >= 0.95 * 30 * (RUN_SECONDS - begins) - 1
        assert len(alerts) >= 15 * (RUN_SECONDS - begins)


RUN_SECONDS = 18.0


async def telegram_run(
    broadcasts: int, begins: float, questions: list[tuple[float, int]]
) -> tuple[list[float], list[float], list[float]]:
    """Return when alerts went out, when residents asked, and when they were answered."""
    alerts, asked, answered = list[float](), list[float](), list[float]()
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as traveller:
        course, redis = Course(traveller), open_redis(None)
        limiter = SharedLimiter(redis, SystemClock(), course.sleep)
        bot, worker = TelegramLimits(limiter), TelegramLimits(limiter)

        async def broadcast(number: int) -> None:
            await course.sleep(begins)
            for chat in range(1000):
                await worker.admit(Recipient(f"{number}{chat:04}", ""), 1)
                alerts.append(course.elapsed)

        async def resident(chat: int, at: float) -> None:
            await course.sleep(at)
            asked.append(course.elapsed)
            await bot.reply(chat)
            answered.append(course.elapsed)

        at, residents = 0.0, list[Coroutine[None, None, None]]()
        for gap, count in questions:
            at += gap
            residents += [resident(len(residents) + number, at) for number in range(count)]
        await course.run(*(broadcast(number) for number in range(1, broadcasts + 1)), *residents, until=RUN_SECONDS)
        await redis.aclose()
    return alerts, asked, answered


async def test_one_chat_gets_one_message_a_second_and_a_group_twenty_a_minute(
    course: Course, limiter: SharedLimiter
) -> None:
    limits = TelegramLimits(limiter)
    for chat, count, window, most in ((7, 6, 1.0, 1), (-7, 45, 60.0, 20)):
        sent = list[float]()

        async def talk(chat: int = chat, count: int = count, sent: list[float] = sent) -> None:
            for _ in range(count):
                await limits.reply(chat)
                sent.append(course.elapsed)

        await course.run((talk()), until=course.elapsed + 300)
        assert len(sent) == count
        assert busiest(sent, window) <= most


async def test_a_chat_that_just_got_a_message_holds_up_nobody(limiter: SharedLimiter) -> None:
    limits = TelegramLimits(limiter)
    assert await limits.admit(Recipient("7", ""), 1) is None
    refused = await limits.admit(Recipient("7", ""), 1)
    assert refused is not None
    assert (refused.code, round(refused.wait.total_seconds(), 3)) == ("chat_limit", 1.0)


async def test_without_redis_messages_go_out_slowly_and_none_is_lost() -> None:
    clock = FrozenClock()
    redis: Redis = open_redis(NOBODY_LISTENS)

    async def sleep(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))

    limits = TelegramLimits(SharedLimiter(redis, clock, sleep))
    refused: list[Refused | None] = [await limits.admit(Recipient(str(chat), ""), 1) for chat in range(60)]
    assert not any(refused)
    assert 7 < clock.monotonic() < 9
    await redis.aclose()
