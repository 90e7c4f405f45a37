"""Finds names in Polish text: exact forms, word stems, small typing errors, words run together or torn apart.

Everything happens on folded text (lower case, no Polish letters); positions are those of the text.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from content.typos import STEM_MARK, TypoIndex
from core.text import fold

K = TypeVar("K", bound=Hashable)

_WORD = re.compile(r"[^\W_]+")
# Between the words of one name only so much may stand („Skłodowskiej - Curie”), never a new sentence.
_MAX_GAP = 3
_SHORTEST_STEM = 2
# Shorter ones come apart into ordinary words.
_SHORTEST_TORN_APART = 8
_SHORTEST_RUN_TOGETHER = 6
_REMEMBERED_WORDS = 4096


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, folded, with its position in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Form(Generic[K]):
    """One way to write a name; a word ending in `*` stands for every word that starts so.

    `key` None marks a phrase that looks like a name and is not one: it wins over shorter names inside it.
    `max_edits` limits the typing errors in the whole phrase; each word has its own limit besides.
    """

    phrase: str
    key: K | None
    max_edits: int = 0


@dataclass(frozen=True, slots=True)
class Hit(Generic[K]):
    """A form found in the text from `start` to `end`; `score` is 1 for an exact match and falls with each edit.

    `first_letter_wrong` marks the typing error that people make least and that makes other words of names.
    """

    key: K | None
    start: int
    end: int
    score: float
    edits: int = 0
    first_letter_wrong: bool = False


@dataclass(frozen=True, slots=True)
class _Entry(Generic[K]):
    words: tuple[str, ...]
    form: Form[K]


_Readings = Mapping[str, int]


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words and numbers of `text`, folded."""
    return tuple(Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(fold(text)))


class Matcher(Generic[K]):
    """Looks up many forms in a text at once.

    `not_typos` are ordinary words that are never a name with a typo (`*` ends a stem); `glued` are short words that
    people write together with the name after them („ulchojnowska”).
    """

    def __init__(self, forms: Iterable[Form[K]], not_typos: Iterable[str] = (), glued: Sequence[str] = ()) -> None:
        self._by_first_word: defaultdict[str, list[_Entry[K]]] = defaultdict(list)
        self._words: set[str] = set()
        misspelt: set[str] = set()
        for form in forms:
            entry = _Entry(_pattern_words(form.phrase), form)
            self._by_first_word[entry.words[0]].append(entry)
            self._words.update(entry.words)
            misspelt.update(entry.words if form.max_edits else ())
        self._typos = TypoIndex(misspelt)
        self._not_typos = {fold(word) for word in not_typos}
        self._glued = glued
        # Residents use the same words again and again.
        self._readings = lru_cache(_REMEMBERED_WORDS)(self._read)

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of `text`, a name taken apart from a short word that is glued to it."""
        return tuple(part for word in split_words(text) for part in self._unglued(word))

    def find(self, text: str) -> list[Hit[K]]:
        """Return every hit, overlapping ones too, in the order of the text."""
        return self.find_in(self.words(text))

    def find_in(self, words: Sequence[Word]) -> list[Hit[K]]:
        """Return every hit in the words of a text, overlapping ones too, in their order."""
        known = {text: self._readings(text) for text in {word.text for word in words}}
        readings = [known[word.text] for word in words]
        return [hit for index in range(len(words)) for hit in self._hits_at(index, words, readings)]

    def _unglued(self, word: Word) -> tuple[Word, ...]:
        if word.text not in self._words:
            for prefix in self._glued:
                rest = word.text.removeprefix(prefix)
                if rest != word.text and len(rest) >= _SHORTEST_RUN_TOGETHER and rest in self._words:
                    border = word.start + len(prefix)
                    return Word(prefix, word.start, border), Word(rest, border, word.end)
        return (word,)

    def _hits_at(self, index: int, words: Sequence[Word], readings: Sequence[_Readings]) -> Iterator[Hit[K]]:
        for first in readings[index]:
            for entry in self._by_first_word.get(first, ()):
                edits = _edits(entry.words, index, words, readings)
                if edits is not None and edits <= entry.form.max_edits:
                    yield _hit(entry, words[index : index + len(entry.words)], edits)
        if torn := self._torn_apart(index, words):
            for entry in self._by_first_word.get(torn, ()):
                if len(entry.words) == 1 and entry.form.max_edits:
                    yield _hit(entry, words[index : index + 2], 1)

    def _torn_apart(self, index: int, words: Sequence[Word]) -> str | None:
        """Return the one-word form that this word and the next make together, if both mean nothing by themselves."""
        if index + 1 == len(words) or words[index + 1].start - words[index].end != 1:
            return None
        first, second = words[index].text, words[index + 1].text
        together = first + second
        known = len(together) >= _SHORTEST_TORN_APART and together in self._words
        return together if known and first not in self._words and second not in self._words else None

    def _read(self, word: str) -> _Readings:
        """Return the words of forms that `word` may stand for, each with its number of edits."""
        found = {word: 0} if word in self._words else {}
        for length in range(_SHORTEST_STEM, len(word) + 1):
            stem = word[:length] + STEM_MARK
            if stem in self._words:
                found[stem] = 0
        if found or _is_listed(word, self._not_typos):
            return found
        return self._typos.near(word)


def without_overlaps(hits: Iterable[Hit[K]]) -> tuple[Hit[K], ...]:
    """Return the longest hits (of equal ones the better, then the earlier) that do not overlap, in text order."""
    kept: list[Hit[K]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, -hit.score, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))


def _hit(entry: _Entry[K], words: Sequence[Word], edits: int) -> Hit[K]:
    letters = sum(len(word) for word in entry.words)
    wrong = bool(edits) and words[0].text[0] != entry.words[0][0]
    return Hit(entry.form.key, words[0].start, words[-1].end, 1 - edits / letters, edits, wrong)


def _pattern_words(phrase: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+\*?", fold(phrase)))


def _edits(pattern: tuple[str, ...], index: int, words: Sequence[Word], readings: Sequence[_Readings]) -> int | None:
    """Return the edits between the pattern and the words from `index` on, or None when they do not match."""
    if index + len(pattern) > len(words):
        return None
    total = 0
    for offset, expected in enumerate(pattern):
        edits = readings[index + offset].get(expected)
        if edits is None or (offset and words[index + offset].start - words[index + offset - 1].end > _MAX_GAP):
            return None
        total += edits
    return total


def _is_listed(word: str, patterns: set[str]) -> bool:
    """Whether a word is in a list that may hold stems with `*`."""
    return word in patterns or any(word[:length] + STEM_MARK in patterns for length in range(3, len(word) + 1))
