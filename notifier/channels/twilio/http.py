"""The wire under Twilio's library: one replaceable address, strict time-outs, nothing logged or kept of a call.

The library's own client writes to a fixed host and leaves its time-out unused, so the port it offers is filled here.
"""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, encode_basic_auth
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from core.logging import get_logger

# Below SEND_SECONDS, and connecting apart: only then is it known whether the request can have arrived.
_CONNECT_SECONDS, _TOTAL_SECONDS = 4.0, 8.0


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]  # the library has no types
    """Sends every call to `api_base`, whatever host the library names; connections are kept until `close`."""

    def __init__(self, api_base: str) -> None:
        super().__init__(get_logger(__name__), is_async=True)
        self._api_base = api_base.rstrip("/")
        self._session: ClientSession | None = None

    async def request(  # noqa: PLR0913 - the library's signature
        self,
        method: str,
        uri: str,
        *,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        allow_redirects: bool = False,
    ) -> Response:
        """Make one call.

        Raises:
            aiohttp.ClientError, TimeoutError: there was no answer.
        """
        # Opened here and not before: a session belongs to the loop that runs.
        self._session = self._session or ClientSession(cookie_jar=DummyCookieJar())
        credentials = {"Authorization": encode_basic_auth(*auth)} if auth else {}
        async with self._session.request(
            method,
            self._api_base + urlunsplit(("", "", *urlsplit(uri)[2:])),
            params=params,
            data=data,
            headers={**(headers or {}), **credentials},
            timeout=ClientTimeout(total=timeout or _TOTAL_SECONDS, connect=_CONNECT_SECONDS),
            allow_redirects=allow_redirects,
        ) as answer:
            return Response(answer.status, await answer.text(), answer.headers)

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
