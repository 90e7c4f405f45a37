"""Forms of pages without scripts: reading them, and knowing that they were sent from our own pages."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from fastapi import Request

from api.problems import DETAILS, Problem

_MOST_FIELDS = 200
_LONGEST_VALUE = 200
_OURS = frozenset({"same-origin", "none"})
"""What browsers call a request that one of our pages, or the person at the address bar, began."""


class Form:
    """The fields of a form as they were typed, without the spaces around them."""

    def __init__(self, fields: Mapping[str, list[str]] | None = None) -> None:
        self._fields = fields or {}

    def first(self, name: str) -> str:
        """Return the value of a field, empty when it is not there."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field, such as the boxes that were ticked."""
        return tuple(value.strip()[:_LONGEST_VALUE] for value in self._fields.get(name, ()))


async def read_form(request: Request) -> Form:
    """Return the fields of a form that a browser sent.

    Raises:
        Problem: 400, it is none of our forms.
    """
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return Form(parse_qs(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise Problem(400, DETAILS[400]) from error


def is_from_elsewhere(request: Request, public_url: str) -> bool:
    """Whether the page of another site made the browser send this; programs, which name no page, did not."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in _OURS
    # An older browser; from a page that sends no referrer it says "null" where it cannot tell.
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return False
    return urlsplit(origin).netloc not in {request.headers.get("Host"), urlsplit(public_url).netloc}
