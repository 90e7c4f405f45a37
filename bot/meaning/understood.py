"""What a text was understood to mean."""

from dataclasses import dataclass
from typing import Any

from bot.meaning.ladder import Step, is_small_talk
from bot.meaning.languages import Foreign
from bot.meaning.unusual import Remark
from content.question import Entity, Question
from nlu.client import Ranking


@dataclass(frozen=True)
class Understanding:
    """The step on the ladder and the entities of one text.

    `model_answered` is false while the model is away. `second` is a further question of the same message. `remark`
    and `foreign` say what is special about the text; `returns` that it goes back to an earlier topic; `everywhere`
    that the whole city is meant.
    """

    step: Step
    entities: tuple[Entity, ...] = ()
    model_answered: bool = True
    ranking: Ranking = ()
    second: Question | None = None
    remark: Remark | None = None
    foreign: Foreign | None = None
    returns: bool = False
    everywhere: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the message is understood surely enough to be answered."""
        return self.model_answered and self.step.decision == "answered"

    @property
    def is_question(self) -> bool:
        """Whether it is surely a question to the city, not small talk."""
        return self.is_answered and not is_small_talk(self.step.intent)


def understanding_json(step: Step, entities: tuple[Entity, ...]) -> dict[str, Any]:
    """Return an understanding as the contract's JSON, in the chat API and on the command line alike."""
    return {
        "intent": step.intent,
        "confidence": round(step.confidence, 4),
        "entities": [
            {"name": entity.name, "id": entity.id, "value": entity.value, "text": entity.text} for entity in entities
        ],
        "decision": step.decision,
        "alternatives": list(step.alternatives),
    }
