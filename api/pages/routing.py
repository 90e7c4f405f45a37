"""What every page of the city shares: it answers HEAD, and above it stands what everybody should see now."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute

from api.dependencies import Services, services

Used = Annotated[Services, Depends(services)]
"""The argument by which a page gets what it works with."""


class PageRoute(APIRoute):
    """A route that answers HEAD like GET; the server leaves the body out."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - passed on as they come
        super().__init__(*args, **options)
        if self.methods and "GET" in self.methods:
            self.methods.add("HEAD")


async def shown_notices(request: Request, used: Used) -> None:
    """Lay ready for the page what everybody should see now: see `api.notices`."""
    if used.web.notices:
        request.state.notices = await used.web.notices.now()


def pages_router(*before: Dependency, prefix: str = "") -> APIRouter:
    """Return a router of pages; `before` runs before each of them."""
    dependencies = [*before, Depends(shown_notices)]
    return APIRouter(prefix=prefix, include_in_schema=False, route_class=PageRoute, dependencies=dependencies)
