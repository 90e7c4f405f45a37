"""Every request is counted, timed, told in one line of the log, and has an id that stands in all its traces."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from core.clock import Clock
from core.logging import get_logger
from core.metrics import WebMetrics

_log = get_logger(__name__)

REQUEST_ID = "X-Request-ID"
# With a letter among them, so that no number of a phone, a card or a person passes for one.
_SANE_ID = re.compile(r"(?=.*[a-zA-Z])[0-9a-zA-Z_-]{16,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Programs ask for these every few seconds.
_QUIET = frozenset({"/health/live", "/health/ready", "/metrics", "/static"})


class Observed:
    """The outermost ASGI application, so that also what fails inside is seen as its caller sees it."""

    def __init__(self, app: ASGIApp, metrics: WebMetrics, clock: Clock) -> None:
        self._app = app
        self._metrics = metrics
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        with bound_contextvars(request_id=request_id), self._seen(scope) as seen:

            async def send_seen(message: Message) -> None:
                if message["type"] == "http.response.start":
                    headers = MutableHeaders(scope=message)
                    headers.setdefault(REQUEST_ID, request_id)
                    seen.started(message["status"], headers.get("content-type", ""))
                await send(message)

            await self._app(scope, receive, send_seen)

    @contextmanager
    def _seen(self, scope: Scope) -> Iterator["_Seen"]:
        began, seen = self._clock.monotonic(), _Seen(self._metrics)
        try:
            yield seen
        finally:
            seconds = self._clock.monotonic() - began
            seen.ended()
            route = _template(scope)
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            self._metrics.handled(route, method, seen.status, None if seen.is_stream else seconds)
            tell = _log.debug if route in _QUIET else _log.info
            tell("request", route=route, method=method, status=seen.status, ms=round(seconds * 1000, 1))


class _Seen:
    """What is known of a response; without one the caller has gone, or the connection was cut."""

    def __init__(self, metrics: WebMetrics) -> None:
        self._metrics = metrics
        self.status = 499
        self.is_stream = False

    def started(self, status: int, media_type: str) -> None:
        self.status = status
        if media_type.startswith("text/event-stream"):
            self.is_stream = True
            self._metrics.stream_opened()

    def ended(self) -> None:
        if self.is_stream:
            self._metrics.stream_closed()


def _request_id(scope: Scope) -> str:
    """Return the id that our proxy gave the request, else a new one."""
    client = scope.get("client")
    # The server puts port 0 where a trusted proxy named the caller; who comes by himself has a port.
    if client and client[1] == 0:
        given = Headers(scope=scope).get(REQUEST_ID, "")
        if _SANE_ID.fullmatch(given):
            return given
    return uuid4().hex


def _template(scope: Scope) -> str:
    """Return the template of the route that a request met: never the address itself, which may be a secret."""
    # Only there the framework keeps the prefixes under which a router was included.
    context = scope.get("fastapi", {}).get("effective_route_context")
    path = getattr(context, "path_format", None) or getattr(scope.get("route"), "path_format", None)
    if path:
        return str(path)
    return "/static" if scope["path"].startswith("/static/") else "unknown"
