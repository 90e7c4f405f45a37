"""The Telegram channel as one role: a bot, its inbox, and where its updates come from."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SetMyCommands, SetWebhook
from aiogram.types import BotCommand
from aiogram.utils.token import TokenValidationError

from bot.assistant import Assistant
from bot.guard import ChatGuard
from bot.telegram import wording
from bot.telegram.courier import Courier
from bot.telegram.inbox import Inbox
from bot.telegram.intake import ALLOWED_UPDATES, Intake
from bot.telegram.polling import Poller, Trouble, until_stopped
from bot.telegram.talk import Introduction, Talk
from core.clock import Clock
from core.database import Database
from core.errors import ConfigurationError

_REQUEST_SECONDS = 10.0


@dataclass(frozen=True)
class Webhook:
    """Where Telegram is to deliver, and the secret by which its calls are known."""

    url: str
    secret: str


@dataclass(frozen=True)
class TelegramChannel:
    """What the channel works with; without a webhook it polls."""

    token: str
    api_base: str
    webhook: Webhook | None
    intake: Intake
    assistant: Assistant
    introduction: Introduction
    guard: ChatGuard
    database: Database
    clock: Clock

    async def run(self, stop: asyncio.Event) -> None:
        """Take messages in and answer them until `stop` is set; what is being answered then is finished.

        Raises:
            ConfigurationError: the token does not look like one.
        """
        async with telegram_bot(self.token, self.api_base) as bot:
            talk = Talk(self.assistant, self.introduction)
            inbox = Inbox(self.database, self.clock, talk, Courier(bot, self.clock), self.guard)
            async with asyncio.TaskGroup() as group:
                group.create_task(inbox.run(self.intake.stored, stop))
                group.create_task(introduce(bot, self.webhook, stop))
                if self.webhook is None:
                    group.create_task(Poller(bot, self.intake).run(stop))


@asynccontextmanager
async def telegram_bot(token: str, api_base: str) -> AsyncIterator[Bot]:
    """Open a bot on Telegram, or on the stand-in at `api_base`.

    Raises:
        ConfigurationError: the token does not look like one.
    """
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_base), timeout=_REQUEST_SECONDS)
    try:
        bot = Bot(token, session)
    except TokenValidationError as error:
        message = "TELEGRAM_BOT_TOKEN is no token of a bot: copy it again from BotFather."
        raise ConfigurationError(message) from error
    try:
        yield bot
    finally:
        await session.close()


async def introduce(bot: Bot, webhook: Webhook | None, stop: asyncio.Event) -> None:
    """Tell Telegram the bot's commands and, in webhook mode, where to deliver; try until it took them."""
    commands = [BotCommand(command=name, description=said) for name, said in wording.COMMANDS.items()]
    trouble = Trouble()
    while not stop.is_set():
        try:
            if webhook:
                await bot(
                    SetWebhook(url=webhook.url, secret_token=webhook.secret, allowed_updates=list(ALLOWED_UPDATES))
                )
            await bot(SetMyCommands(commands=commands))
        except Exception as error:
            await until_stopped(stop, trouble.seconds(error))
        else:
            trouble.over()
            return
