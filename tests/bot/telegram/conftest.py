"""The channel over the real assistant, a real database and the stand-in of the Bot API."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy import select

from bot.assistant import Assistant
from bot.guard import ChatGuard
from bot.telegram.attendant import Attendant
from bot.telegram.courier import Courier
from bot.telegram.departures import Departures
from bot.telegram.inbox import Inbox
from bot.telegram.intake import Intake
from bot.telegram.models import UpdateRow
from bot.telegram.talk import PrivacyNotice, Talk
from core.database import Database
from core.ratelimit import RateLimiter
from hub import bootstrap
from hub.messaging.channels import staff_notices
from notifier.channels.telegram.bot import open_bot
from notifier.deliveries.signals import Pause
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock
from tests.standins.telegram import TOKEN, TelegramStandIn
from tests.standins.telegram_spec import SPEC_FILE


@dataclass(frozen=True)
class _Kept:
    conversation_days: int = 90
    handoff_days: int = 90


NOTICE = PrivacyNotice(_Kept(), "https://asystent.example")


class FreePace:
    """Limits that let everything through at once."""

    async def reply(self, chat_id: int) -> None:
        pass


@dataclass
class Line:
    """One process of the channel."""

    bot: Bot
    intake: Intake
    inbox: Inbox
    database: Database
    api: TelegramStandIn

    async def hear(self, *updates: dict[str, Any]) -> None:
        """Store updates and answer all that is due."""
        self.api.queue(*updates)
        await self.intake.accept(updates)
        await self.answer_due()

    async def answer_due(self) -> None:
        while running := await self.inbox.start_due():
            await asyncio.wait(running)

    async def rows(self) -> list[UpdateRow]:
        async with self.database.read() as session:
            return list(await session.scalars(select(UpdateRow).order_by(UpdateRow.update_id)))

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]


@pytest.fixture(scope="session")
def stand_in() -> Iterator[TelegramStandIn]:
    """The server of the Bot API, started once for a run."""
    if not SPEC_FILE.exists():
        pytest.skip("the specification of the Bot API is not at hand (shared/specs)")
    with TelegramStandIn() as server:
        yield server


@pytest.fixture
def api(stand_in: TelegramStandIn) -> Iterator[TelegramStandIn]:
    """The Bot API; a call that breaks its specification fails the test."""
    stand_in.reset()
    yield stand_in
    assert stand_in.violations == []


@pytest.fixture
async def bot(api: TelegramStandIn) -> AsyncIterator[Bot]:
    async with open_bot(TOKEN, api.url, 10) as opened:
        yield opened


@pytest.fixture
def line(
    api: TelegramStandIn,
    bot: Bot,
    assistant: Assistant,
    foundation: bootstrap.Foundation,
    clock: FrozenClock,
) -> Line:
    return make_line(api, bot, assistant, foundation, clock)


@pytest.fixture
def another(
    api: TelegramStandIn, bot: Bot, assistant: Assistant, foundation: bootstrap.Foundation, clock: FrozenClock
) -> Callable[..., Line]:
    """Make another process on the same database."""
    return lambda **options: make_line(api, bot, assistant, foundation, clock, **options)


def make_line(
    api: TelegramStandIn,
    bot: Bot,
    assistant: Assistant,
    foundation: bootstrap.Foundation,
    clock: FrozenClock,
    per_minute: int = 0,
) -> Line:
    """Return a process of its own on the same database."""
    guard = ChatGuard(RateLimiter(foundation.redis), per_minute, "k")
    departures = departures_of(foundation)
    talk = Talk(assistant, foundation.texts, foundation.places, departures, NOTICE)
    courier = Courier(bot, clock, FreePace(), Pause(foundation.redis, "telegram"))
    attendant = Attendant(foundation.database, clock, talk, courier, guard, departures)
    inbox = Inbox(foundation.database, clock, attendant)
    return Line(bot, Intake(foundation.database, clock), inbox, foundation.database, api)


def departures_of(foundation: bootstrap.Foundation) -> Departures:
    """Return what the product knows of residents who blocked the bot."""
    subscriptions = Subscriptions(bootstrap.address_vault(foundation.settings), foundation.clock)
    return Departures(foundation.database, subscriptions, foundation.clock, staff_notices(foundation))
