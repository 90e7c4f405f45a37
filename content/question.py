"""What a resident wants to know, once understood, and its short form inside a button."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from content.answer import Answer, Coordinates


@dataclass(frozen=True)
class Entity:
    """Something named in the text: `id` is the normalised value, `value` its proper name, `text` what was written."""

    name: str
    id: str
    value: str
    text: str = ""


@dataclass(frozen=True)
class Question:
    """An intent of `content/intents.yml` with its entities and, when shared, the resident's position."""

    intent: str
    entities: tuple[Entity, ...] = ()
    position: Coordinates | None = None

    def entity(self, name: str) -> Entity | None:
        """Return the first entity of that name."""
        return next((entity for entity in self.entities if entity.name == name), None)


Answerer = Callable[[Question], Awaitable[Answer]]


def to_payload(intent: str, **entity_ids: str) -> str:
    """Return the payload of a button that asks `intent` about the given entity ids."""
    return f"{intent}?{urlencode(entity_ids)}" if entity_ids else intent


def from_payload(payload: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the intent and the (entity name, entity id) pairs of a button's payload."""
    intent, _, query = payload.partition("?")
    return intent, tuple(parse_qsl(query))
