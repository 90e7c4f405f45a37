"""Polish text in sentences, and a sentence made shorter without breaking a word or a number."""

import re

# „al. Rzeczypospolitej” goes on; „2018 r. Założyciele” does not.
_ABBREVIATIONS = frozenset({"al", "pl", "ul", "os", "tel", "nr", "np", "godz", "św", "min", "maks", "ok", "dr", "im"})
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ0-9„])")
_LAST_WORD = re.compile(r"(\w+)\.$")
_BULLET = re.compile(r"^[•–-]\s+")
_LONGEST_HEADING = 30


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; the heading of a bullet („• Moje Ciepło.”) stays with what follows it."""
    found: list[str] = []
    for number, part in enumerate(_END.split(paragraph.strip())):
        if found and (_goes_on(found[-1]) or (number == 1 and _is_heading(found[-1]))):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def is_bullet(paragraph: str) -> bool:
    """Whether a paragraph is an entry of a list."""
    return _BULLET.match(paragraph) is not None


def shortened(sentence: str, length: int) -> str:
    """Return the beginning of a sentence in at most `length` characters; empty when not even one word fits."""
    if len(sentence) <= length:
        return sentence
    # A number is cut neither from its other digits nor from its unit.
    ends = [at for at in range(1, length - 2) if sentence[at].isspace() and not sentence[at - 1].isdigit()]
    return sentence[: ends[-1]].rstrip(" ,;:-") + "..." if ends else ""


def _is_heading(sentence: str) -> bool:
    return is_bullet(sentence) and len(sentence) <= _LONGEST_HEADING


def _goes_on(sentence: str) -> bool:
    last = _LAST_WORD.search(sentence)
    return last is not None and last.group(1).lower() in _ABBREVIATIONS
