"""Errors as RFC 9457 problem documents whose `detail` a resident can read."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.security import headers as security_headers
from core.logging import get_logger

_log = get_logger(__name__)

# The caller went away before the request was read; the number is that of common web servers.
_GONE = 499

ErrorPage = Callable[[Request, int, str], Awaitable[Response]]
_Shown = Callable[..., Awaitable[Response]]

DETAILS = {
    400: "Nie udało się odczytać wiadomości. Proszę spróbować ponownie.",
    404: "Pod tym adresem nic nie ma. Mógł się zmienić albo zawiera błąd.",
    405: "Ta usługa działa inaczej. Proszę wrócić na stronę główną.",
    413: "Wiadomość jest za długa. Proszę ją skrócić do 1000 znaków.",
    503: "Usługa jest chwilowo niedostępna. Proszę spróbować za minutę. W razie zagrożenia życia: 112.",
}
_UNREADABLE = "Nie udało się odczytać danych. Proszę wysłać JSON zgodny z opisem; do sprawdzenia: {field}."
_EVERYTHING = "cała treść"
# Names of fields that we do not know are shown only as far as they cannot be anybody's data.
_FIELD = re.compile(r"[a-z_]{1,40}", re.IGNORECASE)
_FAILURE = "Coś poszło nie tak po naszej stronie. Proszę spróbować za minutę. W razie zagrożenia życia: 112."


_DOCUMENT = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, in Polish."},
    },
    "additionalProperties": False,
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    range_: {"description": description, "content": {"application/problem+json": {"schema": _DOCUMENT}}}
    for range_, description in {"4XX": "The request is refused.", "5XX": "It cannot be served now."}.items()
}
"""How the errors of every route are described to programs."""


class Problem(Exception):  # noqa: N818 - the name that RFC 9457 gives it
    """An error that is shown to the resident with its status and a sentence in Polish."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers


def problem_response(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return the problem document of an error."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(body, status, dict(headers or {}), media_type="application/problem+json")


def unreadable(place: Iterable[object]) -> str:
    """Return the sentence about data that break their description at a place, such as ("location", "lat")."""
    names = [part for part in place if isinstance(part, str) and _FIELD.fullmatch(part)]
    return _UNREADABLE.format(field=".".join(names) or _EVERYTHING)


def install_problem_handlers(app: FastAPI, error_page: ErrorPage) -> None:
    """Make every error a problem document, for people in a browser a page, without a word of what was sent."""

    async def shown(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
        if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/"):
            page = await error_page(request, status, detail)
            page.headers.update(headers or {})
            return page
        return problem_response(status, detail, headers)

    _handle_refusals(app, shown)
    _handle_failures(app, shown)


def _handle_refusals(app: FastAPI, shown: _Shown) -> None:
    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> Response:
        return await shown(request, error.status, error.detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(422, _readable(error))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        other = _FAILURE if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else DETAILS[400]
        return await shown(request, error.status_code, DETAILS.get(error.status_code, other), error.headers)

    @app.exception_handler(ClientDisconnect)
    async def _gone(_request: Request, _error: Exception) -> Response:
        # A preview that is left while it is being sent is nobody's fault, and nobody reads the answer.
        return Response(status_code=_GONE)


def _handle_failures(app: FastAPI, shown: _Shown) -> None:
    @app.exception_handler(OperationalError)
    @app.exception_handler(InterfaceError)
    @app.exception_handler(NoConnectionError)
    async def _away(request: Request, error: Exception) -> Response:
        # Without its trace: while a database is away there is one such error a call.
        _log.error("the database does not serve", path=_public_path(request), error=type(error).__name__)
        return await shown(request, 503, DETAILS[503], {"Retry-After": "60"})

    @app.exception_handler(Exception)
    async def _failure(request: Request, error: Exception) -> Response:
        _log.error("request failed", path=_public_path(request), error=type(error).__name__, exc_info=error)
        response = await shown(request, 500, _FAILURE)
        # What answers for a failure stands outside of what adds them to every other answer.
        for name, value in security_headers(request.url.path).items():
            response.headers.setdefault(name, value)
        return response


def _public_path(request: Request) -> str:
    """Return the path with the names of its parameters in place of their values, which may be secrets."""
    path = request.url.path
    for name, value in request.path_params.items():
        path = path.replace(str(value), f"{{{name}}}")
    return path


def _readable(error: RequestValidationError) -> str:
    """Return the sentence of our own validators, or a general one that names the first field to look at."""
    for entry in error.errors():
        cause = entry.get("ctx", {}).get("error")
        if isinstance(cause, ValueError):
            return str(cause)
    # The first part says that it is the body, a header or the address.
    return unreadable(error.errors()[0]["loc"][1:])
