"""Completes a message by what the conversation remembers: values for the question before, „wracając do …”, „a ile?”."""

from dataclasses import replace
from datetime import datetime

from bot.context import Asked, Context, merge
from bot.fragments import after_return, hints_at_a_place, is_bare, is_elliptic, short_question
from bot.ladder import INFORM, Step, is_small_talk, spare_offers
from bot.plan import Plan, say, serve
from bot.relevance import PLACES, carried, completed, follow_up, implied, is_head, topic_of, uses
from bot.understood import Understanding
from bot.unusual import question_word_alone
from bot.wording import Wordings
from content.question import Entity, Question

_MOST_WORDS_OF_A_RETURN = 4
# Less of the model's probability in a topic says nothing.
_LEAST_OF_A_TOPIC = 0.2
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
    extra = []
    is_assumed = any(entity.name in PLACES for entity in kept) and not any(entity.name in PLACES for entity in named)
    if is_assumed and not is_elliptic(text):
        extra.append(wordings.everywhere(_without_places(plan.question)))
    if understood.second:
        second = wordings.second(understood.second)
        return replace(plan, extra=(*extra, second), offered=(second.payload,))
    spare = spare_offers(understood.ranking, understood.step) if understood.is_question else ()
    return replace(plan, extra=tuple(extra), spare=spare)


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
    if last is None:
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
