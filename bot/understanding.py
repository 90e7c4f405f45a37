"""Text → what the resident wants: danger rule, places, vocabulary, model, ladder. Knows nothing of the conversation."""

from dataclasses import dataclass

from bot.emergency import hazard_in
from bot.ladder import Step, climb, fallback
from content.places import PlaceResolver, replaced
from content.question import Entity
from content.vocabulary import Vocabulary
from nlu.client import NluUnavailable, Parser


@dataclass(frozen=True)
class Understanding:
    """The step on the ladder and the entities of one text; `model_answered` is false while the model is away."""

    step: Step
    entities: tuple[Entity, ...] = ()
    model_answered: bool = True


class Understander:
    """Understands single texts."""

    def __init__(self, places: PlaceResolver, vocabulary: Vocabulary, parser: Parser) -> None:
        self._places = places
        self._vocabulary = vocabulary
        self._parser = parser

    async def understand(self, text: str) -> Understanding:
        """Understand one cleaned text; never raises when the model is away."""
        if hazard := hazard_in(text):
            return Understanding(Step("emergency", 1.0, "answered"), (Entity("hazard", hazard, hazard),))
        matches = self._places.find(text)
        entities = (*self._places.entities(matches), *self._vocabulary.find(text))
        try:
            parse = await self._parser.parse(replaced(text, matches))
        except NluUnavailable:
            return Understanding(fallback(), entities, model_answered=False)
        return Understanding(climb(parse), entities)

    def entity(self, name: str, entity_id: str) -> Entity | None:
        """Return the entity a button's payload names, or None when there is none of that id."""
        place = self._places.entity(entity_id)
        return place if place and place.name == name else self._vocabulary.entity(name, entity_id)
