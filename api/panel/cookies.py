"""The cookie of the session."""

from fastapi import Request, Response

from api.panel.desk import Desk

# The prefix makes browsers take the cookie from this host over TLS only; the demo on loopback has no TLS.
_SECURE_NAME, _DEMO_NAME = "__Host-hub-staff", "hub-staff-demo"


def token_of(request: Request, desk: Desk) -> str:
    """Return the token that a browser sent, empty when it sent none."""
    return request.cookies.get(_name(desk), "")


def enter(response: Response, desk: Desk, token: str) -> None:
    """Hand a new token to the browser; the cookie ends with the browser, the session earlier."""
    response.set_cookie(_name(desk), token, path="/", secure=not desk.demo, httponly=True, samesite="lax")


def leave(response: Response, desk: Desk) -> None:
    """Take the token back."""
    response.delete_cookie(_name(desk), path="/", secure=not desk.demo, httponly=True, samesite="lax")


def _name(desk: Desk) -> str:
    return _DEMO_NAME if desk.demo else _SECURE_NAME
