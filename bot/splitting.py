"""Takes a message apart: into two questions joined by „i”, or a story into its sentences."""

import re
from dataclasses import dataclass

from bot.message import remembered
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
