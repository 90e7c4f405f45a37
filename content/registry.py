"""Which function answers which intent: the topics' own functions, and plain texts for the rest."""

from collections.abc import Mapping
from datetime import timedelta

from content.answer import Answer
from content.intents import all_intents
from content.question import Answerer, Question
from content.texts import Texts
from core.clock import Clock
from core.recent import Recent

# In a smog episode hundreds ask the same thing at once, and no source of ours changes so fast.
REMEMBERED_FOR, _REMEMBERED = timedelta(seconds=3), 512


class Registry:
    """Answers any question whose intent is in the catalogue; with a `clock` the same answer serves for some seconds."""

    def __init__(self, texts: Texts, *topics: Mapping[str, Answerer], clock: Clock | None = None) -> None:
        self.texts = texts
        self._recent = Recent[Question, Answer](clock, REMEMBERED_FOR, _REMEMBERED) if clock else None
        self._answerers = {intent: answerer for topic in topics for intent, answerer in topic.items()}

    async def answer(self, question: Question) -> Answer:
        """Return the answer of the topic that owns the intent."""
        if self._recent and (recent := self._recent.recall(question)):
            return recent
        answerer = self._answerers.get(question.intent)
        answer = await answerer(question) if answerer else self.texts[question.intent].answer()
        if self._recent:
            self._recent.keep(question, answer)
        return answer

    def knows(self, intent: str) -> bool:
        """Whether an intent of that name exists."""
        return intent in all_intents()
