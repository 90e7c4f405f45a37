"""The one way in to the language model of another process: who knows the token may have sentences parsed, nothing else.

Rasa itself stays on loopback behind it. Each request goes to the server of the model that is in service at that moment,
so a change of model or a dead server is behind the door, not before it (docs/adr/0013-nlu-process.md).
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import httpx2

from core.logging import get_logger
from nlu.client import MODEL_HEADER, PARSE_PATH, SEVERAL_PATH
from nlu.endpoint import Endpoint, EndpointSource

STATUS_PATH = "/status"
LARGEST_BODY = 256 * 1024
"""Bytes of the largest question: many times what a server's clients send together."""

_SERVED = frozenset({("GET", STATUS_PATH), ("POST", PARSE_PATH), ("POST", SEVERAL_PATH)})
# A supervisor notices at once that its server died; by then a standby, if there is one, is offered.
_UNTIL_NOTICED = 0.05

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_log = get_logger(__name__)


class _Refused(Exception):  # noqa: N818 - an answer, not a mistake of ours
    def __init__(self, status: int) -> None:
        self.status = status


class Door:
    """An ASGI application; `model` tells the name of the model in service, empty before the first one."""

    def __init__(
        self, http: httpx2.AsyncClient, endpoints: EndpointSource, model: Callable[[], str], token: str
    ) -> None:
        self._http = http
        self._endpoints = endpoints
        self._model = model
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is no request is left alone."""
        if scope["type"] != "http":
            return
        try:
            self._let_in(scope)
            if scope["path"] == STATUS_PATH:
                await self._tell_status(send)
                return
            body = await _body(scope, receive)
            model = self._model()  # before it is asked: what another one says shall not go by its name
            response = await self._ask(scope["path"], body)
        except _Refused as refused:
            await _answer(send, refused.status)
        else:
            await _answer(send, response.status_code, response.content, model)

    def _let_in(self, scope: Scope) -> None:
        if (scope["method"], scope["path"]) not in _SERVED:
            raise _Refused(404)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not hmac.compare_digest(given.encode(), self._token):
            raise _Refused(401)

    async def _tell_status(self, send: Send) -> None:
        is_served = self._endpoints() is not None
        body = json.dumps({"model": self._model(), "served": is_served}).encode()
        await _answer(send, 200 if is_served else 503, body, self._model())

    async def _ask(self, path: str, body: bytes) -> httpx2.Response:
        """Return what the model's server says; when it dies meanwhile, what the one in its place says."""
        first = self._endpoints()
        try:
            return await self._post(first, path, body)
        except httpx2.TransportError as error:
            _log.warning("a server of the language model did not answer", error=type(error).__name__)
        await asyncio.sleep(_UNTIL_NOTICED)
        second = self._endpoints()
        if second == first:
            raise _Refused(503)
        try:
            return await self._post(second, path, body)
        except httpx2.TransportError:
            raise _Refused(503) from None

    async def _post(self, endpoint: Endpoint | None, path: str, body: bytes) -> httpx2.Response:
        if endpoint is None:
            raise _Refused(503)
        headers = {"content-type": "application/json"}
        return await self._http.post(
            endpoint.url(path), content=body, headers=headers, extensions=endpoint.extensions(path)
        )


async def _body(scope: Scope, receive: Receive) -> bytes:
    """Return the body of a request, which is read no further than it may be large."""
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    if not announced.isdigit() or int(announced) > LARGEST_BODY:
        raise _Refused(413)
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Refused(400)
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            raise _Refused(413)
    return body


async def _answer(send: Send, status: int, body: bytes = b"", model: str = "") -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if model:
        headers.append((MODEL_HEADER.encode(), model.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
