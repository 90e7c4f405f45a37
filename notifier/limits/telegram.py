"""Telegram's limits (core.telegram.org/bots/faq): 30 messages a second, one a second to a chat, 20 a minute to a group.

Replies and broadcasts share the bot's one limit. Replies reserve their place ahead and so go first, as far as their
own share; a broadcast takes what is left, never more than a moment ahead.
"""

from datetime import timedelta

from core.ratelimit import Claim, Rate
from notifier.limits.port import Recipient, Refused
from notifier.limits.shared import SharedLimiter

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# One below Telegram's 30: then a call that is late by up to 34 ms still makes no second of more than 30.
_BOT_PER_SECOND = 29
_BOT = Rate(_SECOND / _BOT_PER_SECOND)
_REPLIES = Rate(_SECOND / 10)
# One below Telegram's 20 a minute, as above.
_CHAT, _GROUP = Rate(_SECOND), Rate(_MINUTE / 19)

_BROADCAST_AHEAD, _REPLY_AHEAD = timedelta(milliseconds=50), timedelta(seconds=5)


class TelegramLimits:
    """The limits of one bot."""

    per_second = float(_BOT_PER_SECOND)

    def __init__(self, limiter: SharedLimiter) -> None:
        self._limiter = limiter

    async def admit(self, recipient: Recipient, parts: int) -> Refused | None:
        """Return None as soon as a broadcast may send to the chat; a chat that just got a message must wait."""
        chat = _chat(recipient.address, parts)
        claims = [Claim("telegram:bot", _BOT, parts), chat]
        return await self._limiter.wait(claims, _BROADCAST_AHEAD, {chat.key: "chat_limit"})

    async def reply(self, chat_id: int) -> None:
        """Return as soon as one reply may be sent to the chat."""
        # One after the other: what all chats share must not be reserved for when this chat's own limit still holds.
        for claim in (_chat(str(chat_id), 1), Claim("telegram:replies", _REPLIES), Claim("telegram:bot", _BOT)):
            await self._limiter.wait([claim], _REPLY_AHEAD, {})


def _chat(chat_id: str, parts: int) -> Claim:
    # Groups have negative ids.
    return Claim(f"telegram:chat:{chat_id}", _GROUP if chat_id.startswith("-") else _CHAT, parts)
