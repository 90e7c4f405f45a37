"""Texts from outside, made safe to store, to send and to quote."""

import unicodedata

# Control, direction and half characters: some are refused by the database and by XML, others hide what is really sent.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LONGEST_QUOTE = 200


def plain_line(text: str) -> str:
    """Return a text as one line in composed form, without invisible characters and spare spaces."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if unicodedata.category(each) in _HIDDEN else each for each in composed).split())


def quoted(foreign: str) -> str:
    """Return a foreign text as it may be quoted: one plain line of 200 characters at most."""
    line = plain_line(foreign)
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1].rstrip()}…"
