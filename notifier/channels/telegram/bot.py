"""Opens a bot of the Bot API; notifications and replies go out through bots that are opened here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.utils.token import TokenValidationError

from core.errors import ConfigurationError


@asynccontextmanager
async def open_bot(token: str, api_base: str, request_seconds: float) -> AsyncIterator[Bot]:
    """Open a bot on Telegram, or on the stand-in at `api_base`; no call takes longer than `request_seconds`.

    Raises:
        ConfigurationError: the token does not look like one.
    """
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_base), timeout=request_seconds)
    try:
        bot = Bot(token, session)
    except TokenValidationError as error:
        message = "TELEGRAM_BOT_TOKEN is no token of a bot: copy it again from BotFather."
        raise ConfigurationError(message) from error
    try:
        yield bot
    finally:
        await session.close()
