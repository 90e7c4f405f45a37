"""No request of residents needs a large body: larger ones are refused before they are read."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import DETAILS, problem_response

_MAX_BYTES = 64 * 1024


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
            await problem_response(413, DETAILS[413])(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > _MAX_BYTES:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_within_limit, send)
