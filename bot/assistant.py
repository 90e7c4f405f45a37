"""The assistant: one message in, one reply out, on every channel alike; each conversation remembers what was said."""

from dataclasses import dataclass, replace

from sqlalchemy.exc import SQLAlchemyError

from bot.answering import Answering, Outcome
from bot.conversations.repository import Entry, Turn, load_context, store_turns
from bot.dialogue.context import Context
from bot.meaning.emergency import hazard_in
from bot.meaning.ladder import Step
from bot.message import MAX_TEXT, IncomingMessage, clean_text, remembered
from bot.relevance import topic_of
from content.answer import Answer
from content.question import Entity
from core.clock import Clock
from core.database import Database, WrittenTogether
from core.logging import get_logger
from core.masking import mask
from core.metrics import TalkMetrics
from core.secrets import keyed_digest, new_token

_log = get_logger(__name__)

_PRIVATE = "[prywatne]"


@dataclass(frozen=True)
class Reply:
    """What goes back to the channel: the conversation's secret id, the answers, and how the message was understood."""

    conversation: str
    answers: tuple[Answer, ...]
    step: Step
    entities: tuple[Entity, ...]


class Assistant:
    """Answers messages; keeps the context of each conversation in the database."""

    def __init__(
        self, database: Database, answering: Answering, clock: Clock, secret_key: str, metrics: TalkMetrics
    ) -> None:
        self._database = database
        self._transcript = WrittenTogether(database, store_turns)
        self._answering = answering
        self._metrics = metrics
        self._clock = clock
        self._secret_key = secret_key

    async def reply(self, message: IncomingMessage, conversation: str | None) -> Reply:
        """Answer one message of a conversation: the sender's own, else the given one if known, else a new one.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database is away, and nobody is in danger.
        """
        try:
            return await self._reply(message, conversation)
        except SQLAlchemyError as error:
            if not hazard_in(clean_text(message.text or "")):
                raise
            _log.error("danger answered without the database", error=type(error).__name__)
            outcome = await self._answering.answer(message, Context())
            return Reply(conversation or new_token(), (outcome.answer,), outcome.step, outcome.question.entities)

    async def _reply(self, message: IncomingMessage, conversation: str | None) -> Reply:
        began = self._clock.monotonic()
        # Derived with the key, so that nobody reaches a sender's conversation by naming the sender as its id.
        own = keyed_digest(self._secret_key, message.sender) if message.sender else None
        asked = own or conversation
        known = await self._context(asked) if asked else None
        token = asked if asked and (known or own) else new_token()
        context = (known or Context()).fresh(self._clock.now())
        outcome = await self._answering.answer(replace(message, conversation=token), context)
        if outcome.answer.begins_anew and not own:
            # The page sees by the new id that the city knows nothing more of what it shows.
            token, known, outcome = new_token(), None, replace(outcome, context=Context())
        took_ms = round((self._clock.monotonic() - began) * 1000)
        await self._remember(token, message, outcome, took_ms, was_known=known is not None)
        self._count(message.channel, outcome.step, self._clock.monotonic() - began)
        return Reply(token, (outcome.answer,), outcome.step, outcome.question.entities)

    async def _context(self, conversation: str) -> Context | None:
        async with self._database.read() as session:
            return await load_context(session, self._digest(conversation))

    async def _remember(
        self, token: str, message: IncomingMessage, outcome: Outcome, took_ms: int, *, was_known: bool
    ) -> None:
        step = outcome.step
        answered = _PRIVATE if outcome.answer.private else outcome.answer.text
        asked = f"[{step.intent}]" if outcome.in_flow else _asked(message)
        turn = Turn(asked, step.intent, step.confidence, step.decision, answered, took_ms)
        entry = Entry(self._digest(token), message.channel, turn, outcome.context, self._clock.now(), goes_on=was_known)
        await self._transcript.write(entry)

    def _count(self, channel: str, step: Step, seconds: float) -> None:
        self._metrics.answered(channel, step.decision, topic_of(step.intent) or "none", seconds)

    def _digest(self, token: str) -> str:
        return keyed_digest(self._secret_key, token)


def _asked(message: IncomingMessage) -> str:
    """Return the masked text of the transcript; an exact position is personal data and is not kept."""
    if message.position:
        return "[lokalizacja]"
    if message.button is not None:
        return f"[{mask(message.button[:MAX_TEXT])}]"
    return _masked(message.text or "")


@remembered
def _masked(text: str) -> str:
    # Masked before it is cut, so that no half of a number stays at the end.
    return mask(clean_text(text))[:MAX_TEXT]
