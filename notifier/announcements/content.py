"""The words of an announcement: cleaned, measured, and bound to an approval by their hash."""

import hashlib
import json
import unicodedata

from notifier.announcements.errors import Part, PartRefusedError


def clean(text: str, part: Part, limit: int) -> str:
    """Return `text` in composed form without invisible characters and spare spaces; only a text keeps its lines.

    Raises:
        PartRefusedError: nothing is left, or more than `limit` characters.
    """
    lines = unicodedata.normalize("NFC", text).splitlines()
    cleaned = ("\n" if part == "text" else " ").join(_clean_line(line) for line in lines).strip()
    if not cleaned or len(cleaned) > limit:
        raise PartRefusedError(part, limit, is_empty=not cleaned)
    return cleaned


def content_hash(title: str, body: str) -> str:
    """Return the SHA-256 of a title and a text in hexadecimal; it changes with either of them."""
    return hashlib.sha256(json.dumps([title, body]).encode()).hexdigest()


def _clean_line(line: str) -> str:
    # Control, direction and half characters: some are refused by the database, others hide what is really sent.
    kept = (
        " " if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} else character for character in line
    )
    return " ".join("".join(kept).split())
