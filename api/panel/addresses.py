"""Addresses inside the panel; nothing typed into an address leads out of it."""

import re

HOME = "/panel"
SIGN_IN = f"{HOME}/logowanie"
CODE = f"{HOME}/kod"
PASSWORD = f"{HOME}/haslo"
SET_UP = f"{HOME}/drugi-skladnik"
CONFIRM = f"{HOME}/potwierdzenie"
ACCOUNT = f"{HOME}/konto"

_INSIDE = re.compile(rf"{HOME}(?:/[\w.~-]+)*(?:\?[\w=&%.~+-]*)?", re.ASCII)
_LONGEST = 300


def safe_next(wanted: str) -> str:
    """Return the page of the panel to go on to; anything else is the first page."""
    is_inside = len(wanted) <= _LONGEST and _INSIDE.fullmatch(wanted) and ".." not in wanted
    return wanted if is_inside else HOME
