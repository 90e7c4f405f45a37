"""Replies go out at the pace of the bot's limits, and no chat waits for another one."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import datetime

import pytest
from aiogram import Bot
from redis.asyncio import Redis

from bot.telegram.courier import Courier
from bot.telegram.errors import ThrottledError
from bot.telegram.outgoing import Outgoing
from bot.telegram.reading import Address
from hub import bootstrap
from notifier.deliveries.signals import Pause
from tests.bot.telegram.updates import ANNA, JAN
from tests.fakes import FrozenClock
from tests.standins.telegram import TelegramStandIn

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MESSAGE = Outgoing("Tak")


class Turnstile:
    """Limits that let one chat wait until it is opened."""

    def __init__(self) -> None:
        self.asked: Counter[int] = Counter()
        self.open = asyncio.Event()

    async def reply(self, chat_id: int) -> None:
        self.asked[chat_id] += 1
        if chat_id == ANNA:
            await self.open.wait()


class Deaf(Pause):
    """A pause whose client swallows being cancelled, as Redis's may in Python 3.11."""

    def __init__(self, redis: Redis) -> None:
        super().__init__(redis, "telegram")
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def until(self) -> datetime:
        self.asked.set()
        with suppress(asyncio.CancelledError):
            await self.answers.wait()
        return await super().until()


@pytest.fixture
def limits() -> Turnstile:
    return Turnstile()


@pytest.fixture
def pause(foundation: bootstrap.Foundation) -> Pause:
    return Pause(foundation.redis, "telegram")


@pytest.fixture
def courier(bot: Bot, clock: FrozenClock, limits: Turnstile, pause: Pause) -> Courier:
    return Courier(bot, clock, limits, pause)


def _to(chat: int) -> Address:
    return Address(chat, is_private=True)


async def test_a_chat_that_must_wait_delays_no_other(courier: Courier, limits: Turnstile, api: TelegramStandIn) -> None:
    waiting = asyncio.create_task(courier.send(_to(ANNA), MESSAGE))
    for _ in range(3):
        await courier.send(_to(JAN), MESSAGE)
    assert (len(api.made(chat=JAN)), api.made(chat=ANNA)) == (3, [])
    limits.open.set()
    await waiting
    assert len(api.made(chat=ANNA)) == 1
    assert limits.asked == {ANNA: 1, JAN: 3}


async def test_a_chat_whose_provider_hangs_delays_no_other(courier: Courier, api: TelegramStandIn) -> None:
    api.stall(JAN)
    hanging = asyncio.create_task(courier.send(_to(JAN), MESSAGE))
    await courier.send(_to(7), MESSAGE)
    assert not hanging.done()
    api.release(JAN)
    await hanging


async def test_an_answer_never_waits_for_typing_to_hear_that_it_is_over(
    bot: Bot, clock: FrozenClock, limits: Turnstile, foundation: bootstrap.Foundation
) -> None:
    pause = Deaf(foundation.redis)
    async with asyncio.timeout(60):
        async with Courier(bot, clock, limits, pause).typing(_to(JAN)):
            await pause.asked.wait()
            pause.answers.set()


async def test_a_pause_that_broadcasts_met_holds_replies(
    courier: Courier, limits: Turnstile, pause: Pause, clock: FrozenClock, api: TelegramStandIn
) -> None:
    now = clock.now()
    await pause.begin(now.replace(minute=59), now)
    with pytest.raises(ThrottledError) as paused:
        await courier.send(_to(JAN), MESSAGE)
    assert paused.value.until == now.replace(minute=59)
    assert (api.calls, limits.asked[JAN]) == ([], 0)


async def test_a_pause_that_replies_met_holds_broadcasts(
    courier: Courier, foundation: bootstrap.Foundation, clock: FrozenClock, api: TelegramStandIn
) -> None:
    api.fail("sendMessage", 429, retry_after=9)
    with pytest.raises(ThrottledError):
        await courier.send(_to(JAN), MESSAGE)
    assert (await Pause(foundation.redis, "telegram").until() - clock.now()).total_seconds() == 9
