"""Answers that many ask for again: named by their content, and sent once more only when it has changed."""

from collections.abc import Mapping
from hashlib import sha256

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders

OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=60"}
"""Headers of what anybody may read from any page: it is public and depends on nobody."""


def conditional(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str], content: bytes | None = None
) -> Response:
    """Return the body, or 304 to whoever has it already (RFC 9110, If-None-Match).

    `content` is the body without what changes with every request, such as the time at which it was made.
    """
    tag = f'W/"{sha256(body if content is None else content).hexdigest()[:32]}"'
    if tag in {name.strip() for name in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers={**headers, "ETag": tag})
    response = Response(body, media_type=media_type)
    MutableHeaders(raw=response.raw_headers).update({**headers, "ETag": tag})
    return response
