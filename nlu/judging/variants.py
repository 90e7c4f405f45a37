"""The same sentences as people also type them: without Polish letters, with a slip of the finger."""

import random
import re
from collections.abc import Iterable

from core.text import fold
from nlu.judging.outcome import Sentence

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def folded(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the sentences in lower case without Polish letters."""
    return [Sentence(key, fold(text)) for key, text in sentences]


def with_typo(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the sentences with one typing error each; the same sentence always gets the same."""
    return [Sentence(key, one_typo(text)) for key, text in sentences]


def one_typo(text: str) -> str:
    """Return `text` with two letters swapped, or one left out, doubled or missed by a key, in a longer word."""
    words = list(_LONG_WORD.finditer(text))
    if not words:
        return text
    chance = random.Random(text)  # noqa: S311 - the same error each time is what is wanted
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end())
    before, letter, after = text[:at], text[at], text[at + 1 :]
    changed = chance.choice(
        (before[:-1] + letter + before[-1] + after, before + after, before + letter + text[at:], _missed(text, at))
    )
    return changed if changed != text else before + after


def _missed(text: str, at: int) -> str:
    """Return `text` with the key left or right of the one that was meant."""
    meant = fold(text[at])
    row = next((row for row in _ROWS if meant in row), meant)
    place = row.index(meant)
    return text[:at] + row[place - 1 if place else min(1, len(row) - 1)] + text[at + 1 :]
