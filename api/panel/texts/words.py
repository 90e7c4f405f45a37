"""Polish names of texts."""

from content.texts import TEXT


def name_title(name: str) -> str:
    """Return the name of a text as editors see it; the further ones keep the name under which the pack has them."""
    return "Tekst główny" if name == TEXT else name
