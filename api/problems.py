"""Errors as RFC 9457 problem documents whose `detail` a resident can read."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from core.logging import get_logger

_log = get_logger(__name__)

ErrorPage = Callable[[Request, int, str], Response]

DETAILS = {
    400: "Nie udało się odczytać wiadomości. Proszę spróbować ponownie.",
    404: "Pod tym adresem nic nie ma. Mógł się zmienić albo zawiera błąd.",
    405: "Ta usługa działa inaczej. Proszę wrócić na stronę główną.",
    413: "Wiadomość jest za długa. Proszę ją skrócić do 1000 znaków.",
    422: "Nie udało się odczytać wiadomości. Proszę napisać pytanie, wybrać przycisk albo udostępnić lokalizację.",
    503: "Usługa jest chwilowo niedostępna. Proszę spróbować za minutę. W razie zagrożenia życia: 112.",
}
_FAILURE = "Coś poszło nie tak po naszej stronie. Proszę spróbować za minutę. W razie zagrożenia życia: 112."


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


def install_problem_handlers(app: FastAPI, error_page: ErrorPage) -> None:
    """Make every error a problem document, for people in a browser a page, without a word of what was sent."""

    def shown(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
        if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/"):
            page = error_page(request, status, detail)
            page.headers.update(headers or {})
            return page
        return problem_response(status, detail, headers)

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> Response:
        return shown(request, error.status, error.detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(422, _readable(error))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        return shown(request, error.status_code, DETAILS.get(error.status_code, _FAILURE), error.headers)

    @app.exception_handler(Exception)
    async def _failure(request: Request, error: Exception) -> Response:
        _log.error("request failed", path=_public_path(request), error=type(error).__name__, exc_info=error)
        return shown(request, 500, _FAILURE)


def _public_path(request: Request) -> str:
    """Return the path with the names of its parameters in place of their values, which may be secrets."""
    path = request.url.path
    for name, value in request.path_params.items():
        path = path.replace(str(value), f"{{{name}}}")
    return path


def _readable(error: RequestValidationError) -> str:
    """Return the sentence of our own validators, or a general one."""
    for entry in error.errors():
        cause = entry.get("ctx", {}).get("error")
        if isinstance(cause, ValueError):
            return str(cause)
    return DETAILS[422]
