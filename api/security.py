"""Security headers on every response, and which other sites may use the widget's addresses."""

from collections.abc import Callable
from functools import partial

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECRET_PATHS = ("/powiadomienia", "/api/v1/subscriptions")
_SECRET_HEADERS = {
    # These addresses and pages hold what only one resident may know.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_WIDGET_HEADERS = ("Content-Type", "Idempotency-Key", "X-Conversation", "Last-Event-ID")


def headers(path: str, images_from: str = "") -> dict[str, str]:
    """Return the headers of an address; pages may show images of one more origin, that of the maps."""
    images = f"'self' data: {images_from}".rstrip()
    policy = (
        f"default-src 'self'; img-src {images}; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'self'"
    )
    everywhere = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    }
    return everywhere | (_SECRET_HEADERS if path.startswith(SECRET_PATHS) else {})


class SecurityHeaders:
    """ASGI middleware that adds the headers, and more of them where an address is a secret."""

    def __init__(self, app: ASGIApp, images_from: str = "") -> None:
        self._app = app
        self._open = Headers(headers("/", images_from)).raw
        self._secret = Headers(headers(SECRET_PATHS[0], images_from)).raw

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        added = self._secret if scope.get("path", "").startswith(SECRET_PATHS) else self._open

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(line for line in added if line[0] not in own)]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def widget_sites(origins: tuple[str, ...]) -> Callable[[ASGIApp], CORSMiddleware]:
    """Return the middleware that lets the widget on these sites speak to us; no cookie ever goes along."""
    return partial(CORSMiddleware, allow_origins=origins, allow_methods=("GET", "POST"), allow_headers=_WIDGET_HEADERS)
