"""A message of several parts: two questions joined by „i”, or a story; one is answered, a second one kept for later."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.meaning.understood import Understanding
from bot.message import remembered
from bot.relevance import PLACES, uses
from content.question import Entity, Question
from core.text import fold

MAX_PARTS = 3

# „ul. Chojnowska” goes on; „2018 r. Gdzie …” does not.
_ABBREVIATION = re.compile(
    r"\b(al|pl|ul|os|tel|nr|np|godz|sw|min|maks|ok|dr|im|itp|itd|m\.in|tzw|ws|ds|wg|zl|szt|kw|proc|pm2)\.$"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\s*[;\n]\s*")
_JOINT = re.compile(
    r"\s*,?\s+(?:(?:i|oraz|a|ale)\s+(?:jeszcze|tez|takze|przy okazji|poza tym|dodatkowo)|i|oraz|a|przy okazji|poza tym|"
    r"ponadto|dodatkowo|plus)\s+|\s*,\s*"
)
# Words with which a question or a request begins, perhaps after one or two others („a do kiedy …”).
_ASKS = re.compile(
    r"(?:\w+ ){0,2}?(?:gdzie|ile|kiedy|jak|jak[aiy]e?|czy|co|kto|komu|ktor\w+|skad|dlaczego|czemu|czym|"
    r"podaj\w*|pokaz\w*|sprawdz\w*|powiedz\w*|chce|chcial\w*|potrzebuje|szukam|prosze|jest|sa|moge|mozna)\b"
)
_ASKS_OUTRIGHT = re.compile(r"(?:\w+ ){0,1}?(?:gdzie|ile|kiedy|jak|jak[aiy]e?|czy|kto|komu|ktor\w+|skad)\b")
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 2
# Half a sentence alone says little, so the second question must be understood more surely than the ladder asks.
_SECOND_FROM = 0.6
# The model hears both of two questions in a sentence (measured: each from .1); what only sounds like a question, as
# „proszę mi doradzić” does, it does not hear in the whole (below .02).
_HEARD_FROM = 0.05


@dataclass(frozen=True)
class Part:
    """A part of a message, a whole sentence or half of one; `asks` whether it is a question or request by its form."""

    text: str
    is_sentence: bool
    asks: bool


@remembered
def parts(text: str) -> tuple[Part, ...]:
    """Return the sentences of a text, or the two questions that are joined in one; at most three, none for one part."""
    found = [part for sentence in _sentences(text) for part in _halves(sentence)]
    if len(found) < 2:
        return ()
    telling = [part for part in found if not part.asks and len(_words(part.text)) >= _LEAST_WORDS]
    chosen = [*(part for part in found if part.asks), *reversed(telling)][:MAX_PARTS]
    return tuple(part for part in found if part in chosen)[:MAX_PARTS]


def joined(whole: Understanding, split: Sequence[Part], heard: Sequence[Understanding]) -> Understanding:
    """Return the meaning of a message from that of the whole and those of its parts."""
    sure = [(part, understood) for part, understood in zip(split, heard, strict=True) if understood.is_question]
    if danger := next((understood for _, understood in sure if understood.step.intent == "emergency"), None):
        return danger
    heard_in_whole = {intent for intent, confidence in whole.ranking if confidence >= _HEARD_FROM}
    asking = [
        understood
        for part, understood in sure
        if part.asks and (part.is_sentence or understood.step.intent in heard_in_whole)
    ]
    if two := _two_questions(whole, asking):
        return _with_second(whole, *two)
    if whole.is_question:
        return whole
    sentences = [(part, understood) for part, understood in sure if part.is_sentence]
    telling = [understood for part, understood in sentences if part.asks] or [understood for _, understood in sentences]
    is_one = len({understood.step.intent for understood in telling}) == 1
    return replace(whole, step=telling[0].step) if is_one else whole


def _asks(part: str) -> bool:
    return part.rstrip().endswith("?") or _ASKS.match(_plain(part)) is not None


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for part in _SENTENCE_END.split(text):
        if found and _ABBREVIATION.search(fold(found[-1])):
            found[-1] = f"{found[-1]} {part}"
        elif part.strip():
            found.append(part.strip())
    return found


def _halves(sentence: str) -> tuple[Part, ...]:
    """Return the two questions of a sentence, or the sentence."""
    for joint in _JOINT.finditer(fold(sentence)):
        left, right = sentence[: joint.start()].strip(), sentence[joint.end() :].strip()
        if min(len(_words(left)), len(_words(right))) < _LEAST_WORDS:
            continue
        if _asks(left) and _ASKS_OUTRIGHT.match(_plain(right)):
            return (Part(left, is_sentence=False, asks=True), Part(right, is_sentence=False, asks=True))
    return (Part(sentence, is_sentence=True, asks=_asks(sentence)),)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _plain(text: str) -> str:
    return " ".join(_words(fold(text)))


def _two_questions(whole: Understanding, asking: Sequence[Understanding]) -> tuple[Understanding, Understanding] | None:
    """Return the first question and another one; None when there is only one, or the whole says something else."""
    if not asking:
        return None
    first = asking[0]
    others = (one for one in asking if one.step.intent != first.step.intent and one.step.confidence >= _SECOND_FROM)
    second = next(others, None)
    if second is None or (whole.is_question and whole.step.intent not in {first.step.intent, second.step.intent}):
        return None
    return first, second


def _with_second(whole: Understanding, first: Understanding, second: Understanding) -> Understanding:
    """Answer the first question and keep the second; a place named in one holds for both."""
    further = Question(second.step.intent, _with_place_of(first, second))
    return replace(whole, step=first.step, entities=_with_place_of(second, first), second=further)


def _with_place_of(other: Understanding, understood: Understanding) -> tuple[Entity, ...]:
    if any(entity.name in PLACES for entity in understood.entities):
        return understood.entities
    places = (
        entity for entity in other.entities if entity.name in PLACES and uses(understood.step.intent, entity.name)
    )
    return (*understood.entities, *places)
