"""Recognises a message in another language, so that it is answered in that language instead of misunderstood.

Word lists: of our own Polish sentences at most one in two hundred may be taken for foreign, with and without Polish
letters (the tests hold this). py3langid and lingua were tried once in a throw-away script, not kept: py3langid found
about as many foreign sentences, lingua fewer; both mistook some Polish ones and needed over 100 MB of memory.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.message import remembered
from core.text import fold

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.IGNORECASE)
_ONLY_UKRAINIAN = re.compile(r"[іїєґ]")
_ONLY_RUSSIAN = re.compile(r"[ыэъё]")
_POLISH_LETTERS = re.compile(r"[ąćęłńśźż]", re.IGNORECASE)
_LEAST_SHARE = 0.3


class Language(StrEnum):
    """Languages other than Polish in which the assistant can say what it does."""

    UKRAINIAN = "ukrainian"
    RUSSIAN = "russian"
    ENGLISH = "english"
    GERMAN = "german"


@dataclass(frozen=True)
class Foreign:
    """The language of a message, and the intents that its obvious words name, best first."""

    language: Language
    intents: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Words:
    """A list of words and stems (`*`)."""

    whole: frozenset[str]
    stems: tuple[str, ...]

    @classmethod
    def of(cls, listed: Iterable[str]) -> "_Words":
        words = [str(word) for word in listed]
        return cls(
            frozenset(word for word in words if not word.endswith("*")),
            tuple(word[:-1] for word in words if word.endswith("*")),
        )

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (word in self.whole or word.startswith(self.stems))


@dataclass(frozen=True)
class _Lexicon:
    words: _Words
    topics: Mapping[str, _Words]

    def intents(self, words: Iterable[str]) -> tuple[str, ...]:
        named = {intent: None for word in words for intent, listed in self.topics.items() if word in listed}
        return tuple(named)

    def hits(self, words: Iterable[str]) -> tuple[int, int]:
        """Return how many words are typical of the language, and how many of those are no loanword of a topic."""
        typical = sum(word in self.words for word in words)
        return typical + sum(any(word in listed for listed in self.topics.values()) for word in words), typical


@remembered
def foreign(text: str) -> Foreign | None:
    """Return the language of a message that is not Polish; None for Polish and for whatever cannot be told."""
    words = [word.replace("’", "'") for word in _WORD.findall(fold(text))]
    letters = [character for character in text if character.isalpha()]
    if not words or not letters:
        return None
    cyrillic = sum(bool(_CYRILLIC.match(character)) for character in letters)
    if cyrillic * 2 > len(letters):
        language = _slavic(text.lower(), words)
        return Foreign(language, _lexicons()[language].intents(words))
    if not any(_LATIN.match(character) for character in letters):
        return Foreign(Language.ENGLISH)
    return None if _POLISH_LETTERS.search(text) else _latin(words)


def _slavic(text: str, words: list[str]) -> Language:
    if _ONLY_UKRAINIAN.search(text):
        return Language.UKRAINIAN
    if _ONLY_RUSSIAN.search(text):
        return Language.RUSSIAN
    russian = _lexicons()[Language.RUSSIAN].hits(words)
    return Language.RUSSIAN if russian > _lexicons()[Language.UKRAINIAN].hits(words) else Language.UKRAINIAN


def _latin(words: list[str]) -> Foreign | None:
    """Judge a message in Latin letters: most of it must be typical of one language, and nothing of Polish."""
    if any(word in _listed("polish") for word in words):
        return None
    telling = [word for word in words if word not in _listed("neutral")]
    best: Foreign | None = None
    most = 0
    for language in (Language.ENGLISH, Language.GERMAN):
        lexicon = _lexicons()[language]
        hits, typical = lexicon.hits(telling)
        enough = len(words) > 1 and typical and hits >= max(1, len(telling) * _LEAST_SHARE)
        if enough and hits > most:
            best, most = Foreign(language, lexicon.intents(words)), hits
    return best


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "languages.yml").read_text(encoding="utf-8"))
    return loaded


@cache
def _lexicons() -> Mapping[Language, _Lexicon]:
    found = {}
    for language in Language:
        listed = _data()[language.value]
        topics = {intent: _Words.of(words) for intent, words in listed["topics"].items()}
        found[language] = _Lexicon(_Words.of(listed["words"]), topics)
    return found


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_data()[name])
