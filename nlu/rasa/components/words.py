"""What counts as a word of a sentence; standard library only."""

import re
from typing import Iterator, Match

from core.text import PLACE_TOKEN, fold

# The place token keeps its braces: without them it would be the folded form of "płacę" (I pay).
# A number keeps its inner point or comma: "PM2.5" and "2,5" are one word each.
_WORD = re.compile(re.escape(PLACE_TOKEN) + r"|\w+(?:[.,:]\d+)*")


def words(text: str) -> Iterator[Match[str]]:
    """Yield the words of `text` in lower case and without Polish letters; their positions are those in `text`."""
    return _WORD.finditer(fold(text))
