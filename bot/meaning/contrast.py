"""„Nie pytam o jutro, tylko o dziś”: what is meant where somebody says first what he does not mean."""

import re

from bot.message import remembered
from core.text import fold

_BEGINNING = r"^\W*(?:(?:a|ale|no|to|dobra|ok|oj|ja)\W+)*nie\b"
# Whoever goes on so sets a question aside; „nie działa …, tylko …” tells of something.
_SET_ASIDE = (
    r"tylko|pytam|pytal[ea]m|chodzi(?:lo)?|interesuj[ea]|potrzebuje|szukam|wypisuj\w*|chce|chcial[ea]?bym|mam pytan\w*|"
    r"czy|ile|kiedy|jak|jak[aiy]e?|gdzie|kto|co|o"
)
_BUT = r"[,;]? (?:tylko|lecz)"
_OR_ELSE = r"[,;] (?:ale|a)|[,;–-] ?(?:mnie interesuje|interesuje mnie|chodzi(?: mi)? o|chce|pytam o)"
_QUESTION = re.compile(rf"{_BEGINNING},? (?:{_SET_ASIDE})\b[^.?!]*?(?:{_BUT}|{_OR_ELSE})\W+(?=\w+ \w+)")
_VALUE = re.compile(rf"{_BEGINNING}[^.?!]{{2,60}}?{_BUT}\W+(?=\w)")


@remembered
def question_meant(text: str) -> str | None:
    """Return the question that a text asks instead of the one it sets aside; None when it sets none aside."""
    match = _QUESTION.match(fold(text))
    return text[match.end() :] if match else None


@remembered
def value_meant(text: str) -> str | None:
    """Return what follows „nie …, tylko”, where a value may stand instead of another one; None when nothing does."""
    match = _VALUE.match(fold(text))
    return text[match.end() :] if match else None
