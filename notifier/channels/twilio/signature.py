"""Whether a webhook call really comes from Twilio (twilio.com/docs/usage/security#validating-requests)."""

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import RequestValidator

HEADER = "X-Twilio-Signature"
"""Name of the header that carries the signature."""


class SignatureCheck:
    """Checks signatures made with one account's auth token."""

    def __init__(self, auth_token: str) -> None:
        self._validator = RequestValidator(auth_token)

    def form(self, url: str, fields: Iterable[tuple[str, str]], signature: str) -> bool:
        """Check a form: `url` as Twilio called it, with its query; every field as sent, repeated names included."""
        return bool(self._validator.validate(url, _Fields(fields), signature))

    def json(self, url: str, body: str, signature: str) -> bool:
        """Check a JSON body, whose hash Twilio writes into the query; without one the body proves nothing."""
        if "bodySHA256" not in parse_qs(urlsplit(url).query):
            return False
        return bool(self._validator.validate(url, body, signature))


class _Fields:
    """A form in the shape that Twilio's library reads without losing repeated names."""

    def __init__(self, fields: Iterable[tuple[str, str]]) -> None:
        self._fields = tuple(fields)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._fields)

    def getall(self, wanted: str) -> list[str]:
        """Return every value of a name."""
        return [value for name, value in self._fields if name == wanted]
