"""Names of accounts and keys: what people are called in the panel and in the audit log."""

import re

from core.staff.errors import NameRefusedError
from core.staff.models import MAX_NAME
from core.text import fold

# Names under which the product, a key or a resident acts, also in the rooms above.
_RESERVED = frozenset({"api", "system", "resident", "mieszkaniec", "konsola", "nikt"})
_SHAPE = re.compile(rf"(?=.{{2,{MAX_NAME}}}\Z)[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9]+(?:[ .'-][A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9]+)*")


def clean_name(name: str) -> str:
    """Return a name as it is shown.

    Raises:
        NameRefusedError: it has other signs than letters, digits, single spaces, dots, hyphens, or is reserved.
    """
    words = " ".join(name.split())
    if not _SHAPE.fullmatch(words):
        raise NameRefusedError("shape")
    if fold_name(words) in _RESERVED:
        raise NameRefusedError("reserved")
    return words


def fold_name(name: str) -> str:
    """Return a name in the form in which it is compared: lower case, without Polish letters, single spaces."""
    # What nobody types is left out: PostgreSQL takes no NUL, and two names must not differ by what is not seen.
    visible = "".join(character for character in name if character.isprintable() or character.isspace())
    return " ".join(fold(visible).split())
