"""Messages that reached the provider but no answer left for: after an outage, a kill, a lost connection.

The provider keeps what residents sent, so nothing of it needs to be kept here. A reply goes out late rather than never;
were the process killed between sending it and noting it down, it would go out twice.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.sms.inbound import LATE_AFTER, IncomingSms, SmsInbox
from bot.sms.renderer import Sms
from core.clock import Clock
from core.logging import get_logger
from core.stopping import rest
from notifier.channels.twilio.mailbox import ReceivedSms, TwilioMailbox

_log = get_logger(__name__)

# Within a day, for so long the inbox knows what it has answered.
LOOKED_BACK = timedelta(hours=12)
"""Age up to which a message is answered late."""

_EVERY_SECONDS = 60.0
_SILENCE = Sms("", {})

Send = Callable[[str, str], Awaitable[bool]]
"""Sends a text to a number; False when it was surely not accepted and may be tried again."""


class MissedSms:
    """Looks regularly for messages without an answer, and answers them."""

    def __init__(self, mailbox: TwilioMailbox, inbox: SmsInbox, send: Send, clock: Clock) -> None:
        self._mailbox = mailbox
        self._inbox = inbox
        self._send = send
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Look once a minute until `stop` is set; a look that fails is logged, and the next one makes up for it."""
        while not stop.is_set():
            try:
                await self.look()
            except Exception as error:
                _log.warning("missed sms not looked for", error=type(error).__name__)
            await rest(stop, _EVERY_SECONDS)

    async def look(self) -> int:
        """Answer what was missed; return how many answers went out."""
        now = self._clock.now()
        answered = 0
        for kept in await self._mailbox.received(now - LOOKED_BACK, now - LATE_AFTER):
            sms = IncomingSms(kept.id, kept.number, kept.body, kept.media)
            if await self._inbox.begin_late(sms):
                answered += await self._answer(kept, sms)
        if answered:
            _log.warning("sms answered late", count=answered)
        return answered

    async def _answer(self, kept: ReceivedSms, sms: IncomingSms) -> bool:
        if await self._mailbox.has_reply(kept):
            await self._inbox.finish(sms, _SILENCE)
            return False
        answer = await self._inbox.compose(sms)
        if answer.text and not await self._send(sms.number, answer.text):
            return False
        await self._inbox.finish(sms, answer)
        return bool(answer.text)
