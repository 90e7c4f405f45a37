"""The one way to build an HTTP client: bounded in time, size and where it goes, named, and silent about addresses."""

import logging
from collections.abc import AsyncIterator

import httpx2

USER_AGENT = "city-assistant/0.1"
_COMPRESSION = 100
_CONNECT_SECONDS = 5.0


def http_client(
    base_url: str = "",
    *,
    timeout: float,
    most_bytes: int | None = None,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> httpx2.AsyncClient:
    """Return a client with time-outs in seconds; `transport` replaces the wire in tests and replays.

    With a base address it speaks to no other host. With `most_bytes` larger answers break off; those that come
    compressed although they were not to may have a hundredth of it, because a bomb grows a thousandfold.
    """
    # The client logs every address at INFO, and addresses may carry tokens.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    logging.getLogger("httpcore2").setLevel(logging.WARNING)
    headers = {"User-Agent": USER_AGENT} | ({"Accept-Encoding": "identity"} if most_bytes else {})
    wire = transport or httpx2.AsyncHTTPTransport(trust_env=False)
    return httpx2.AsyncClient(
        base_url=base_url,
        timeout=httpx2.Timeout(timeout, connect=min(_CONNECT_SECONDS, timeout)),
        headers=headers,
        transport=_Bounded(wire, httpx2.URL(base_url).host, most_bytes),
        trust_env=False,
    )


class _Bounded(httpx2.AsyncBaseTransport):
    """A wire that leads to one host only, any host when it is empty, and brings no more than so many bytes."""

    def __init__(self, wire: httpx2.AsyncBaseTransport, host: str, most_bytes: int | None) -> None:
        self._wire = wire
        self._host = host
        self._most_bytes = most_bytes

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Make one call."""
        if self._host and request.url.host != self._host:
            raise httpx2.ConnectError("another host than the configured one")
        response = await self._wire.handle_async_request(request)
        if self._most_bytes is None:
            return response
        is_plain = response.headers.get("Content-Encoding", "identity") == "identity"
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Cut(response.stream, self._most_bytes if is_plain else self._most_bytes // _COMPRESSION)
        return response

    async def aclose(self) -> None:
        """Close the wire."""
        await self._wire.aclose()


class _Cut(httpx2.AsyncByteStream):
    """A body that breaks off when it is longer than allowed."""

    def __init__(self, body: httpx2.AsyncByteStream, most_bytes: int) -> None:
        self._body = body
        self._left = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._body:
            self._left -= len(piece)
            if self._left < 0:
                raise httpx2.ReadError("more bytes than are believed")
            yield piece

    async def aclose(self) -> None:
        """Close the body."""
        await self._body.aclose()
