"""No request of residents needs a large body, and nobody needs to send many at once."""

import asyncio
from contextlib import suppress

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.dependencies import running_services
from api.problems import DETAILS, Problem, problem_response

_MAX_BYTES = 64 * 1024
# A connection that is closed with unread bytes on it is reset, and the reset may overtake the answer: what
# somebody may send by mistake is read and thrown away before, for a moment.
_THROWN_AWAY_BYTES, _THROWN_AWAY_SECONDS = 2 * 1024 * 1024, 2.0
# What is left then is not waited for.
_HANG_UP = {"Connection": "close"}
READING = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""
_TOO_FAST = "Za dużo prób naraz. Proszę spróbować za {wait} s."


class BodyLimit:
    """ASGI middleware: 413 for bodies over the limit, announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not announced.isdigit() or int(announced) > _MAX_BYTES:
            await problem_response(413, DETAILS[413], _HANG_UP)(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > _MAX_BYTES:
                await _throw_away(receive, message)
                raise HTTPException(413, headers=_HANG_UP)
            return message

        await self._app(scope, receive_within_limit, send)


async def _throw_away(receive: Receive, message: Message) -> None:
    """Read on behind a message of a body, within bounds."""
    read = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_THROWN_AWAY_SECONDS):
            while message.get("more_body", False) and read < _THROWN_AWAY_BYTES:
                message = await receive()
                read += len(message.get("body", b""))


async def unhurried(request: Request) -> None:
    """Let a caller change something as often as the chat may be asked; reading is free.

    Raises:
        Problem: 429, with the seconds to wait.
    """
    if request.method not in READING:
        await count_turn(request)


async def count_turn(request: Request, conversation: str | None = None) -> None:
    """Count one request of a caller, in a conversation where it has one.

    Raises:
        Problem: 429, with the seconds to wait.
    """
    if wait := await running_services(request).chat_guard.seconds_to_wait(caller_of(request), conversation):
        raise Problem(429, _TOO_FAST.format(wait=wait), {"Retry-After": str(wait)})


def caller_of(request: Request) -> str:
    """Return the network address that asks, as our own proxies name it."""
    return request.client.host if request.client else "unknown"
