"""What a conversation remembers, and how that completes a message: a bare value, „wracając do …”, „a ile?”."""

from dataclasses import replace
from datetime import datetime

from bot.dialogue.context import Asked, Context, merge
from bot.dialogue.plan import Plan, say, serve
from bot.flows.commands import CONFIRMED, waiting
from bot.flows.settings import SETTINGS
from bot.meaning.fragments import after_return, hints_at_a_place, is_bare, is_elliptic, short_question
from bot.meaning.ladder import INFORM, Step, is_small_talk, spare_offers
from bot.meaning.understood import Understanding
from bot.meaning.unusual import question_word_alone
from bot.relevance import PLACES, at_position, carried, completed, follow_up, implied, is_head, topic_of, uses
from bot.wording import Wordings
from content.answer import Answer, Coordinates
from content.question import Entity, Question

_MOST_WORDS_OF_A_RETURN = 4
# Less of the model's probability in a topic says nothing.
_LEAST_OF_A_TOPIC = 0.2
# What is no question that a fragment could complete.
_NOT_REMEMBERED = frozenset({"emergency", "feedback"})
# What a resident agrees to or sets never completes a later question.
_SAID_ONCE = SETTINGS | {CONFIRMED}
# A fragment may be understood as these when the model is asked about it alone.
_WITHOUT_QUESTION = frozenset({INFORM, "affirm", "deny"})


def returned(text: str, understood: Understanding, context: Context, now: datetime) -> Plan | None:
    """Serve the last question of the topic to which a message goes back by name."""
    rest = after_return(text) if understood.returns else None
    if rest is None or len(rest.split()) > _MOST_WORDS_OF_A_RETURN:
        return None
    asked = max(context.asked, key=lambda known: _weight(known, understood), default=None)
    if asked is None or _weight(asked, understood) < _LEAST_OF_A_TOPIC:
        return None
    step = understood.step
    if understood.is_question and step.intent != asked.intent and not is_head(step.intent):
        return None
    return _complete(asked, understood.entities, step.confidence, now) or serve(
        Step(asked.intent, step.confidence, "answered"), Question("", asked.entities)
    )


def followed_up(text: str, understood: Understanding, context: Context, wordings: Wordings) -> Plan | None:
    """Serve what a question word asks after the last answer; ask back when nothing is known to which it belongs."""
    last = context.last
    key = short_question(text, understood.entities) if last else None
    if last and key and (intent := follow_up(last.intent, key)):
        kept = carried(intent, last.entities)
        named = tuple(entity for entity in understood.entities if uses(intent, entity.name))
        return serve(Step(intent, 1.0, "answered"), Question("", merge(kept, named)))
    word = question_word_alone(text)
    return say(Step(INFORM, 1.0, "clarify"), wordings.clarify_word(word)) if word else None


def filled_in(text: str, understood: Understanding, context: Context, now: datetime, wordings: Wordings) -> Plan | None:
    """Put the values of a message that asks nothing itself into the latest question that can use them."""
    named, step = understood.entities, understood.step
    is_fragment = step.intent in _WITHOUT_QUESTION and step.decision in {"answered", "clarify"}
    if not named:
        return _without_values(text, understood, context, wordings) if step.intent == INFORM and is_fragment else None
    if not is_fragment and not is_bare(text, named):
        return None
    for asked in (*([context.guess] if context.guess else []), *context.asked):
        if plan := _complete(asked, named, step.confidence, now):
            return plan
    if understood.is_question:
        return None
    if intent := implied(named):
        return serve(Step(intent, step.confidence, "answered"), Question("", named))
    return say(Step(INFORM, step.confidence, "clarify"), wordings.clarify(named), Question(INFORM, named))


def with_memory(text: str, understood: Understanding, context: Context, wordings: Wordings) -> Plan:
    """Serve a question of its own; what was said before is kept where the new question can use it."""
    intent = understood.step.intent
    named = understood.entities
    kept = carried(intent, _source(text, intent, context)) if not is_small_talk(intent) else ()
    if understood.everywhere:
        kept = tuple(entity for entity in kept if entity.name not in PLACES)
    plan = serve(understood.step, Question("", merge(kept, named)))
    if understood.second:
        second = wordings.second(understood.second)
        return replace(plan, extra=(second,), offered=(second.payload,))
    return replace(plan, spare=spare_offers(understood.ranking, understood.step) if understood.is_question else ())


def located(position: Coordinates, context: Context) -> Plan:
    """Answer the last question about a place for a shared position; without one the nearest chargers are meant."""
    for asked in context.asked:
        if intent := at_position(asked.intent):
            kept = (entity for entity in carried(intent, asked.entities) if entity.name not in PLACES)
            return serve(Step(intent, 1.0, "answered"), Question("", tuple(kept), position))
    return serve(Step("charger_find", 1.0, "answered"), Question("", (), position))


def remembered_after(plan: Plan, answer: Answer, before: Context) -> Context:
    """Return what to remember after a turn: small talk leaves the questions before it in place."""
    intent = plan.question.intent
    if plan.said is not None or is_small_talk(intent) or intent in _NOT_REMEMBERED:
        return replace(before, offered=plan.offered, spare=plan.spare, guess=_guess(plan))
    entities = tuple(entity for entity in plan.question.entities if entity.name not in _SAID_ONCE | answer.unmet)
    asked = before.with_question(Asked(intent, entities))
    ended = None if intent == "alerts_unsubscribe" else asked.flow
    return replace(asked, offered=plan.offered or waiting(answer), spare=plan.spare, flow=ended)


def _guess(plan: Plan) -> Asked | None:
    is_open = plan.step.decision in {"confirm", "choose", "clarify"}
    return Asked(plan.question.intent, plan.question.entities) if is_open else None


def _weight(asked: Asked, understood: Understanding) -> float:
    """Return how much of the model's probability lies in the topic of a question."""
    topic = topic_of(asked.intent)
    return sum(confidence for intent, confidence in understood.ranking if topic_of(intent) == topic)


def _complete(asked: Asked, named: tuple[Entity, ...], confidence: float, now: datetime) -> Plan | None:
    intent = completed(asked.intent, named, now)
    if intent is None:
        return None
    known = asked.entities if intent == asked.intent else carried(intent, asked.entities)
    return serve(Step(intent, confidence, "answered"), Question("", merge(known, named)))


def _without_values(text: str, understood: Understanding, context: Context, wordings: Wordings) -> Plan | None:
    """Answer a fragment in which nothing known is named."""
    last = context.last
    confidence = understood.step.confidence
    # What is said in the middle of a flow goes on from its question, not from the one answered before.
    if last is None or (context.flow and context.flow.expected):
        return say(Step(INFORM, confidence, "clarify"), wordings.clarify(()))
    if hints_at_a_place(text) and uses(last.intent, "street"):
        answer = wordings.unknown_place(_without_places(Question(last.intent, last.entities)))
        return say(Step(INFORM, confidence, "clarify"), answer)
    return serve(Step(last.intent, confidence, "answered"), Question("", last.entities))


def _source(text: str, intent: str, context: Context) -> tuple[Entity, ...]:
    """Return the remembered values that a new question may take over: of its topic, else the place asked about last."""
    if context.guess and is_elliptic(text):
        return context.guess.entities
    known = context.of_topic(topic_of(intent))
    if known:
        return known.entities if known.intent != intent or is_elliptic(text) else ()
    last = context.last
    return tuple(entity for entity in last.entities if entity.name in PLACES) if last else ()


def _without_places(question: Question) -> Question:
    return replace(question, entities=tuple(entity for entity in question.entities if entity.name not in PLACES))
