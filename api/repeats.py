"""A chat message with a key is answered once: sent again, it gets the first answer again."""

import re

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.repeats import Repeats

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
_PATH = "/api/v1/chat"


class AnsweredOnce:
    """ASGI middleware over the chat; a message without a key, or with one too short to be random, passes."""

    def __init__(self, app: ASGIApp, repeats: Repeats) -> None:
        self._app = app
        self._repeats = repeats

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        key = _key_of(scope)
        if key is None:
            await self._app(scope, receive, send)
        elif (known := await self._repeats.answered(key)) is not None:
            await Response(known, media_type="application/json")(scope, receive, send)
        else:
            answer = _Copy(send)
            try:
                await self._app(scope, receive, answer)
            finally:
                await self._repeats.keep(key, answer.text)


class _Copy:
    """Passes a response on and keeps its body; `text` is None unless it was a whole answer."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._body = b""
        self._status = 0
        self._is_whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
        else:
            self._body += message.get("body", b"")
            self._is_whole = not message.get("more_body", False)
        await self._send(message)

    @property
    def text(self) -> str | None:
        return self._body.decode() if self._is_whole and self._status == 200 else None


def _key_of(scope: Scope) -> str | None:
    if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] != _PATH:
        return None
    key = Headers(scope=scope).get(HEADER, "")
    return key if _KEY.fullmatch(key) else None
