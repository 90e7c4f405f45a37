"""Texts as pages show them: what can be tapped is a link, and no number is torn apart at the end of a line.

The widget's `links.ts` finds the same links; one table of cases holds both to it.
"""

import re

from markupsafe import Markup, escape

_ADDRESS = r"https?://[^\s<>\"„”]+[^\s<>\"„”.,;:!?)\]]"
_LONG = r"(?:\+48[ -]?)?(?:\d{3}[ -]\d{3}[ -]\d{3}|\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2})"
# So few digits may be anything: they are a number to call only after words like these, in a line about calling.
_SHORT = r"(?:112|98[1-7]|99[1-9]|116 \d{3}|\d{9})"
_LEADS_TO = (
    *("tel. ", "telefon ", "numer ", "dzwonić ", "pod ", ": ", "lub ", "albo ", "oraz ", " i "),
    *("all ", "sofort ", "фонуйте ", "воните "),
)
_CALLS = re.compile(
    r"tel\.|telefon|numer|dzwon|zagroż|alarm|call|emergency|notruf|rufen|фонуйте|воните",
    re.IGNORECASE,
)
_BEFORE = r"(?<![\w+/-])(?<!\d[ .,])"
_AFTER = r"(?![\w/])(?![ .,-]?\d)(?! ?(?:zł|PLN|euro|EUR|€|%|µg|osób|mieszk|kW|MW|km\b|m²))"

_LONG_ONLY = re.compile(f"({_ADDRESS}|{_BEFORE}{_LONG}{_AFTER})")
_LED_TO = "|".join(f"(?<={re.escape(words)})" for words in _LEADS_TO)
_EVERY = re.compile(f"({_ADDRESS}|{_BEFORE}(?:{_LONG}|(?:{_LED_TO}){_SHORT}){_AFTER})")

_INSIDE_NUMBERS = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|(?:zł|kW|km|m|µg/m³)(?!\w))")
_SHORTEST_WITH_AREA = 9


def with_links(text: str) -> Markup:
    """Return a plain text as markup in which addresses and telephone numbers are links; all else of it stays text."""
    return Markup("\n").join(_line(line) for line in text.split("\n"))


def _line(line: str) -> Markup:
    parts = (_EVERY if _CALLS.search(line) else _LONG_ONLY).split(line)
    return Markup("").join(_link(part) if number % 2 else _together(part) for number, part in enumerate(parts))


def _link(part: str) -> Markup:
    if part.startswith("http"):
        return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(part)
    digits = re.sub(r"\D", "", part)
    number = digits if len(digits) < _SHORTEST_WITH_AREA else f"+48{digits[-9:]}"
    return Markup('<a href="tel:{}">{}</a>').format(number, part)


def _together(words: str) -> Markup:
    return escape(_INSIDE_NUMBERS.sub("\u00a0", words))
