"""Text → what the resident wants: danger rule, places, vocabulary, model, ladder. Knows nothing of the conversation."""

import asyncio
from dataclasses import replace
from typing import NamedTuple

from bot.meaning.by_form import by_form, despite_rudeness
from bot.meaning.contrast import question_meant, value_meant
from bot.meaning.emergency import hazard_in
from bot.meaning.fragments import after_return, is_bare, means_everywhere
from bot.meaning.ladder import INFORM, OUT_OF_SCOPE, Step, climb, fallback, settled
from bot.meaning.several import joined, parts
from bot.meaning.understood import Understanding
from bot.meaning.unusual import Remark, without_rude_words
from bot.message import remembered
from bot.relevance import implied, is_local, speaks_of
from content.places import Kind, PlaceMatch, PlaceResolver, replaced
from content.question import Entity
from content.vocabulary import Vocabulary
from nlu.client import NluUnavailable, Parser

# A message of so few words that is understood so surely holds no second question.
_SHORT_WORDS, _SURE = 6, 0.6


class _Named(NamedTuple):
    """A text with the places and all that is named in it."""

    text: str
    places: tuple[PlaceMatch, ...]
    entities: tuple[Entity, ...]


class Understander:
    """Understands single texts."""

    def __init__(self, places: PlaceResolver, vocabulary: Vocabulary, parser: Parser) -> None:
        self._places = places
        self._vocabulary = vocabulary
        self._parser = parser
        self._named = remembered(self._read)

    async def understand(self, text: str) -> Understanding:
        """Understand one cleaned text; never raises when the model is away."""
        if hazard := hazard_in(text):
            return Understanding(Step("emergency", 1.0, "answered"), (Entity("hazard", hazard, hazard),))
        named = self._named(text)
        if special := by_form(text, named.entities):
            return special
        polite = without_rude_words(text)
        if polite is None:
            return await self._talk(named)
        return despite_rudeness(await self._talk(self._named(polite)) if polite else None)

    def entity(self, name: str, entity_id: str) -> Entity | None:
        """Return the entity a button's payload names, or None when there is none of that id."""
        place = self._places.entity(entity_id)
        return place if place and place.name == name else self._vocabulary.entity(name, entity_id)

    def entities(self, text: str) -> tuple[Entity, ...]:
        """Return what is named in a text, without asking the model."""
        return self._named(text).entities

    async def _talk(self, named: _Named) -> Understanding:
        """Understand a text that goes back to a topic, sets one aside, holds two questions or a story."""
        if (rest := after_return(named.text)) is not None:
            return replace(await self._one(self._named(rest)), returns=True)
        if instead := await self._instead(named):
            return instead
        found = parts(named.text)
        if not found:
            return await self._one(named)
        # All at once, though a clear message does not need its parts: several sentences cost hardly more than one.
        whole, *heard = await asyncio.gather(self._one(named), *(self._one(self._named(part.text)) for part in found))
        clear = whole.is_answered and whole.step.confidence >= _SURE and len(named.text.split()) <= _SHORT_WORDS
        if clear or not whole.model_answered:
            return whole
        return joined(whole, found, heard)

    async def _instead(self, named: _Named) -> Understanding | None:
        """Understand what a text says is meant instead of something else; None when that is nothing by itself."""
        value = value_meant(named.text)
        if value and is_bare(value, entities := self.entities(value)):
            return replace(await self._one(named), entities=entities)
        if question := question_meant(named.text):
            understood = await self._one(self._named(question))
            return understood if understood.is_question and understood.step.intent != INFORM else None
        return None

    async def _one(self, named: _Named) -> Understanding:
        text, entities = named.text, named.entities
        everywhere = any(match.kind is Kind.CITY for match in named.places) or means_everywhere(text)
        try:
            parse = await self._parser.parse(replaced(text, named.places))
        except NluUnavailable:
            return Understanding(fallback(), entities, model_answered=False, everywhere=everywhere)
        step = climb(parse)
        if speaks_of(parse.intent, entities):
            step = settled(step, parse.ranking)
        if parse.intent == INFORM and not is_bare(text, entities) and (intent := implied(entities)):
            step = Step(intent, parse.confidence, "answered")
        understood = Understanding(step, entities, ranking=parse.ranking, everywhere=everywhere)
        return _elsewhere(understood) if any(entity.name == "elsewhere" for entity in entities) else understood

    def _read(self, text: str) -> _Named:
        places, town = self._places.named(text)
        entities = (*self._places.entities(places), *([town] if town else []), *self._vocabulary.find(text))
        return _Named(text, places, entities)


def _elsewhere(understood: Understanding) -> Understanding:
    """Decline a question about another town, where the answer would be about ours; say why to a foreign one, too."""
    step = understood.step
    topic = next((intent for intent, _ in understood.ranking if intent != OUT_OF_SCOPE), step.intent)
    meant = topic if step.decision == "fallback" else step.intent
    if not (is_local(meant) or meant == INFORM):
        return understood
    return replace(understood, step=fallback(step.confidence), remark=Remark.ELSEWHERE)
