"""Sentences that staff type, one a line."""

from api.panel.forms import Fields

LONGEST_TYPED = 8000
"""Most that the field takes, in characters."""


def own_sentences(fields: Fields) -> list[str]:
    """Return the typed sentences.

    Raises:
        Refused: it is more than the field takes.
    """
    lines = (line.strip() for line in fields.text("wlasne", LONGEST_TYPED).splitlines())
    return [line for line in lines if line]
