"""Sends notifications through the Bot API; Telegram's errors end here, as outcomes."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiogram.types import LinkPreviewOptions, Message
from aiohttp import ClientConnectorError

from core.clock import Clock
from notifier.channels.base import (
    SEND_SECONDS,
    Channel,
    Misconfigured,
    Outcome,
    OutgoingMessage,
    Receipt,
    RecipientGone,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)
from notifier.channels.telegram.bot import open_bot
from notifier.channels.telegram.text import html_of
from notifier.channels.way_out import TELEGRAM_WAY_OUT

REQUEST_SECONDS = SEND_SECONDS - 2
"""How long one call may take; shorter than `SEND_SECONDS`, so that the connection is closed in order."""

_OUTCOMES: tuple[tuple[type[AiogramError], Outcome], ...] = (
    (TelegramForbiddenError, RecipientGone("forbidden")),
    (TelegramUnauthorizedError, Misconfigured("token_refused")),
    # The token is a part of the address of a method: a malformed one is answered with "not found".
    (TelegramNotFound, Misconfigured("token_refused")),
    (TelegramMigrateToChat, Rejected("moved_to_supergroup")),
    (TelegramServerError, Retryable("server_error")),
    # To the library this is a kind of network error, so it stands before them.
    (TelegramEntityTooLarge, Rejected("too_long")),
    (TelegramNetworkError, Unanswered("no_answer")),
    (ClientDecodeError, Unanswered("no_answer")),
)
CHANNEL_NAME = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}")
"""Form of the name of a public channel, which is its address here."""
# Telegram has one error for all of these and tells them apart only in words.
_GONE = {
    "chat not found": "chat_not_found",
    "user not found": "user_not_found",
    "chat was deactivated": "chat_deactivated",
    "chat was deleted": "chat_deleted",
}
_REFUSED = {
    "can't parse entities": "markup",
    "message is too long": "too_long",
    "text is empty": "empty",
    "rights to send": "no_right_to_write",
    "need administrator rights": "no_right_to_write",
}


class TelegramChannel(Channel):
    """Writes to the chats of one bot; an address is the id of a chat as text, or the "@name" of a public channel."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        super().__init__("telegram")
        self._bot = bot
        self._clock = clock

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        chat_id = _chat_id(address)
        if chat_id is None:
            return Rejected("no_chat_id")
        # A channel of the city and staff have no settings.
        is_residents = bool(message.delivery_id) and isinstance(chat_id, int)
        text = html_of(message.title, message.body, TELEGRAM_WAY_OUT if is_residents else "")
        try:
            sent = await self._call(chat_id, text)
        except TelegramRetryAfter as error:
            return Throttled(self._clock.now() + timedelta(seconds=error.retry_after))
        except AiogramError as error:
            outcome = _outcome(error)
            return _of_the_citys_own(outcome) if isinstance(chat_id, str) else outcome
        return Receipt(str(sent.message_id))

    async def _call(self, chat_id: int | str, text: str) -> Message:
        """Send to a chat, or to where it has moved: a group that grows becomes another one."""
        method = SendMessage(
            chat_id=chat_id,
            text=text,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        try:
            return await self._bot(method)
        except TelegramMigrateToChat as moved:
            return await self._bot(method.model_copy(update={"chat_id": moved.migrate_to_chat_id}))


@asynccontextmanager
async def telegram_channel(token: str, api_base: str, clock: Clock) -> AsyncIterator[TelegramChannel]:
    """Open the channel on Telegram, or on the stand-in at `api_base`.

    Raises:
        ConfigurationError: the token does not look like one.
    """
    async with open_bot(token, api_base, REQUEST_SECONDS) as bot:
        yield TelegramChannel(bot, clock)


def _chat_id(address: str) -> int | str | None:
    """Return the chat of an address as the Bot API takes it, None for what is none."""
    if CHANNEL_NAME.fullmatch(address):
        return address
    try:
        return int(address)
    except ValueError:
        return None


def _outcome(error: AiogramError) -> Outcome:
    """Translate an error; Telegram's words may hold an id of a chat, so none of them go into a code."""
    if isinstance(error, TelegramBadRequest):
        return _refusal(error.message.lower())
    if isinstance(error, TelegramNetworkError) and isinstance(error.__cause__, ClientConnectorError):
        return Retryable("unreachable")
    return next((outcome for kind, outcome in _OUTCOMES if isinstance(error, kind)), Retryable("not_accepted"))


def _of_the_citys_own(outcome: Outcome) -> Outcome:
    """Return what a refusal means for a channel: it is the city's own, so staff can mend it."""
    match outcome:
        case RecipientGone():
            return RecipientGone("city_channel_lost", needs_staff=True)
        case Rejected("no_right_to_write"):
            return Rejected("city_channel_rights", needs_staff=True)
        case _:
            return outcome


def _refusal(said: str) -> Outcome:
    gone = next((code for words, code in _GONE.items() if words in said), None)
    if gone:
        return RecipientGone(gone)
    return Rejected(next((code for words, code in _REFUSED.items() if words in said), "bad_request"))
