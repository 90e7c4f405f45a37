"""Telegram's limits (core.telegram.org/bots/faq): 30 messages a second, one a second to a chat, 20 a minute to a group.

Replies and broadcasts share the bot's one limit. A share of it is the replies' own: in it they go ahead of broadcasts.
Beyond it a reply takes only what nobody has reserved at that moment, so that a flood of questions never stops alerts,
and without a broadcast replies have the whole limit. A broadcast never reserves more than a moment ahead.
"""

import asyncio
from datetime import timedelta
from hashlib import sha256

from core.ratelimit import Claim, Rate
from notifier.limits.port import Recipient, Refused
from notifier.limits.shared import SharedLimiter

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# One below Telegram's 30: then a call that is late by up to 34 ms still makes no second of more than 30.
_BOT_PER_SECOND = 29
_BOT = Rate(_SECOND / _BOT_PER_SECOND)
# What is left for alerts while residents flood the bot: 16 a second.
_REPLIES = Rate(_SECOND / 13)
# One below Telegram's 20 a minute, as above.
_CHAT, _GROUP = Rate(_SECOND), Rate(_MINUTE / 19)

_BROADCAST_AHEAD, _REPLY_AHEAD = timedelta(milliseconds=50), timedelta(seconds=5)
_ALL, _OWN = Claim("telegram:bot", _BOT), Claim("telegram:replies", _REPLIES)


class TelegramLimits:
    """The limits of one bot."""

    per_second = float(_BOT_PER_SECOND)

    def __init__(self, limiter: SharedLimiter) -> None:
        self._limiter = limiter
        # The reply that has waited longest in this process asks first.
        self._next_reply = asyncio.Lock()

    async def admit(self, recipient: Recipient, parts: int) -> Refused | None:
        """Return None as soon as a broadcast may send to the chat; a chat that just got a message must wait."""
        chat = _chat(recipient.address, parts)
        claims = [Claim(_ALL.key, _ALL.rate, parts), chat]
        return await self._limiter.wait(claims, _BROADCAST_AHEAD, {chat.key: "chat_limit"})

    async def reply(self, chat_id: int) -> None:
        """Return as soon as one reply may be sent to the chat."""
        # First the chat's own limit: nothing that all chats share is reserved while that one still holds.
        await self._limiter.wait([_chat(str(chat_id), 1)], _REPLY_AHEAD, {})
        async with self._next_reply:
            while until_own := await self._limiter.take(_OWN):
                until_free = await self._limiter.take(_ALL)
                if not until_free:
                    return
                await self._limiter.sleep(min(until_own, until_free))
            await self._limiter.wait([_ALL], _REPLY_AHEAD, {})


def _chat(chat_id: str, parts: int) -> Claim:
    # Groups have negative ids, channels go by their names.
    # Redis need not know whose chat it is.
    digest = sha256(chat_id.encode()).hexdigest()
    return Claim(f"telegram:chat:{digest}", _GROUP if chat_id.startswith(("-", "@")) else _CHAT, parts)
