"""How an understanding looks as JSON: in the chat API and on the command line alike."""

from typing import Any

from bot.ladder import Step
from content.question import Entity


def understanding_json(step: Step, entities: tuple[Entity, ...]) -> dict[str, Any]:
    """Return the contract's JSON of an understanding."""
    return {
        "intent": step.intent,
        "confidence": round(step.confidence, 4),
        "entities": [
            {"name": entity.name, "id": entity.id, "value": entity.value, "text": entity.text} for entity in entities
        ],
        "decision": step.decision,
        "alternatives": list(step.alternatives),
    }
