"""A notification as Telegram shows it: a bold title above the body, never longer than one message."""

import re
from html import escape

MAX_UNITS = 4096
"""Longest visible text of a message; Telegram counts UTF-16 units, entities already parsed."""

_MAX_TITLE_UNITS = 256
_GAP = "\n\n"
_CUT = "…"
# „ul. Rzeczypospolitej” goes on.
_SENTENCE_END = re.compile(r"[.!?…][”\")]?(?<!\b(?:al|pl|ul|os|św|im|nr|dr|np)\.)(?=\s+[^\sa-ząćęłńóśźż])|(?=\n)")


def html_of(title: str, body: str, last: str = "") -> str:
    """Return the HTML of a message, its body cut at the end of a sentence where it is too long; "" for nothing."""
    title = beginning(title.strip(), _MAX_TITLE_UNITS)
    bold = f"<b>{escape(title, quote=False)}</b>" if title else ""
    around = _GAP.join(filter(None, (title, last)))
    body = beginning(body.strip(), MAX_UNITS - units(around + _GAP))
    return _GAP.join(filter(None, (bold, escape(body, quote=False), last)))


def beginning(text: str, most: int) -> str:
    """Return as many whole sentences of a text as fit, or whole words and „…” where not even the first one does."""
    if units(text) <= most:
        return text
    free = room(text, most)
    ends = [found.end() for found in _SENTENCE_END.finditer(text) if 0 < found.end() <= free]
    if ends:
        return text[: ends[-1]].rstrip()
    free = room(text, most - len(_CUT))
    space = text.rfind(" ", 1, free + 1)
    return text[: space if space > 0 else free].rstrip(" ,;:–-") + _CUT


def room(text: str, most: int) -> int:
    """Return how many characters fit into `most` units; a character is never halved."""
    used = 0
    for number, character in enumerate(text):
        used += units(character)
        if used > most:
            return number
    return len(text)


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
