"""An SMS comes in, an SMS goes back: each message is answered once, however often it is delivered."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from bot.assistant import Assistant
from bot.context import LIFETIME
from bot.guard import ChatGuard
from bot.message import MAX_TEXT, IncomingMessage, clean_text
from bot.sms.renderer import Sms, render
from bot.sms.repository import choices_before, claim, find, store_answer
from bot.sms.words import pressed
from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from core.secrets import keyed_digest
from core.sms_text import to_gsm

_log = get_logger(__name__)

KEPT = timedelta(hours=24)
"""How long an answer is kept for the case that its question is delivered again."""

_CHANNEL = "sms"
_E164 = re.compile(r"\+[1-9]\d{7,14}")
# Twilio waits 15 s for an answer.
_DEADLINE_SECONDS = 10
# A message delivered again while the first delivery is still being answered waits for that answer, this long at most.
_PATIENCE = timedelta(seconds=5)
_LOOK_EVERY_SECONDS = 0.25

_EMPTY = "Wiadomość jest pusta. Proszę napisać pytanie, na przykład: jakie jest powietrze?"
_ONLY_MEDIA = "Zdjęć i plików nie odczytuję. Proszę napisać pytanie, na przykład: jakie jest powietrze?"
_TOO_LONG = f"Wiadomość jest za długa (najwyżej {MAX_TEXT} znaków). Proszę ją skrócić. Zagrożenie życia: 112."
_TOO_MANY = "Za dużo wiadomości naraz. Proszę spróbować za kilka minut. Zagrożenie życia: 112."
_FAILURE = "Nie udało się odpowiedzieć. Proszę spróbować za kilka minut. Zagrożenie życia: 112."


@dataclass(frozen=True)
class IncomingSms:
    """An SMS as the provider hands it over; `number` is the sender's, `media` whether files came with it."""

    id: str
    # Left out of what a traceback may show.
    number: str = field(repr=False)
    body: str = field(repr=False)
    media: bool = False


class SmsInbox:
    """Answers SMS; of a phone number only a keyed digest ever reaches the database, and nothing the log."""

    def __init__(
        self,
        assistant: Assistant,
        database: Database,
        clock: Clock,
        guard: ChatGuard,
        notice_guard: ChatGuard,
        secret_key: str,
    ) -> None:
        self._assistant = assistant
        self._database = database
        self._clock = clock
        self._guard = guard
        self._notice_guard = notice_guard
        self._secret_key = secret_key

    async def reply(self, sms: IncomingSms) -> str | None:
        """Return the text to send back; None for silence: to senders without a number, and to a flood."""
        if not _E164.fullmatch(sms.number):
            return None
        try:
            async with asyncio.timeout(_DEADLINE_SECONDS):
                return await self._reply(sms)
        except Exception as error:
            _log.error("sms not answered", error=type(error).__name__, exc_info=error)
            return to_gsm(_FAILURE)

    async def _reply(self, sms: IncomingSms) -> str | None:
        message = self._digest(sms.id)
        if (answered := await self._answered(message)) is not None:
            return answered
        if await self._guard.seconds_to_wait(_sender(sms)):
            # Two machines that answer each other would never end: the notice itself is limited, too.
            waits = await self._notice_guard.seconds_to_wait(f"notice {_sender(sms)}")
            return None if waits else to_gsm(_TOO_MANY)
        if not await self._claimed(message, sms) and (other := await self._answer_of_other(message)) is not None:
            return other
        answer = await self._compose(sms)
        async with self._database.write() as session:
            await store_answer(session, message, answer.text, answer.choices)
        return answer.text

    async def _compose(self, sms: IncomingSms) -> Sms:
        text = clean_text(sms.body)
        if not text:
            return Sms(to_gsm(_ONLY_MEDIA if sms.media else _EMPTY), {})
        if len(text) > MAX_TEXT:
            return Sms(to_gsm(_TOO_LONG), {})
        button = pressed(text, await self._choices(sms))
        message = IncomingMessage(_CHANNEL, None if button else text, button, sender=_sender(sms))
        reply = await self._assistant.reply(message, None)
        return render(reply.answers[0])

    async def _choices(self, sms: IncomingSms) -> dict[str, str]:
        async with self._database.read() as session:
            since = self._clock.now() - LIFETIME
            return dict(await choices_before(session, self._digest(_sender(sms)), since))

    async def _claimed(self, message: str, sms: IncomingSms) -> bool:
        """Take the message on; False when another delivery of it was faster."""
        try:
            async with self._database.write() as session:
                await claim(session, message, self._digest(_sender(sms)), self._clock.now())
        except IntegrityError:
            return False
        return True

    async def _answer_of_other(self, message: str) -> str | None:
        """Wait for the delivery that was faster; None when it seems to have died over its answer."""
        looks = int(_PATIENCE.total_seconds() / _LOOK_EVERY_SECONDS)
        for _ in range(looks):
            async with self._database.read() as session:
                row = await find(session, message)
            if row is None or row.text is not None or self._clock.now() - row.received_at > _PATIENCE:
                return row.text if row else None
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
        return None

    async def _answered(self, message: str) -> str | None:
        async with self._database.read() as session:
            row = await find(session, message)
        return row.text if row else None

    def _digest(self, value: str) -> str:
        return keyed_digest(self._secret_key, value)


def _sender(sms: IncomingSms) -> str:
    return f"sms:{sms.number}"
