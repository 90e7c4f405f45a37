"""Polish text in the form in which the product compares it.

Runs in the application (Python 3.11+) and inside the Rasa process (Python 3.10): standard library only.
"""

# Unicode normalisation does not fold the letter l-stroke, so all 18 Polish letters are listed; the table maps
# one character to one character, which keeps positions in the text valid.
_POLISH_LETTERS = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


def fold(text: str) -> str:
    """Return `text` in lower case without Polish letters; its length never changes."""
    plain = text.translate(_POLISH_LETTERS)
    lowered = plain.lower()
    if len(lowered) == len(plain):
        return lowered
    return "".join(one if len(one := character.lower()) == 1 else character for character in plain)


# What stands for a place in every sentence the model sees: the model is trained on it and carries no city names.
PLACE_TOKEN = "{place}"  # noqa: S105 - a word of the training data, not a secret
