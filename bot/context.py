"""What a conversation remembers between turns, so that "a na Zosinku?" completes the question before it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from content.question import Entity

LIFETIME = timedelta(minutes=30)
# Naming one place replaces another, whatever its kind.
_PLACE_NAMES = frozenset({"district", "street"})


@dataclass(frozen=True)
class Context:
    """The last question that was served, and the intents offered in "czy chodziło o…" when one waits for a yes."""

    intent: str | None = None
    entities: tuple[Entity, ...] = ()
    offered: tuple[str, ...] = ()
    at: datetime | None = None

    def fresh(self, now: datetime) -> "Context":
        """Return this context, or an empty one when it is older than its lifetime."""
        return self if self.at is not None and now - self.at <= LIFETIME else Context()

    def merged(self, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """Return the remembered entities, with the new ones put in place of those of the same kind."""
        names = {entity.name for entity in entities}
        if names & _PLACE_NAMES:
            names |= _PLACE_NAMES
        return (*(entity for entity in self.entities if entity.name not in names), *entities)

    def to_json(self) -> dict[str, Any]:
        """Return the form that is stored; the resident's own wording is left out."""
        return {
            "intent": self.intent,
            "entities": [[entity.name, entity.id, entity.value] for entity in self.entities],
            "offered": list(self.offered),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any], at: datetime) -> "Context":
        """Return the context of a stored conversation."""
        return cls(
            intent=stored.get("intent"),
            entities=tuple(Entity(name, entity_id, value) for name, entity_id, value in stored.get("entities", [])),
            offered=tuple(stored.get("offered", [])),
            at=at,
        )
