"""A chat message with a key is answered once: sent again after its answer got lost, it gets the first one again."""

import asyncio
import re
from base64 import b64decode, b64encode
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.crypto import AddressVault, UnsealError

HEADER = "Idempotency-Key"

_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
_PATH = "/api/v1/chat"
# How long an answer waits to be asked for again.
_KEPT = timedelta(minutes=10)
_IN_WORK = timedelta(seconds=30)
_LOOK_SECONDS = 0.05
_NOT_YET = ""


class Repeats:
    """Keeps each answer for a while under the key of its message, encrypted; without Redis nothing is remembered."""

    def __init__(self, redis: Redis, vault: AddressVault) -> None:
        self._redis = redis
        self._vault = vault

    async def answered(self, key: str) -> str | None:
        """Return the answer given under a key, waiting for one in work; None: the caller is to answer now."""
        name = self._name(key)
        try:
            while not await self._redis.set(name, _NOT_YET, nx=True, px=_IN_WORK):
                if found := await self._redis.get(name):
                    return self._vault.open(b64decode(found), name)
                await asyncio.sleep(_LOOK_SECONDS)
        except (RedisError, UnsealError):
            return None
        return None

    async def keep(self, key: str, answer: str | None) -> None:
        """Keep what was answered; None, after a failure, lets the message be answered anew."""
        name = self._name(key)
        try:
            if answer is None:
                await self._redis.delete(name)
            else:
                await self._redis.set(name, b64encode(self._vault.seal(answer, name)).decode(), px=_KEPT)
        except RedisError:
            return

    def _name(self, key: str) -> str:
        return f"repeat:{self._vault.digest(f'repeat:{key}')}"


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
