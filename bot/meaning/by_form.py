"""Messages that are understood by their form alone, before the model is asked: signs, other languages, rudeness."""

from collections.abc import Sequence
from dataclasses import replace

from bot.meaning.ladder import INFORM, Step, fallback, is_small_talk
from bot.meaning.languages import Foreign, foreign
from bot.meaning.understood import Understanding
from bot.meaning.unusual import Remark, has_words, is_emergency_number, is_nonsense, question_word_alone, reaction
from content.question import Entity


def by_form(text: str, entities: Sequence[Entity]) -> Understanding | None:
    """Return the meaning of a text that the model has nothing to say about; `entities` are those it names."""
    if intent := "emergency" if is_emergency_number(text) else reaction(text):
        return Understanding(Step(intent, 1.0, "answered"))
    if not has_words(text):
        return Understanding(fallback(), remark=Remark.SYMBOLS)
    if other := foreign(text):
        return Understanding(_offer(other), tuple(entities), foreign=other)
    if is_nonsense(text) and not entities:
        return Understanding(fallback(), remark=Remark.NONSENSE)
    if question_word_alone(text):
        return Understanding(Step(INFORM, 1.0, "clarify"), remark=Remark.QUESTION_WORD)
    return None


def despite_rudeness(understood: Understanding | None) -> Understanding:
    """Serve the question beside a rude word; without one the rudeness itself is spoken to."""
    if understood is None:
        return Understanding(fallback(), remark=Remark.RUDE)
    step = understood.step
    asked_something = step.decision != "fallback" and (not is_small_talk(step.intent) or step.alternatives)
    if asked_something or understood.entities or not understood.model_answered:
        return understood
    return replace(understood, step=fallback(), remark=Remark.RUDE)


def _offer(other: Foreign) -> Step:
    """Offer what the obvious words of another language name; nobody is answered in Polish without having asked."""
    if not other.intents:
        return fallback()
    return Step(other.intents[0], 1.0, "confirm" if len(other.intents) == 1 else "choose", other.intents)
