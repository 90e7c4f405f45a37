"""What SMS cost: parts × recipients × price, for a text as it is written and for the same text without Polish letters.

Sizes of parts: core/sms_text.py. The price of a part is the city's own contract with its provider, hence a setting.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.sms_text import GSM_ALONE, GSM_PART, UCS2_ALONE, UCS2_PART, is_gsm, segments, to_gsm, units

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class SegmentPrice:
    """Price of one part of an SMS in a currency (ISO 4217)."""

    amount: Decimal
    currency: str = "PLN"

    def of(self, parts: int) -> Decimal:
        """Return the price of that many parts, to the hundredth."""
        return (self.amount * parts).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class DearCharacter:
    """A character that makes a text dearer, as it can be shown („ą”, or U+00A0 for one that cannot be seen)."""

    shown: str
    count: int


@dataclass(frozen=True)
class Spelling:
    """A text in one spelling and what it costs to send to everyone.

    `units` are GSM units or UTF-16 units, as networks count; `to_save` is how many units fewer would save one part, 0
    when there is one part only; `dear` are the characters outside of the GSM alphabet or, in a GSM text, those that
    count double.
    """

    text: str
    units: int
    segments: int
    to_save: int
    dear: tuple[DearCharacter, ...]
    total_segments: int
    cost: Decimal


@dataclass(frozen=True)
class SmsCost:
    """Both spellings side by side: correct Polish, and without the letters that SMS charge more for."""

    recipients: int
    currency: str
    as_written: Spelling
    plain: Spelling


def sms_cost(text: str, recipients: int, price: SegmentPrice) -> SmsCost:
    """Return what a text costs in both spellings."""
    written = unicodedata.normalize("NFC", text)
    return SmsCost(
        recipients, price.currency, _spelling(written, recipients, price), _spelling(to_gsm(text), recipients, price)
    )


def _spelling(text: str, recipients: int, price: SegmentPrice) -> Spelling:
    parts, total = segments(text), segments(text) * recipients
    return Spelling(
        text=text,
        units=units(text),
        segments=parts,
        to_save=_to_save(text, parts),
        dear=_dear(text),
        total_segments=total,
        cost=price.of(total),
    )


def _to_save(text: str, parts: int) -> int:
    """Return how many units must go for one part fewer; a pair that is not split may leave a unit of a part unused."""
    if parts < 2:
        return 0
    alone, part = (GSM_ALONE, GSM_PART) if is_gsm(text) else (UCS2_ALONE, UCS2_PART)
    fewer = parts - 1
    return max(1, units(text) - (alone if fewer == 1 else fewer * part))


def _dear(text: str) -> tuple[DearCharacter, ...]:
    """Return the characters that cost, each once, in the order of the text."""
    foreign = [character for character in text if not is_gsm(character)]
    double = [character for character in text if units(character) > 1]
    return tuple(DearCharacter(_shown(character), count) for character, count in Counter(foreign or double).items())


def _shown(character: str) -> str:
    invisible = unicodedata.category(character)[0] in "CZM"
    return f"U+{ord(character):04X}" if invisible else character
