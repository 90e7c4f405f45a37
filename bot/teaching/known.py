"""What a new sentence must not repeat: what the release teaches and what it judges models by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from bot.message import clean_text
from bot.teaching.errors import Fault, Faulty
from bot.teaching.similar import Grouping
from content.places import PlaceResolver, replaced
from core.text import PLACE_TOKEN
from nlu.judging.outcome import Sentence
from nlu.model import ROOT
from nlu.taught import LONGEST_TAUGHT, heard, judged_sentences, learned_sentences, teachable

_REMEMBERED = 10_000


@dataclass(frozen=True)
class NewSentence:
    """A sentence in the form that is taught: places are marked, masked data is left out."""

    text: str
    intent: str

    @property
    def digest(self) -> str:
        """What tells it from others, as the model hears it."""
        return sha256(heard(self.text).encode()).hexdigest()


class KnownSentences:
    """Reads the sentences of the release once, when they are first needed; that takes about a second."""

    def __init__(self, places: Callable[[], PlaceResolver], root: Path = ROOT) -> None:
        self._load_places = places
        self._root = root
        self._teachable = lru_cache(maxsize=_REMEMBERED)(self._taught_form)

    def prepare(self) -> None:
        """Read everything now, such as in a thread."""
        _ = self._learned, self._judged

    def prepared(self, text: str, intent: str = "") -> NewSentence:
        """Return a sentence as it would be taught."""
        return NewSentence(self._teachable(text), intent)

    def fault(self, new: NewSentence, taught: Mapping[str, str]) -> Faulty | None:
        """Return why a sentence cannot be taught; `taught` is what staff taught, intents by digest."""
        words = heard(new.text)
        if not any(character.isalpha() for character in words.replace(PLACE_TOKEN, "")):
            return Faulty(new.text, Fault.EMPTY)
        if len(new.text) > LONGEST_TAUGHT:
            return Faulty(new.text, Fault.TOO_LONG)
        if words in self._judged:
            return Faulty(new.text, Fault.JUDGED)
        intent = self._learned.get(words) or taught.get(new.digest)
        if intent is None:
            return None
        return Faulty(new.text, Fault.KNOWN if intent == new.intent else Fault.ELSEWHERE, intent)

    @cached_property
    def grouping(self) -> Grouping:
        """What groups sentences, measured by those of the release."""
        return Grouping(self._learned)

    @cached_property
    def _places(self) -> PlaceResolver:
        return self._load_places()

    @cached_property
    def _learned(self) -> Mapping[str, str]:
        return {heard(sentence.text): sentence.expected for sentence in learned_sentences(self._root)}

    @cached_property
    def _judged(self) -> frozenset[str]:
        return frozenset(form for sentence in judged_sentences(self._root) for form in self._forms(sentence))

    def _forms(self, sentence: Sentence) -> tuple[str, str]:
        """Return what the model hears of a sentence as it stands, and with its places taken out."""
        return heard(sentence.text), heard(self.prepared(sentence.text).text)

    def _taught_form(self, text: str) -> str:
        cleaned = clean_text(text)
        return teachable(replaced(cleaned, self._places.find(cleaned)))
