"""A message of several parts: which of its questions is answered, and which is kept for later."""

from collections.abc import Sequence
from dataclasses import replace

from bot.relevance import PLACES, uses
from bot.splitting import Part
from bot.understood import Understanding
from content.question import Entity, Question

# Half a sentence alone says little, so the second question must be understood more surely than the ladder asks.
_SECOND_FROM = 0.6


def joined(whole: Understanding, parts: Sequence[Part], heard: Sequence[Understanding]) -> Understanding:
    """Return the meaning of a message from that of the whole and those of its parts."""
    sure = [(part, understood) for part, understood in zip(parts, heard, strict=True) if understood.is_question]
    if danger := next((understood for _, understood in sure if understood.step.intent == "emergency"), None):
        return danger
    asking = [understood for part, understood in sure if part.asks]
    if two := _two_questions(whole, asking):
        return _with_second(whole, *two)
    if whole.is_question:
        return whole
    sentences = [(part, understood) for part, understood in sure if part.is_sentence]
    telling = [understood for part, understood in sentences if part.asks] or [understood for _, understood in sentences]
    is_one = len({understood.step.intent for understood in telling}) == 1
    return replace(whole, step=telling[0].step) if is_one else whole


def _two_questions(whole: Understanding, asking: Sequence[Understanding]) -> tuple[Understanding, Understanding] | None:
    """Return the first question and another one; None when there is only one, or the whole says something else."""
    if not asking:
        return None
    first = asking[0]
    others = (one for one in asking if one.step.intent != first.step.intent and one.step.confidence >= _SECOND_FROM)
    second = next(others, None)
    if second is None or (whole.is_question and whole.step.intent not in {first.step.intent, second.step.intent}):
        return None
    return first, second


def _with_second(whole: Understanding, first: Understanding, second: Understanding) -> Understanding:
    """Answer the first question and keep the second; a place named in one holds for both."""
    further = Question(second.step.intent, _with_place_of(first, second))
    return replace(whole, step=first.step, entities=_with_place_of(second, first), second=further)


def _with_place_of(other: Understanding, understood: Understanding) -> tuple[Entity, ...]:
    if any(entity.name in PLACES for entity in understood.entities):
        return understood.entities
    places = (
        entity for entity in other.entities if entity.name in PLACES and uses(understood.step.intent, entity.name)
    )
    return (*understood.entities, *places)
