"""Fetching updates, and the channel as a whole in both modes."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from aiogram import Bot
from structlog.testing import capture_logs

from bot.assistant import Assistant
from bot.guard import ChatGuard
from bot.telegram.channel import TelegramChannel
from bot.telegram.intake import Intake
from bot.telegram.polling import Poller
from bot.telegram.profile import Profile, Webhook
from bot.telegram.talk import Talk
from core.errors import ConfigurationError
from core.ratelimit import RateLimiter
from hub import bootstrap
from notifier.deliveries.signals import Pause
from tests.bot.telegram.conftest import NOTICE, FreePace, Line, departures_of
from tests.bot.telegram.updates import ANNA, JAN, pressed, said
from tests.fakes import FrozenClock
from tests.standins.telegram import TOKEN, TelegramStandIn

AIR = "jakie jest powietrze"


class Pauses:
    """Waits for nothing and remembers how long it should have waited."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, _stop: asyncio.Event, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def channel(
    api: TelegramStandIn, assistant: Assistant, foundation: bootstrap.Foundation, clock: FrozenClock
) -> TelegramChannel:
    departures = departures_of(foundation)
    return TelegramChannel(
        token=TOKEN,
        api_base=api.url,
        webhook=None,
        intake=Intake(foundation.database, clock),
        talk=Talk(assistant, foundation.texts, foundation.places, departures, NOTICE),
        departures=departures,
        profile=Profile.of(foundation.texts["telegram"]),
        guard=ChatGuard(RateLimiter(foundation.redis), 0, "k"),
        limits=FreePace(),
        pause=Pause(foundation.redis, "telegram"),
        database=foundation.database,
        clock=clock,
    )


async def _poll(bot: Bot, intake: Intake, api: TelegramStandIn, pauses: Pauses) -> None:
    """Poll until everything held is confirmed."""
    stop = asyncio.Event()
    work = asyncio.create_task(Poller(bot, intake, pauses).run(stop))
    await api.seen(lambda: not api.held)
    stop.set()
    await work


async def test_polling_answers_and_confirms(channel: TelegramChannel, api: TelegramStandIn) -> None:
    stop = asyncio.Event()
    work = asyncio.create_task(channel.run(stop))
    api.queue(said(AIR), pressed("subsidy_overview", JAN))
    await api.seen(lambda: bool(api.made(chat=ANNA) and api.made(chat=JAN)) and not api.held)
    api.queue(said(AIR))
    await api.seen(lambda: len(api.made("sendMessage", ANNA)) == 2)
    stop.set()
    await work
    assert api.webhook == ""
    first = api.made("getUpdates")[0].values
    assert first["timeout"] == 25
    assert "offset" not in first


async def test_a_webhook_is_announced_with_its_secret(channel: TelegramChannel, api: TelegramStandIn) -> None:
    hooked = replace(channel, webhook=Webhook("https://asystent.example/webhooks/telegram", "s3cret"))
    stop = asyncio.Event()
    work = asyncio.create_task(hooked.run(stop))
    await hooked.intake.accept([said(AIR)])
    await api.seen(lambda: bool(api.made() and api.made("setMyCommands")))
    stop.set()
    await work
    (call,) = api.made("setWebhook")
    assert (call.values["url"], call.values["secret_token"]) == (
        "https://asystent.example/webhooks/telegram",
        "s3cret",
    )
    assert api.made("getUpdates") == []


async def test_what_could_not_be_stored_is_fetched_again(line: Line) -> None:
    class Forgetful(Intake):
        failures = 2

        async def accept(self, updates: Iterable[dict[str, Any]]) -> int:
            if self.failures:
                self.failures -= 1
                raise OSError("the disk is full")
            return await super().accept(updates)

    pauses = Pauses()
    line.api.queue(said(AIR), said(AIR, JAN))
    await _poll(line.bot, Forgetful(line.database, FrozenClock()), line.api, pauses)
    assert pauses.seconds == [1.0, 2.0]
    assert await line.states() == ["received", "received"]


async def test_after_a_restart_nothing_is_answered_twice(line: Line) -> None:
    updates = (said(AIR), said(AIR, JAN))
    await line.hear(*updates)
    await _poll(line.bot, line.intake, line.api, Pauses())
    await line.answer_due()
    assert len(line.api.made("sendMessage")) == 2


async def test_after_a_quiet_week_lower_ids_are_fetched_too(line: Line) -> None:
    early, late = said(AIR), said(AIR, JAN)
    stop = asyncio.Event()
    line.api.queue(late)
    work = asyncio.create_task(Poller(line.bot, line.intake, Pauses(), long_poll_seconds=0).run(stop))
    await line.api.seen(lambda: len([c for c in line.api.made("getUpdates") if "offset" not in c.values]) > 1)
    line.api.queue(early)
    await line.api.seen(lambda: not line.api.held)
    stop.set()
    await work
    assert await line.states() == ["received", "received"]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (409, "let only one process poll"),
        (401, "correct TELEGRAM_BOT_TOKEN"),
        (404, "correct TELEGRAM_BOT_TOKEN"),
        (502, "messages cannot be fetched"),
    ],
)
async def test_trouble_is_told_once_and_tried_ever_more_slowly(line: Line, status: int, sentence: str) -> None:
    line.api.fail("getUpdates", status, times=9)
    line.api.queue(said(AIR))
    pauses = Pauses()
    with capture_logs() as logs:
        await _poll(line.bot, line.intake, line.api, pauses)
    assert pauses.seconds == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    told = [entry["event"] for entry in logs]
    assert len(told) == 2
    assert sentence in told[0]
    assert told[1] == "Telegram answers again"
    assert TOKEN not in str(logs)


async def test_telegram_says_how_long_to_wait(line: Line) -> None:
    line.api.fail("getUpdates", 429, retry_after=17)
    line.api.queue(said(AIR))
    pauses = Pauses()
    await _poll(line.bot, line.intake, line.api, pauses)
    assert pauses.seconds == [17.0]


async def test_a_wrong_token_stops_the_start_with_one_sentence(channel: TelegramChannel) -> None:
    with pytest.raises(ConfigurationError, match="TELEGRAM_BOT_TOKEN"):
        await replace(channel, token="to nie jest token").run(asyncio.Event())
