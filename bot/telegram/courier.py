"""The way out to Telegram: its errors end here, as what the inbox must decide."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from aiogram import Bot
from aiogram.enums import ChatAction, ParseMode
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import AnswerCallbackQuery, GetMe, SendChatAction, SendMessage, TelegramMethod
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
    User,
)

from bot.telegram import wording
from bot.telegram.reading import Address
from bot.telegram.renderer import Outgoing
from core.clock import Clock
from core.errors import HubError

_MAX_DATA_BYTES = 64
KEY_MARK = "#"
"""First character of a key that travels in place of a long payload."""
# Most answers are there before anybody would notice; Telegram shows "typing" for five seconds.
_TYPING_AFTER_SECONDS, _TYPING_AGAIN_SECONDS = 0.3, 4.0
_T = TypeVar("_T")


class ThrottledError(HubError):
    """Telegram asked to send nothing until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Telegram asks to wait")
        self.until = until


class ChatGoneError(HubError):
    """The resident blocked the bot, or the chat is no more."""


class UnreachableError(HubError):
    """Telegram did not answer, or not in its own words; another try may go through."""


class RejectedError(HubError):
    """Telegram will not take this message, however often it is sent."""


class Courier:
    """Sends through one bot; after "too many requests" nothing goes out until the time that Telegram named."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._silent_until: datetime | None = None
        self._me: User | None = None

    async def me(self) -> User:
        """Return the bot's own user; Telegram is asked once.

        Raises:
            ThrottledError, UnreachableError: as for `send`.
        """
        if self._me is None:
            self._me = await self._call(GetMe())
        return self._me

    async def send(self, address: Address, message: Outgoing) -> None:
        """Send one message.

        Raises:
            ThrottledError: nothing may be sent before its `until`.
            ChatGoneError: nobody is there to read it.
            UnreachableError: it may or may not have arrived.
            RejectedError: the message itself is wrong.
        """
        reply_to = address.reply_to
        method = SendMessage(
            chat_id=address.chat_id,
            message_thread_id=address.thread_id,
            text=message.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=ReplyParameters(message_id=reply_to, allow_sending_without_reply=True)
            if reply_to
            else None,
            reply_markup=_keyboard(message),
        )
        await self._call(method)

    async def acknowledge(self, callback_id: str) -> None:
        """Tell Telegram that a press arrived; that it is too late to tell is no harm."""
        with suppress(HubError):
            await self._call(AnswerCallbackQuery(callback_query_id=callback_id))

    @asynccontextmanager
    async def typing(self, address: Address) -> AsyncIterator[None]:
        """Show "typing" for as long as the block takes."""
        showing = asyncio.create_task(self._show_typing(address))
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _show_typing(self, address: Address) -> None:
        await asyncio.sleep(_TYPING_AFTER_SECONDS)
        method = SendChatAction(chat_id=address.chat_id, message_thread_id=address.thread_id, action=ChatAction.TYPING)
        while True:
            with suppress(HubError):
                await self._call(method)
            await asyncio.sleep(_TYPING_AGAIN_SECONDS)

    async def _call(self, method: TelegramMethod[_T]) -> _T:
        if self._silent_until and self._clock.now() < self._silent_until:
            raise ThrottledError(self._silent_until)
        try:
            return await self._bot(method)
        except TelegramRetryAfter as error:
            self._silent_until = self._clock.now() + timedelta(seconds=error.retry_after)
            raise ThrottledError(self._silent_until) from error
        except (TelegramForbiddenError, TelegramMigrateToChat) as error:
            raise ChatGoneError(error.label) from error
        except (TelegramNetworkError, TelegramServerError, TelegramUnauthorizedError, ClientDecodeError) as error:
            raise UnreachableError(type(error).__name__) from error
        except TelegramAPIError as error:
            raise RejectedError(error.message) from error


def callback_data(payload: str) -> str:
    """Return what travels with a button: the payload, or a key in its place when Telegram would not take it."""
    if 0 < len(payload.encode()) <= _MAX_DATA_BYTES and not payload.startswith(KEY_MARK):
        return payload
    return f"{KEY_MARK}{sha256(payload.encode()).hexdigest()[:32]}"


def _keyboard(message: Outgoing) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """Return the keyboard of a message; one button a row, so that long titles stay readable."""
    if message.asks_location:
        key = KeyboardButton(text=wording.LOCATION_KEY, request_location=True)
        return ReplyKeyboardMarkup(keyboard=[[key]], resize_keyboard=True, one_time_keyboard=True)
    if not message.buttons:
        return None
    rows = [
        [InlineKeyboardButton(text=button.title, callback_data=callback_data(button.payload))]
        for button in message.buttons
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)
