"""Finds names in Polish text: exact forms, word stems and small typing errors, always on folded text."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from core.text import fold

K = TypeVar("K", bound=Hashable)

_WORD = re.compile(r"[^\W_]+")
_STEM_MARK = "*"
# Between the words of one name only so much may stand („Skłodowskiej - Curie”), never a new sentence.
_MAX_GAP = 3
_SHORTEST_WITH_TYPO = 5
# A stem says less than a word: with an error, too many ordinary words start like it.
_SHORTEST_STEM_WITH_TYPO = 6


@dataclass(frozen=True)
class Word:
    """A word of the text, folded, with its position in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Form(Generic[K]):
    """One way to write a name; a word ending in `*` stands for every word that starts so.

    `key` None marks a phrase that looks like a name and is not one: it wins over shorter names inside it.
    `max_edits` limits the typing errors in the whole phrase; each word has its own limit besides.
    """

    phrase: str
    key: K | None
    max_edits: int = 0


@dataclass(frozen=True)
class Hit(Generic[K]):
    """A form found in the text from `start` to `end`; `score` is 1 for an exact match and falls with each edit."""

    key: K | None
    start: int
    end: int
    score: float


@dataclass(frozen=True)
class _Entry(Generic[K]):
    words: tuple[str, ...]
    form: Form[K]


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words and numbers of `text`, folded."""
    return tuple(Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(fold(text)))


def typo_limit(length: int) -> int:
    """Return by how many edits a name of that many letters may be misspelt and still be recognised."""
    if length < _SHORTEST_WITH_TYPO:
        return 0
    return 1 if length < 8 else 2


class Matcher(Generic[K]):
    """Looks up many forms in a text at once; `not_typos` are ordinary words that are never a name with a typo."""

    def __init__(self, forms: Iterable[Form[K]], not_typos: Iterable[str] = ()) -> None:
        self._by_first_word: defaultdict[str, list[_Entry[K]]] = defaultdict(list)
        self._words: set[str] = set()
        for form in forms:
            entry = _Entry(_pattern_words(form.phrase), form)
            self._by_first_word[entry.words[0]].append(entry)
            self._words.update(entry.words)
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if _allows_typos(word):
                self._by_letter[word[0]].append(word)
        self._not_typos = {fold(word) for word in not_typos}

    def find(self, text: str) -> list[Hit[K]]:
        """Return every hit, overlapping ones too, in the order of the text."""
        words = split_words(text)
        readings = [self._readings(word.text) for word in words]
        return [hit for index in range(len(words)) for hit in self._hits_at(index, words, readings)]

    def _hits_at(self, index: int, words: tuple[Word, ...], readings: list[dict[str, int]]) -> Iterator[Hit[K]]:
        for first in readings[index]:
            for entry in self._by_first_word.get(first, ()):
                edits = _edits(entry.words, index, words, readings)
                if edits is None or edits > entry.form.max_edits:
                    continue
                last = words[index + len(entry.words) - 1]
                letters = sum(len(word) for word in entry.words)
                yield Hit(entry.form.key, words[index].start, last.end, 1 - edits / letters)

    def _readings(self, word: str) -> dict[str, int]:
        """Return the words of forms that `word` may stand for, each with its number of edits."""
        found = {word: 0} if word in self._words else {}
        for length in range(2, len(word) + 1):
            stem = word[:length] + _STEM_MARK
            if stem in self._words:
                found[stem] = 0
        if found or len(word) < _SHORTEST_WITH_TYPO or _is_listed(word, self._not_typos):
            return found
        for known in self._by_letter.get(word[0], ()):
            edits = _typo(word, known)
            if edits is not None:
                found[known] = edits
        return found


def without_overlaps(hits: Iterable[Hit[K]]) -> tuple[Hit[K], ...]:
    """Return the longest hits (of equal ones the better, then the earlier) that do not overlap, in text order."""
    kept: list[Hit[K]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, -hit.score, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))


def _allows_typos(word: str) -> bool:
    stem = word.rstrip(_STEM_MARK)
    return len(stem) >= (_SHORTEST_WITH_TYPO if stem == word else _SHORTEST_STEM_WITH_TYPO) and stem.isalpha()


def _pattern_words(phrase: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+\*?", fold(phrase)))


def _edits(pattern: tuple[str, ...], index: int, words: tuple[Word, ...], readings: list[dict[str, int]]) -> int | None:
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


def _typo(word: str, known: str) -> int | None:
    """Return the edits between a written word and a known word or stem, or None when there are too many."""
    stem = known.rstrip(_STEM_MARK)
    limit = typo_limit(min(len(word), len(stem)))
    # With an error the written stem may be one letter shorter or longer.
    starts = [word] if stem == known else [word[:length] for length in range(len(stem) - 1, len(stem) + 2)]
    edits = min(OSA.distance(start, stem, score_cutoff=limit) for start in starts)
    return edits if 0 < edits <= limit else None


def _is_listed(word: str, patterns: set[str]) -> bool:
    """Whether a word is in a list that may hold stems with `*`."""
    return word in patterns or any(word[:length] + _STEM_MARK in patterns for length in range(3, len(word) + 1))
