"""What comes in from a resident on any channel, made safe to work with."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from content.answer import Coordinates

MAX_TEXT = 1000
"""Longest message in characters; longer ones are refused with a clear sentence."""

remembered = lru_cache(maxsize=512)
"""For pure functions of a text: at the same time many residents send the same one."""


@dataclass(frozen=True)
class IncomingMessage:
    """One message: exactly one of text, button (a payload) and position is set.

    `sender` is who writes, where the channel itself proves it ("telegram:123"): the conversation is then theirs.
    `conversation` is the secret id of the talk; the assistant sets it before anything is answered. `quoted` is the
    message of ours that a text is an answer to, where the channel shows which.
    """

    channel: str
    text: str | None = None
    button: str | None = None
    position: Coordinates | None = None
    sender: str | None = None
    conversation: str | None = None
    quoted: str | None = None


def clean_text(text: str) -> str:
    """Return `text` without control, direction and half characters, in composed form, with single spaces."""
    kept = unicodedata.normalize("NFC", text)
    # Nothing that cannot be used is printable, and most texts are printable as a whole.
    if not kept.isprintable():
        kept = "".join(" " if _is_unusable(character) else character for character in kept)
    return " ".join(kept.split())


def _is_unusable(character: str) -> bool:
    # Zero-width joiners (Cf) hold emoji together; a space in their place does no harm to understanding.
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
