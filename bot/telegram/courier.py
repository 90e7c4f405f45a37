"""The way out to Telegram: its errors end here, as what whoever answers must decide."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, GetMe, SendChatAction, TelegramMethod
from aiogram.types import User

from bot.telegram.errors import ChatGoneError, MovedError, RejectedError, ThrottledError, UnreachableError
from bot.telegram.methods import method_of
from bot.telegram.outgoing import Outgoing
from bot.telegram.reading import Address
from core.clock import Clock
from core.errors import HubError
from core.stopping import rest

# Most answers are there before anybody would notice; Telegram shows "typing" for five seconds.
_TYPING_AFTER_SECONDS, _TYPING_AGAIN_SECONDS = 0.3, 4.0
_ALREADY_SO = "message is not modified"
_T = TypeVar("_T")


class ReplyLimits(Protocol):
    """The share of the bot's limits that replies have."""

    async def reply(self, chat_id: int) -> None:
        """Return as soon as one reply may be sent to the chat."""
        ...


class BotPause(Protocol):
    """The moment until which the whole bot must be silent, known to everything that sends through it."""

    async def until(self) -> datetime:
        """Return the moment; it lies in the past when there is no pause."""
        ...

    async def begin(self, until: datetime, now: datetime) -> None:
        """Let the bot be silent."""
        ...


class Courier:
    """Sends through one bot at the pace of its limits, and not at all while it must be silent."""

    def __init__(self, bot: Bot, clock: Clock, limits: ReplyLimits, pause: BotPause) -> None:
        self._bot = bot
        self._clock = clock
        self._limits = limits
        self._pause = pause
        self._moved: dict[int, int] = {}
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
        """Send one message; what Telegram does not take as picture, place or change is sent as a text.

        Raises:
            ThrottledError: nothing may be sent before its `until`.
            ChatGoneError: nobody is there to read it.
            UnreachableError: it may or may not have arrived.
            RejectedError: the message itself is wrong.
        """
        try:
            await self._deliver(address, message)
        except RejectedError as refusal:
            plain = message.plain()
            if message.edits is not None and _ALREADY_SO in str(refusal):
                return
            if plain is None:
                raise
            await self._deliver(address, plain)

    def note_move(self, old_chat: int, new_chat: int) -> None:
        """Send to the new chat from now on: a group that grows becomes another one."""
        self._moved[old_chat] = new_chat

    async def acknowledge(self, callback_id: str) -> None:
        """Tell Telegram that a press arrived; that it is too late to tell is no harm.

        Raises:
            ThrottledError: nothing may be sent before its `until`.
        """
        with suppress(UnreachableError, RejectedError, ChatGoneError):
            await self._call(AnswerCallbackQuery(callback_query_id=callback_id))

    async def close_keyboard(self, address: Address, message_id: int) -> None:
        """Take the buttons off a message of the bot; one that is gone or has none is no harm."""
        with suppress(HubError):
            await self._call(EditMessageReplyMarkup(chat_id=self._at(address).chat_id, message_id=message_id))

    @asynccontextmanager
    async def typing(self, address: Address) -> AsyncIterator[None]:
        """Show "typing" for as long as the block takes."""
        over = asyncio.Event()
        showing = asyncio.create_task(self._show_typing(address, over))
        try:
            yield
        finally:
            # Not by cancelling: `asyncio.wait_for` of Python 3.11, which Redis's client uses, may swallow that.
            over.set()
            await asyncio.gather(showing, return_exceptions=True)

    async def _show_typing(self, address: Address, over: asyncio.Event) -> None:
        await rest(over, _TYPING_AFTER_SECONDS)
        there = self._at(address)
        method = SendChatAction(chat_id=there.chat_id, message_thread_id=there.thread_id, action=ChatAction.TYPING)
        while not over.is_set():
            with suppress(HubError):
                await self._call(method)
            await rest(over, _TYPING_AGAIN_SECONDS)

    async def _deliver(self, address: Address, message: Outgoing) -> None:
        await self._check_pause()
        there = self._at(address)
        await self._limits.reply(there.chat_id)
        try:
            await self._call(method_of(there, message if there is address else replace(message, edits=None)))
        except MovedError as moved:
            self.note_move(address.chat_id, moved.chat_id)
            await self._call(method_of(self._at(address), replace(message, edits=None)))

    def _at(self, address: Address) -> Address:
        """Return where a chat is now; in the new chat the old messages and threads have other numbers."""
        new_chat = self._moved.get(address.chat_id)
        return address if new_chat is None else Address(new_chat, address.is_private)

    async def _check_pause(self) -> None:
        until = await self._pause.until()
        if self._clock.now() < until:
            raise ThrottledError(until)

    async def _call(self, method: TelegramMethod[_T]) -> _T:
        await self._check_pause()
        try:
            return await self._bot(method)
        except TelegramRetryAfter as error:
            now = self._clock.now()
            until = now + timedelta(seconds=error.retry_after)
            await self._pause.begin(until, now)
            raise ThrottledError(until) from error
        except TelegramMigrateToChat as error:
            raise MovedError(error.migrate_to_chat_id) from error
        except TelegramForbiddenError as error:
            raise ChatGoneError(error.label) from error
        except TelegramEntityTooLarge as error:
            # To the library this is a kind of network error, so it stands before them.
            raise RejectedError(error.message) from error
        except (TelegramNetworkError, TelegramServerError, TelegramUnauthorizedError, ClientDecodeError) as error:
            raise UnreachableError(type(error).__name__) from error
        except TelegramAPIError as error:
            raise RejectedError(error.message) from error
