"""From one message and its context to an answer and the next context: danger, commands, flows, then the talk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.context import Asked, Context, Waiting
from bot.dialogue.memory import located, remembered_after
from bot.dialogue.plan import Plan, serve
from bot.dialogue.rules import Dialogue
from bot.flows.commands import CANCEL, CONFIRMED, cancels, command
from bot.flows.flow import Flow
from bot.flows.host import FlowHost, Hosted
from bot.flows.settings import setting_entity
from bot.flows.subscriptions import SubscriptionAnswers
from bot.handoffs.status import HandoffStatus
from bot.meaning.emergency import hazard_in
from bot.meaning.ladder import INFORM, OUT_OF_SCOPE, Decision, Step
from bot.meaning.understander import Understander
from bot.message import MAX_TEXT, IncomingMessage, clean_text
from bot.relevance import PLACES, topic_of
from content.answer import SHARE_LOCATION, Answer
from content.question import Entity, Question, from_payload
from content.registry import Registry
from core.clock import Clock

_CHARGERS, _EMERGENCY, _UNSUBSCRIBE = "charger_find", "emergency", "alerts_unsubscribe"
# After these nobody is led back to a flow: whoever is in danger, or wants silence, is left alone.
_NO_WAY_BACK = frozenset({_EMERGENCY, _UNSUBSCRIBE})
# Whoever answers a flow's question so has not asked another one.
_NO_OTHER_QUESTION = frozenset({"affirm", "deny"})


@dataclass(frozen=True)
class Outcome:
    """What was answered to what, and what the conversation remembers after it.

    `in_flow` marks a message that answered the question of a flow or went to the office: its words live only there.
    """

    step: Step
    question: Question
    answer: Answer
    context: Context
    in_flow: bool = False


class Answering:
    """Finds the answer; stores nothing of the conversation."""

    def __init__(
        self,
        understander: Understander,
        registry: Registry,
        subscriptions: SubscriptionAnswers,
        flows: Sequence[Flow],
        status: HandoffStatus,
        clock: Clock,
    ) -> None:
        self._understander = understander
        self._registry = registry
        self._subscriptions = subscriptions
        self._flows = FlowHost(flows, registry.texts)
        self._dialogue = Dialogue(registry.texts)
        self._texts = registry.texts
        self._clock = clock
        self._status = status

    async def answer(self, message: IncomingMessage, context: Context) -> Outcome:
        """Answer one message."""
        if message.position:
            return await self._carry_out(located(message.position, context), context, message)
        if message.button is not None:
            return await self._press(message.button, context, message)
        return await self._hear(clean_text(message.text or ""), context, message)

    async def _hear(self, text: str, context: Context, message: IncomingMessage) -> Outcome:
        if hazard_in(text):
            return await self._talk(text, context, message)
        if not text or len(text) > MAX_TEXT:
            plan = self._dialogue.declined("too_long" if text else "empty")
            return await self._carry_out(plan, context, message)
        if payload := _command(text, context, message):
            return await self._press(payload, context, message)
        if context.flow and (hosted := await self._go_on(text, context.flow, message)):
            return replace(_hosted(hosted, context), in_flow=True)
        # After the flow: a number within a message for the office belongs to that message.
        if state := await self._status.answer(message):
            asked = Question(HandoffStatus.intent)
            return Outcome(Step(HandoffStatus.intent, 1.0, "answered"), asked, state, context, in_flow=state.private)
        setting = self._setting(text, context) if message.sender else None
        return await (self._press(setting, context, message) if setting else self._talk(text, context, message))

    async def _go_on(self, text: str, flow: Waiting, message: IncomingMessage) -> Hosted | None:
        """Hand a text to the flow that waits, with what it names."""
        question = Question(flow.intent, self._understander.entities(text))
        return await self._flows.go_on(flow, question, message)

    async def _talk(self, text: str, context: Context, message: IncomingMessage) -> Outcome:
        understood = await self._understander.understand(text)
        plan = self._dialogue.plan(text, understood, context, self._clock.now())
        if plan.press is not None:
            return await self._press(plan.press, context, message)
        if context.flow and not _asks_something_else(plan) and (hosted := self._flows.again(context.flow)):
            return _hosted(hosted, context)
        return await self._carry_out(plan, context, message)

    async def _press(self, payload: str, context: Context, message: IncomingMessage) -> Outcome:
        """Answer a button, or words that stand for one."""
        message = replace(message, text=None, button=payload)
        if payload == CANCEL:
            after = replace(context, flow=None, offered=(), spare=())
            return Outcome(Step("deny", 1.0, "answered"), Question("deny"), self._flows.ended(), after)
        if payload == SHARE_LOCATION:
            question = Question(_CHARGERS, _filters(context))
            answer = self._texts[INFORM].variant(SHARE_LOCATION)
            after = context.with_question(Asked(_CHARGERS, question.entities))
            return Outcome(Step(_CHARGERS, 1.0, "clarify"), question, answer, after)
        intent, pairs = from_payload(payload)
        if context.flow and context.flow.intent == intent and pairs:
            return await self._press_in_flow(payload, context, context.flow, message)
        if not self._registry.knows(intent) and not self._flows.owns(intent):
            return await self._carry_out(self._dialogue.declined("stale_button"), context, message)
        decision: Decision = "fallback" if intent == OUT_OF_SCOPE else "answered"
        plan = serve(Step(intent, 1.0, decision), Question("", self._known(pairs)))
        if intent == _UNSUBSCRIBE and context.flow and context.flow.expected:
            plan = replace(plan, lead=self._flows.dropped())
        return await self._carry_out(plan, context, message)

    async def _press_in_flow(self, payload: str, context: Context, flow: Waiting, message: IncomingMessage) -> Outcome:
        """Hand a button of the waiting flow to it; to one of an earlier step its present question is repeated."""
        intent, pairs = from_payload(payload)
        hosted = await self._flows.go_on(flow, Question(intent, self._known(pairs)), message)
        return replace(_hosted(hosted or Hosted(intent, flow.question, flow), context), in_flow=True)

    async def _carry_out(self, plan: Plan, context: Context, message: IncomingMessage) -> Outcome:
        question = plan.question
        if plan.said is None and self._flows.owns(question.intent):
            return _hosted(await self._flows.start(question, message, context.flow), context)
        answer = plan.said or await self._answered(question, message)
        if plan.lead or plan.extra:
            text = f"{plan.lead}\n{answer.text}" if plan.lead else answer.text
            answer = replace(answer, text=text, buttons=(*plan.extra, *answer.buttons))
        after = remembered_after(plan, answer, context)
        if after.flow and question.intent not in _NO_WAY_BACK:
            answer = self._flows.way_back(answer, after.flow)
        return Outcome(plan.step, question, answer, after)

    async def _answered(self, question: Question, message: IncomingMessage) -> Answer:
        if question.intent in SubscriptionAnswers.INTENTS:
            return await self._subscriptions.answer(question, message.sender)
        return await self._registry.answer(question)

    def _setting(self, text: str, context: Context) -> str | None:
        """Return the payload of a text that sets something of the notifications, such as „od 22 do 6 nie pisz”."""
        in_settings = context.last is not None and context.last.intent in SubscriptionAnswers.INTENTS
        return self._subscriptions.setting(text, in_settings=in_settings)

    def _known(self, pairs: Iterable[tuple[str, str]]) -> tuple[Entity, ...]:
        found = (
            _agreement(name, value) or setting_entity(name, value) or self._understander.entity(name, value)
            for name, value in pairs
        )
        return tuple(entity for entity in found if entity)


def _command(text: str, context: Context, message: IncomingMessage) -> str | None:
    """Return the payload of a command: a proved sender must be able to stop, and to agree, without the model."""
    if message.sender and (payload := command(text, context.offered)):
        return payload
    return CANCEL if context.flow and cancels(text) else None


def _asks_something_else(plan: Plan) -> bool:
    """Whether a message that did not answer a flow's question is surely another one."""
    return plan.step.decision in {"answered", "handoff"} and plan.step.intent not in _NO_OTHER_QUESTION


def _filters(context: Context) -> tuple[Entity, ...]:
    """Return what was asked of chargers before, but for the place, which a position replaces."""
    asked = context.of_topic(topic_of(_CHARGERS))
    return tuple(entity for entity in asked.entities if entity.name not in PLACES) if asked else ()


def _hosted(hosted: Hosted, context: Context) -> Outcome:
    decision: Decision = "handoff" if hosted.intent == "human_handoff" else "answered"
    after = replace(context, flow=hosted.waiting, offered=(), spare=())
    return Outcome(Step(hosted.intent, 1.0, decision), Question(hosted.intent), hosted.answer, after)


def _agreement(name: str, value: str) -> Entity | None:
    return Entity(name, value, value) if (name, value) == (CONFIRMED, "yes") else None
