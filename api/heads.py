"""Whoever asks only for the head of an answer (HEAD) gets the one that GET has: monitors and link checkers do."""

from anyio import CancelScope
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadLikeGet:
    """ASGI middleware; a body is not sent, and one that would go on for long is broken off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        asked = {**scope, "method": "GET"}
        with CancelScope() as work:

            async def send_head(message: Message) -> None:
                if message["type"] == "http.response.start":
                    await send(message)
                    return
                await send({"type": "http.response.body"})
                if message.get("more_body"):
                    work.cancel()

            try:
                await self._app(asked, receive, send_head)
            finally:
                # What was found out of the request is known outside as well: whoever observes it asks for the route.
                scope.update({**asked, "method": "HEAD"})
