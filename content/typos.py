"""Finds the known words that a written word may be a misspelling of, without comparing it with each of them.

Every known word is kept under what remains of its beginning when letters are left out; so is the written word, and only
words that share such a remainder are compared (symmetric deletion). An error is a letter missing, added or replaced,
or two neighbours exchanged.
"""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

STEM_MARK = "*"

_SHORTEST_WITH_TYPO = 5
# A stem says less than a word: with an error, too many ordinary words start like it.
_SHORTEST_STEM_WITH_TYPO = 6
_SHORTEST_WITH_TWO_TYPOS = 9
_INDEXED_LETTERS = 7
# Every stem is as long; what follows in a written word says nothing of the stem.
_INDEXED_STEM_LETTERS = _SHORTEST_STEM_WITH_TYPO


def typo_limit(length: int) -> int:
    """Return by how many errors a word of that many letters may be misspelt and still be recognised."""
    if length < _SHORTEST_WITH_TYPO:
        return 0
    return 1 if length < _SHORTEST_WITH_TWO_TYPOS else 2


class TypoIndex:
    """The known words; one that ends in `*` is a stem and stands for every word that starts so."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: defaultdict[str, list[str]] = defaultdict(list)
        self._stems: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            stem = word.removesuffix(STEM_MARK)
            if not stem.isalpha():
                continue
            if stem == word and len(word) >= _SHORTEST_WITH_TYPO:
                _add(self._words, word[:_INDEXED_LETTERS], word, typo_limit(len(word)))
            elif stem != word and len(stem) >= _SHORTEST_STEM_WITH_TYPO:
                _add(self._stems, stem[:_INDEXED_STEM_LETTERS], word, 1)

    def near(self, word: str) -> dict[str, int]:
        """Return the known words and stems that `word` may be a misspelling of, each with its number of errors."""
        if len(word) < _SHORTEST_WITH_TYPO or not word.isalpha():
            return {}
        found: dict[str, int] = {}
        for known in _shared(self._words, word[:_INDEXED_LETTERS], typo_limit(len(word))):
            errors = _errors(word, known, typo_limit(min(len(word), len(known))))
            if errors is not None:
                found[known] = errors
        if self._stems:
            found.update(self._near_stems(word))
        return found

    def _near_stems(self, word: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for known in _shared(self._stems, word[:_INDEXED_STEM_LETTERS], 1):
            stem = known.removesuffix(STEM_MARK)
            # With an error the written stem may be one letter shorter or longer.
            if any(_errors(word[:length], stem, 1) for length in range(len(stem) - 1, len(stem) + 2)):
                found[known] = 1
        return found


def _add(index: defaultdict[str, list[str]], letters: str, word: str, limit: int) -> None:
    for remainder in _remainders(letters, limit):
        index[remainder].append(word)


def _shared(index: dict[str, list[str]], letters: str, limit: int) -> set[str]:
    return {word for remainder in _remainders(letters, limit) for word in index.get(remainder, ())}


def _remainders(letters: str, limit: int) -> set[str]:
    """Return what remains of the letters when none, one … or `limit` of them are left out."""
    found = {letters}
    shortened = found
    for _ in range(limit):
        shortened = {word[:at] + word[at + 1 :] for word in shortened for at in range(len(word))}
        found = found | shortened
    return found


def _errors(written: str, known: str, limit: int) -> int | None:
    """Return the number of errors, or None when there is none or more than `limit`."""
    errors = OSA.distance(written, known, score_cutoff=limit)
    return errors if 0 < errors <= limit else None
