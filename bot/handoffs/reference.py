"""Numbers under which residents ask for their message: short, easily said over the phone, such as LG-7K3M2."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, O, 1, I and L. Its length, 31, is a prime, so the check character finds every single wrong character
and every two that changed places."""

_RANDOM = 4


def new_reference(prefix: str) -> str:
    """Return a random number with its check character; one of 923 521."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return f"{prefix}-{body}{_check(body)}"


def find_reference(prefix: str, text: str) -> str | None:
    """Return the number named in a text in its one form, None when there is none or it was mistyped."""
    for match in _pattern(prefix).finditer(text):
        written = match.group(1).upper()
        if _check(written[:_RANDOM]) == written[_RANDOM]:
            return f"{prefix}-{written}"
    return None


def text_after(reference: str, text: str) -> str | None:
    """Return what stands behind a number with which a text begins; None when it begins otherwise or nothing follows."""
    prefix, _, body = reference.partition("-")
    match = _pattern(prefix).match(text.lstrip(" „\"'(#"))
    if match is None or match.group(1).upper() != body:
        return None
    rest = match.string[match.end() :].lstrip(" .,:;–-)”\"'")
    return rest if any(character.isalnum() for character in rest) else None


def _pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(prefix)}[\s-]?([{ALPHABET}]{{{_RANDOM + 1}}})(?!\w)", re.IGNORECASE)


def _check(body: str) -> str:
    weighted = sum(weight * ALPHABET.index(character) for weight, character in enumerate(body, start=2))
    return ALPHABET[weighted % len(ALPHABET)]
