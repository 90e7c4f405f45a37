"""Which function answers which intent: the topics' own functions, and plain texts for the rest."""

from collections.abc import Mapping

from content.answer import Answer
from content.intents import all_intents
from content.question import Answerer, Question
from content.texts import Texts


class Registry:
    """Answers any question whose intent is in the catalogue."""

    def __init__(self, texts: Texts, *topics: Mapping[str, Answerer]) -> None:
        self.texts = texts
        self._answerers: dict[str, Answerer] = {}
        for topic in topics:
            self._answerers.update(topic)

    async def answer(self, question: Question) -> Answer:
        """Return the answer of the topic that owns the intent."""
        answerer = self._answerers.get(question.intent)
        return await answerer(question) if answerer else self.texts[question.intent].answer()

    def knows(self, intent: str) -> bool:
        """Whether an intent of that name exists."""
        return intent in all_intents()
