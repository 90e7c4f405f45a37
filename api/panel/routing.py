"""Routes of the panel: a refusal becomes a page, and no answer is kept by a browser."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from api.panel.refusals import NOT_HERE, Again, GoTo, Refused
from api.panel.rendering import again_page, refusal_page
from core.crypto import UnsealError
from core.staff.errors import PermissionRefusedError

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
_FORBIDDEN = "To konto nie ma dostępu do tej strony. Dostęp nadaje administrator panelu."
_SEALED = "Nie można odczytać treści: brakuje klucza, którym została zaszyfrowana, albo zapis jest uszkodzony."


class PanelRoute(APIRoute):
    """A route whose refusals are pages of the panel."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what serves a request."""
        serve = super().get_route_handler()

        async def served(request: Request) -> Response:
            try:
                response = await serve(request)
            except GoTo as elsewhere:
                response = _sent(request, elsewhere.location)
            except Again:
                response = await again_page(request)
            except Refused as refused:
                response = refusal_page(request, refused.status, refused.sentence)
            except PermissionRefusedError:
                response = refusal_page(request, 403, _FORBIDDEN)
            except UnsealError:
                response = refusal_page(request, 500, _SEALED)
            for name, value in _HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return served


def room_router() -> APIRouter:
    """Return an empty router of a room."""
    return APIRouter(route_class=PanelRoute, include_in_schema=False)


def unknown_page() -> APIRouter:
    """Return the router that answers for addresses of the panel that do not exist."""
    router = room_router()

    @router.api_route("/{_path:path}", methods=["GET", "POST"])
    async def nothing_here() -> Response:
        """Say that there is nothing."""
        raise Refused(404, NOT_HERE)

    return router


def _sent(request: Request, location: str) -> Response:
    # A fragment on a page must not become the sign-in form: the whole page goes there.
    if "hx-request" in request.headers:
        return Response(headers={"HX-Redirect": location})
    return RedirectResponse(location, status_code=303)
