"""SMS text: the GSM 03.38 alphabet, its parts, and Polish written so that one letter does not triple the cost.

Sizes (GSM 03.38 / 3GPP TS 23.038 and 23.040): 160 units alone, 153 a part; with any other character the whole message
turns to UCS-2: 70 units alone, 67 a part.
"""

import re
import unicodedata
from collections.abc import Iterable

GSM_ALONE, GSM_PART = 160, 153
"""GSM units of a message that is one part, and of each part of a longer one."""
UCS2_ALONE, UCS2_PART = 70, 67
"""UTF-16 units of a message that is one part, and of each part of a longer one."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Written as an escape and a second character, hence two units each.
_EXTENSION = frozenset("^{}\\[~]|€\f")

_CELSIUS = re.compile(r"\s*°\s*C\b|\s*℃")
# What Unicode does not take apart by itself.
_WRITTEN_AS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−•·▪●‣", "-"),
        **dict.fromkeys("„“”‟«»″〃", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("\t\v\f\u2028\u2029", " "),
        **dict.fromkeys("µμ", "u"),
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "œ": "oe",
        "Œ": "OE",
        "×": "x",
        "÷": ":",
        "°": " st.",
        "≤": "<=",
        "≥": ">=",
        "≈": "ok. ",
        "→": "->",
        "⁄": "/",
    }
)


def is_gsm(text: str) -> bool:
    """Whether every character is in the GSM alphabet or its extension."""
    return all(character in _BASIC or character in _EXTENSION for character in text)


def units(text: str) -> int:
    """Return the length as networks count it: GSM units, or UTF-16 units when one character is not in GSM."""
    return sum(_costs(text))


def segments(text: str) -> int:
    """Return how many parts are sent and paid for; an empty text has none. No character is split between parts."""
    costs = _costs(text)
    alone, part = (GSM_ALONE, GSM_PART) if is_gsm(text) else (UCS2_ALONE, UCS2_PART)
    return min(1, len(costs)) if sum(costs) <= alone else _parts(costs, part)


def to_gsm(text: str) -> str:
    """Return `text` in the GSM alphabet: letters lose their marks, signs become words, what has no equal is dropped."""
    composed = unicodedata.normalize("NFC", _CELSIUS.sub(" st. C", text))
    return "".join(_in_gsm(character) for character in composed)


def _in_gsm(character: str) -> str:
    if character in _BASIC or (character in _EXTENSION and character != "\f"):
        return character
    # The table may hold a character itself or a part it is made of, as in „½”.
    parts = unicodedata.normalize("NFKD", character.translate(_WRITTEN_AS)).translate(_WRITTEN_AS)
    return "".join(part for part in parts if part in _BASIC or part in _EXTENSION)


def _costs(text: str) -> list[int]:
    """Return the units of each character."""
    if is_gsm(text):
        return [2 if character in _EXTENSION else 1 for character in text]
    return [2 if ord(character) > 0xFFFF else 1 for character in text]


def _parts(costs: Iterable[int], size: int) -> int:
    parts, used = 1, 0
    for cost in costs:
        if used + cost > size:
            parts, used = parts + 1, 0
        used += cost
    return parts
