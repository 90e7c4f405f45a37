"""Pages, styles, scripts and data travel compressed: a slow phone waits for what is sent, not for what is packed."""

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.security import SECRET_PATHS

_SMALLEST = 1000
"""Bytes from which it pays."""
_LEVEL = 6
# Their length must not tell what they hold beside what a stranger made somebody ask for (BREACH).
_UNPACKED = (*SECRET_PATHS, "/panel")


class Compressed:
    """ASGI middleware; what changes something, holds a secret or asks for a part of a file passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._packed = GZipMiddleware(app, minimum_size=_SMALLEST, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        await (self._packed if _is_packed(scope) else self._plain)(scope, receive, send)


def _is_packed(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_UNPACKED):
        return False
    return "range" not in Headers(scope=scope)
