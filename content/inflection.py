"""The case forms of Polish proper names that follow from their ending; what does not follow is listed in the data."""

# Ending of the folded name → endings of the other cases (singular, for names in -y and -ice plural).
_NOUN_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ow", ("owa", "owowi", "owem", "owie")),  # Tarninów, w Tarninowie
    ("ek", ("ka", "kowi", "kiem", "ku")),  # Zosinek, na Zosinku
    ("ica", ("icy", "ice", "ico")),  # dzielnica, w dzielnicy
    ("ka", ("ki", "ce", "ke", "ko")),  # Białka, w Białce
    ("ie", ("ia", "iu", "iem")),  # Zakaczawie, na Zakaczawiu
    ("ice", ("ic", "icom", "icami", "icach")),  # Szymanowice, w Szymanowicach
    ("ki", ("k", "kom", "kami", "kach")),  # Złotniki, w Złotnikach
    ("y", ("", "om", "ami", "ach")),  # Piekary, na Piekarach
    ("ta", ("ty", "cie", "te", "to")),  # Ochota, na Ochocie
)
# Endings of an adjective in the forms that a street (feminine, singular) never has.
_SOFT_ADJECTIVE_ENDINGS = ("i", "iego", "iemu", "im", "ich", "imi", "ie", "o")
_HARD_ADJECTIVE_ENDINGS = ("y", "ego", "emu", "ym", "ych", "ymi", "e", "o")


def noun_forms(name: str) -> tuple[str, ...]:
    """Return the folded case forms of a one-word place name („piekary”, „piekarach”, …), itself first."""
    for ending, others in _NOUN_ENDINGS:
        if name.endswith(ending):
            stem = name[: -len(ending)]
            return (name, *(stem + other for other in others))
    return (name,)


def street_forms(name: str) -> tuple[str, ...]:
    """Return the folded case forms of a street's name: adjectives change („chojnowskiej”), patrons' names do not."""
    if " " not in name and name.endswith("a"):
        stem = name[:-1]
        return (name, stem + ("iej" if stem.endswith(("k", "g")) else "ej"))
    return (name,)


def not_the_street(name: str) -> tuple[str, ...]:
    """Return forms of the same adjective that never mean the street („wrocławski”, „gwiezdne”)."""
    if " " in name or not name.endswith("a"):
        return ()
    stem = name[:-1]
    hard = not stem.endswith(("k", "g"))
    return tuple(stem + ending for ending in (_HARD_ADJECTIVE_ENDINGS if hard else _SOFT_ADJECTIVE_ENDINGS))
