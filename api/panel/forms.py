"""Fields of a form or of an address, read once and with limits."""

import unicodedata
from collections.abc import Sequence
from urllib.parse import parse_qsl

from fastapi import Request

from api.panel.refusals import Refused

_MOST_FIELDS = 100
_LONGEST = 200
_UNREADABLE = "Nie udało się odczytać formularza. Proszę otworzyć stronę ponownie i powtórzyć."
_TYPE = "application/x-www-form-urlencoded"


class Fields:
    """Fields by name; a missing one is empty."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = pairs

    def text(self, name: str, longest: int = _LONGEST) -> str:
        """Return a field with plain line ends and without blanks around it.

        Raises:
            Refused: it is longer than its input allows, or has characters that no keyboard types.
        """
        value = self.raw(name, longest).replace("\r\n", "\n").strip()
        if any(_is_control(character) for character in value):
            raise Refused(400, _UNREADABLE)
        return value

    def raw(self, name: str, longest: int = _LONGEST) -> str:
        """Return a field as it was typed, such as a password.

        Raises:
            Refused: it is longer than its input allows.
        """
        value = next((value for key, value in self._pairs if key == name), "")
        if len(value) > longest:
            raise Refused(400, _UNREADABLE)
        return value

    def all_but(self, name: str) -> Sequence[tuple[str, str]]:
        """Return every field but those of a name, in the order of the form."""
        return [(key, value) for key, value in self._pairs if key != name]

    def every(self, name: str) -> tuple[str, ...]:
        """Return every value of a field, such as of ticked boxes."""
        return tuple(value for key, value in self._pairs if key == name)


async def form(request: Request) -> Fields:
    """Return the fields of a form.

    Raises:
        Refused: it is not what our forms send.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise Refused(415, _UNREADABLE)
    return _fields(await request.body())


def query(request: Request) -> Fields:
    """Return the fields of an address.

    Raises:
        Refused: it is not what our pages link to.
    """
    return _fields(request.scope["query_string"])


def number(text: str, largest: int = 10**15) -> int:
    """Return a positive number that an address or a field names.

    Raises:
        Refused: there is nothing of that number.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 19 and 0 < int(text) <= largest):
        raise Refused(404, "Nie ma takiej pozycji. Mogła zostać usunięta.")
    return int(text)


def row_number(fields: Fields, name: str) -> int | None:
    """Return the row from which a list goes on, None at its beginning.

    Raises:
        Refused: there is no such row.
    """
    return number(fields.raw(name)) if fields.raw(name) else None


def version(fields: Fields, name: str) -> int:
    """Return the version that a form was filled from, 0 for the first one.

    Raises:
        Refused: the form does not say.
    """
    typed = fields.raw(name)
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7):
        raise Refused(400, _UNREADABLE)
    return int(typed)


def _fields(encoded: bytes) -> Fields:
    try:
        text = encoded.decode("ascii")
        return Fields(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise Refused(400, _UNREADABLE) from error


def _is_control(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs"}
