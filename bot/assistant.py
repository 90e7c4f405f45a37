"""The one place that joins understanding and topics: one message in, one reply out, on every channel alike."""

from dataclasses import dataclass, replace

from bot.context import Context
from bot.conversations.repository import Turn, load_context, store_turn
from bot.flows.commands import CONFIRMED, command, waiting
from bot.flows.subscriptions import SubscriptionFlow
from bot.ladder import OUT_OF_SCOPE, Decision, Step, fallback
from bot.message import IncomingMessage, clean_text
from bot.understanding import Understander, Understanding
from bot.wording import clarify_answer, offer_answer
from content.answer import SHARE_LOCATION, Answer
from content.question import Entity, Question, from_payload
from content.registry import Registry
from core.clock import Clock
from core.database import Database
from core.masking import mask
from core.secrets import keyed_digest, new_token

# Intents that belong to the talk itself: they never become "the question before".
_SMALL_TALK = frozenset(
    {"inform", "affirm", "deny", "greet", "goodbye", "thanks", "help", "bot_challenge", "feedback", OUT_OF_SCOPE}
)
_INFORM, _AFFIRM = "inform", "affirm"


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
        self,
        database: Database,
        understander: Understander,
        registry: Registry,
        subscriptions: SubscriptionFlow,
        clock: Clock,
        secret_key: str,
    ) -> None:
        self._database = database
        self._understander = understander
        self._registry = registry
        self._subscriptions = subscriptions
        self._texts = registry.texts
        self._clock = clock
        self._secret_key = secret_key

    async def reply(self, message: IncomingMessage, conversation: str | None) -> Reply:
        """Answer one message of a conversation: the sender's own, else the given one if known, else a new one."""
        # Derived with the key, so that nobody reaches a sender's conversation by naming the sender as its id.
        own = keyed_digest(self._secret_key, message.sender) if message.sender else None
        asked = own or conversation
        known = await self._context(asked) if asked else None
        token = asked if asked and (known or own) else new_token()
        context = (known or Context()).fresh(self._clock.now())
        step, question, answer = await self._answer(message, context)
        await self._remember(token, message, step, question, answer, context)
        return Reply(token, (answer,), step, question.entities)

    async def _answer(self, message: IncomingMessage, context: Context) -> tuple[Step, Question, Answer]:
        if message.position:
            return await self._serve(Step("charger_find", 1.0, "answered"), self._near(message, context), message)
        if message.button is not None:
            return await self._press(message.button, context, message)
        text = clean_text(message.text or "")
        # A proved sender must be able to stop, and to agree, while the model is away.
        if message.sender and (payload := command(text, context.offered)):
            return await self._press(payload, context, message)
        understanding = await self._understander.understand(text)
        if not understanding.model_answered:
            question = Question(OUT_OF_SCOPE, understanding.entities)
            return understanding.step, question, self._texts[OUT_OF_SCOPE].variant("model_away")
        return await self._talk(understanding, context, message)

    async def _talk(
        self, understanding: Understanding, context: Context, message: IncomingMessage
    ) -> tuple[Step, Question, Answer]:
        step, entities = understanding.step, understanding.entities
        if step.intent == _AFFIRM and step.decision == "answered" and context.offered:
            return await self._press(context.offered[0], context, message)
        if step.intent == _INFORM and step.decision == "answered":
            if context.intent:
                completed = Step(context.intent, step.confidence, "answered")
                return await self._serve(completed, Question("", context.merged(entities)), message)
            return replace(step, decision="clarify"), Question(_INFORM, entities), clarify_answer(self._texts, entities)
        if step.decision in {"confirm", "choose"}:
            return step, Question(step.intent, entities), offer_answer(self._texts, step, entities)
        return await self._serve(step, Question("", entities), message)

    async def _press(self, payload: str, context: Context, message: IncomingMessage) -> tuple[Step, Question, Answer]:
        intent, pairs = from_payload(payload)
        if payload == SHARE_LOCATION:
            step = Step("charger_find", 1.0, "clarify")
            return step, Question("charger_find", context.entities), self._texts[_INFORM].variant(SHARE_LOCATION)
        if not self._registry.knows(intent):
            return fallback(), Question(OUT_OF_SCOPE), self._texts[OUT_OF_SCOPE].variant("stale_button")
        found = (_agreement(name, entity_id) or self._understander.entity(name, entity_id) for name, entity_id in pairs)
        entities = tuple(entity for entity in found if entity)
        decision: Decision = "fallback" if intent == OUT_OF_SCOPE else "answered"
        return await self._serve(Step(intent, 1.0, decision), Question("", entities), message)

    async def _serve(self, step: Step, question: Question, message: IncomingMessage) -> tuple[Step, Question, Answer]:
        asked = replace(question, intent=step.intent)
        if step.intent == "human_handoff":
            step = replace(step, decision="handoff")
        if step.intent in SubscriptionFlow.INTENTS:
            answer = await self._subscriptions.answer(step.intent, asked, message.sender, message.channel)
            return step, asked, answer
        return step, asked, await self._registry.answer(asked)

    def _near(self, message: IncomingMessage, context: Context) -> Question:
        filters = context.entities if context.intent == "charger_find" else ()
        places = {"district", "street"}
        kept = tuple(entity for entity in filters if entity.name not in places)
        return Question("charger_find", kept, message.position)

    async def _context(self, conversation: str) -> Context | None:
        async with self._database.read() as session:
            return await load_context(session, self._digest(conversation))

    async def _remember(
        self, token: str, message: IncomingMessage, step: Step, question: Question, answer: Answer, before: Context
    ) -> None:
        turn = Turn(_asked(message), step.intent, step.confidence, step.decision, answer.text)
        async with self._database.write() as session:
            await store_turn(
                session,
                digest=self._digest(token),
                channel=message.channel,
                turn=turn,
                context=_after(step, question, answer, before),
                now=self._clock.now(),
            )

    def _digest(self, token: str) -> str:
        return keyed_digest(self._secret_key, token)


def _after(step: Step, question: Question, answer: Answer, before: Context) -> Context:
    """Return what to remember after a turn: small talk leaves the question before it in place."""
    if step.decision in {"confirm", "choose"}:
        offered = tuple(button.payload for button in answer.buttons)
        return replace(before, entities=question.entities, offered=offered)
    if step.intent in _SMALL_TALK:
        return replace(before, offered=())
    entities = tuple(entity for entity in question.entities if entity.name != CONFIRMED)
    return Context(step.intent, entities, offered=waiting(answer))


def _agreement(name: str, value: str) -> Entity | None:
    return Entity(name, value, value) if (name, value) == (CONFIRMED, "yes") else None


def _asked(message: IncomingMessage) -> str:
    """Return the masked text of the transcript; an exact position is personal data and is not kept."""
    if message.position:
        return "[lokalizacja]"
    return f"[{message.button}]" if message.button is not None else mask(clean_text(message.text or ""))
