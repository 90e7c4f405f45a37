"""Limits of providers, in a time that moves only while somebody sleeps: never too fast, and hardly ever idle."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from core.clock import SystemClock
from core.redis import open_redis
from notifier.limits.port import Recipient, Refused
from notifier.limits.shared import SharedLimiter
from notifier.limits.sms import SmsCaps, SmsLimits
from notifier.limits.telegram import TelegramLimits
from tests.fakes import FrozenClock

NOBODY_LISTENS = "redis://127.0.0.1:9"


class Course:
    """A time that passes by sleeping; tasks side by side are woken in their order while `run` lets time pass."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller
        self._sleepers: list[tuple[int, int, asyncio.Event]] = []
        self._runs = False
        self._micro = 0

    @property
    def elapsed(self) -> float:
        return self._micro / 1_000_000

    def pass_to(self, micro: int) -> None:
        if micro > self._micro:
            self._traveller.shift(timedelta(microseconds=micro - self._micro))
            self._micro = micro

    async def sleep(self, seconds: float) -> None:
        at = self._micro + round(seconds * 1_000_000)
        if not self._runs:
            self.pass_to(at)
        elif at > self._micro:
            woken = asyncio.Event()
            self._sleepers.append((at, len(self._sleepers), woken))
            await woken.wait()

    async def run(self, *work: Coroutine[None, None, None], until: float) -> None:
        self._runs = True
        tasks = [asyncio.create_task(task) for task in work]
        while self.elapsed < until and not all(task.done() for task in tasks):
            for _ in range(30):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort(key=lambda sleeper: sleeper[:2])
                at, _, woken = self._sleepers.pop(0)
                self.pass_to(at)
                woken.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._sleepers.clear()
        self._runs = False


@pytest.fixture
async def course() -> AsyncIterator[Course]:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as traveller:
        yield Course(traveller)


@pytest.fixture
async def limiter(course: Course) -> AsyncIterator[SharedLimiter]:
    redis = open_redis(None)
    yield SharedLimiter(redis, SystemClock(), course.sleep)
    await redis.aclose()


def busiest(moments: list[float], window: float, costs: list[int] | None = None) -> int:
    """Return the most that went out in any window of so many seconds."""
    costs = costs or [1] * len(moments)
    return max(
        sum(cost for at, cost in zip(moments, costs, strict=True) if start <= at < start + window - 1e-7)
        for start in moments
    )


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
