"""Asks Telegram for updates; what was not stored is asked for again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramNotFound, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.methods import DeleteWebhook, TelegramMethod

from bot.telegram.intake import ALLOWED_UPDATES, Intake
from core.logging import get_logger
from core.stopping import rest, until

_log = get_logger(__name__)

LONG_POLL_SECONDS = 25
_GRACE_SECONDS = 10
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 60.0
_REFUSED_TOKEN = "Telegram refuses the bot's token: correct TELEGRAM_BOT_TOKEN"  # noqa: S105 - a sentence, no token
_TOLD: dict[type[Exception], str] = {
    TelegramConflictError: "somebody else asks Telegram for this bot's messages: let only one process poll",
    TelegramUnauthorizedError: _REFUSED_TOKEN,
    TelegramNotFound: _REFUSED_TOKEN,
}

Pause = Callable[[asyncio.Event, float], Awaitable[None]]


class _GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` as it came: one update of an unknown shape must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int
    allowed_updates: list[str]


class Trouble:
    """Tells an outage once when it begins and once when it is over, and says how long to wait meanwhile."""

    def __init__(self) -> None:
        self._told: str | None = None
        self._pause = _FIRST_PAUSE_SECONDS

    def over(self) -> None:
        """Note that Telegram answered."""
        if self._told:
            _log.info("Telegram answers again")
        self._told, self._pause = None, _FIRST_PAUSE_SECONDS

    def seconds(self, error: Exception) -> float:
        """Note an error; return how long to wait before the next try."""
        if isinstance(error, TelegramRetryAfter):
            return float(error.retry_after)
        told = _TOLD.get(type(error), "messages cannot be fetched from Telegram")
        if told != self._told:
            _log.error(told, error=type(error).__name__)
        self._told = told
        pause, self._pause = self._pause, min(self._pause * 2, _LONGEST_PAUSE_SECONDS)
        return pause


class Poller:
    """Fetches updates by long polling."""

    def __init__(
        self, bot: Bot, intake: Intake, pause: Pause = rest, long_poll_seconds: int = LONG_POLL_SECONDS
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._pause = pause
        self._seconds = long_poll_seconds
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until `stop` is set; a request that waits then is given up, Telegram keeps what it holds."""
        await until(stop, self._fetch_for_ever(stop))

    async def _fetch_for_ever(self, stop: asyncio.Event) -> None:
        trouble, has_webhook = Trouble(), True
        while not stop.is_set():
            try:
                if has_webhook:
                    await self._bot(DeleteWebhook())
                    has_webhook = False
                await self._fetch()
                trouble.over()
            except Exception as error:
                await self._pause(stop, trouble.seconds(error))

    async def _fetch(self) -> None:
        """Store what Telegram holds; the next call confirms it."""
        method = _GetRawUpdates(offset=self._offset, timeout=self._seconds, allowed_updates=list(ALLOWED_UPDATES))
        updates = await self._bot(method, request_timeout=self._seconds + _GRACE_SECONDS)
        if updates:
            await self._intake.accept(updates)
            self._offset = max(int(update["update_id"]) for update in updates) + 1
        else:
            # All is confirmed. After a quiet week ids begin anew, perhaps lower, and an offset would pass them over.
            self._offset = None
