"""An SMS comes in, an SMS goes back: each message is answered once, however often it is delivered."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from bot.assistant import Assistant
from bot.dialogue.context import LIFETIME
from bot.flows.commands import command
from bot.meaning.ladder import OUT_OF_SCOPE
from bot.message import MAX_TEXT, IncomingMessage, clean_text
from bot.sms.guard import SmsGuard, Verdict
from bot.sms.keywords import keyword
from bot.sms.renderer import Sms, render
from bot.sms.repository import choices_before, claim, find, store_answer, take_over
from bot.sms.words import pressed
from content.places import PlaceResolver
from content.texts import Texts
from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from core.secrets import keyed_digest
from core.sms_text import to_gsm

_log = get_logger(__name__)

KEPT = timedelta(hours=24)
"""How long an answer is kept for the case that its question is delivered again."""

LATE_AFTER = timedelta(minutes=2)
"""Age from which nobody is answering a message any more: the provider has given its delivery up."""

_CHANNEL, _HELP = "sms", "help"
# Who writes only „dzień dobry” gets, in one part, what can be asked.
_INTRODUCED = frozenset({_HELP, "greet"})
_E164 = re.compile(r"\+[1-9]\d{7,14}")
# Twilio waits 15 s for an answer.
_DEADLINE_SECONDS = 10
# A message delivered again while the first delivery is still being answered waits for that answer, this long at most.
_PATIENCE = timedelta(seconds=5)
_LOOK_EVERY_SECONDS = 0.25


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

    def __init__(  # noqa: PLR0913 - what comes in needs all of them
        self,
        assistant: Assistant,
        database: Database,
        clock: Clock,
        guard: SmsGuard,
        secret_key: str,
        *,
        texts: Texts,
        places: PlaceResolver,
    ) -> None:
        self._assistant = assistant
        self._database = database
        self._clock = clock
        self._guard = guard
        self._help, self._says = texts[_HELP], texts[OUT_OF_SCOPE].say
        self._places = places
        self._secret_key = secret_key

    async def reply(self, sms: IncomingSms) -> str | None:
        """Return the text to send back; None for silence: to senders without a number, and to a flood."""
        if not _E164.fullmatch(sms.number):
            return None
        try:
            async with asyncio.timeout(_DEADLINE_SECONDS):
                return await self._reply(sms) or None
        except Exception as error:
            _log.error("sms not answered", error=type(error).__name__, exc_info=error)
            return to_gsm(self._says("sms_failure"))

    async def begin_late(self, sms: IncomingSms) -> bool:
        """Take on a message that nobody is answering; False when it is done, or another process was faster."""
        if not _E164.fullmatch(sms.number):
            return False
        message = self._digest(sms.id)
        async with self._database.read() as session:
            row = await find(session, message)
        if row is None:
            return await self._claimed(message, sms)
        if row.text is not None or self._clock.now() - row.received_at < LATE_AFTER:
            return False
        async with self._database.write() as session:
            return await take_over(session, message, row.received_at, self._clock.now())

    async def compose(self, sms: IncomingSms) -> Sms:
        """Return the answer to a message that was taken on; an empty text is silence."""
        text = clean_text(sms.body)
        verdict = await self._guard.verdict(_sender(sms), text)
        # Who wants silence gets it, however much was written before.
        if verdict is Verdict.ANSWER or command(text, ()):
            answer = await self._answer(text, sms)
            return Sms("", {}) if verdict is Verdict.SILENCE else answer
        return Sms(to_gsm(self._says("sms_too_many")) if verdict is Verdict.NOTICE else "", {})

    async def finish(self, sms: IncomingSms, answer: Sms) -> None:
        """Keep the answer, so that the message is not answered again."""
        async with self._database.write() as session:
            await store_answer(session, self._digest(sms.id), answer.text, answer.choices)

    async def _reply(self, sms: IncomingSms) -> str:
        message = self._digest(sms.id)
        async with self._database.read() as session:
            row = await find(session, message)
        if row is not None and row.text is not None:
            return row.text
        if not await self._claimed(message, sms) and (other := await self._answer_of_other(message)) is not None:
            return other
        answer = await self.compose(sms)
        await self.finish(sms, answer)
        return answer.text

    async def _answer(self, text: str, sms: IncomingSms) -> Sms:
        if not text:
            return Sms(to_gsm(self._says("sms_only_media" if sms.media else "sms_empty")), {})
        if len(text) > MAX_TEXT:
            return Sms(to_gsm(self._says("sms_too_long")), {})
        button = pressed(text, await self._choices(sms)) or keyword(text, self._places)
        message = IncomingMessage(_CHANNEL, None if button else text, button, sender=_sender(sms))
        reply = await self._assistant.reply(message, None)
        is_introduced = reply.step.intent in _INTRODUCED and reply.step.decision == "answered"
        return render(self._help.variant("sms") if is_introduced else reply.answers[0])

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

    def _digest(self, value: str) -> str:
        return keyed_digest(self._secret_key, value)


def _sender(sms: IncomingSms) -> str:
    return f"sms:{sms.number}"
