"""Answers to messages that tell of danger to life."""

from content.answer import Answer
from content.question import Answerer, Question
from content.texts import Texts


def answers(texts: Texts) -> dict[str, Answerer]:
    """Return the answer functions of this topic."""
    wording = texts["emergency"]

    async def emergency(question: Question) -> Answer:
        hazard = question.entity("hazard")
        return wording.variant(hazard.id) if hazard and hazard.id in wording.more else wording.answer()

    return {"emergency": emergency}
