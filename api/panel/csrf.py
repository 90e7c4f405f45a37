"""Requests that change something must come from our own pages: the browser says so, and a token proves it."""

from hmac import compare_digest
from urllib.parse import urlsplit

from fastapi import Request

from api.panel.desk import Desk
from api.panel.refusals import Again, Refused
from core.secrets import keyed_digest

FIELD = "csrf"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FOREIGN = "Formularz został wysłany z innej strony, dlatego nic nie zostało zmienione. Proszę wysłać go z panelu."
STALE = "Formularz jest nieaktualny, dlatego nic nie zostało zmienione. Proszę otworzyć stronę ponownie i powtórzyć."


def changes(request: Request) -> bool:
    """Whether a request may change something."""
    return request.method not in _SAFE


def check_origin(request: Request, desk: Desk) -> None:
    """Go on only when the browser says that a changing request comes from our own pages.

    Raises:
        Refused: it comes from another site, or the browser does not say.
    """
    if not changes(request):
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "")
    is_own = site == "same-origin" if site is not None else bool(origin)
    own_hosts = {request.headers.get("host", ""), urlsplit(desk.public_url).netloc} - {""}
    if not is_own or (origin and urlsplit(origin).netloc not in own_hosts):
        raise Refused(403, _FOREIGN)


def csrf_token(session_token: str) -> str:
    """Return the token that the forms of a session carry; only who has the session can know it."""
    return keyed_digest(session_token, "csrf")


def check_token(given: str, session_token: str) -> None:
    """Go on only when a form carries the token of its session.

    Raises:
        Again: it does not.
    """
    if not compare_digest(given.encode(), csrf_token(session_token).encode()):
        raise Again(403, STALE)
