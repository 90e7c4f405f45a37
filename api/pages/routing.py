"""What every page of the city shares: above it stands what everybody should see now."""

from fastapi import APIRouter, Depends, Request
from fastapi.params import Depends as Dependency

from api.dependencies import Used


async def shown_notices(request: Request, used: Used) -> None:
    """Lay ready for the page what everybody should see now: see `api.notices`."""
    if used.web.notices:
        request.state.notices = await used.web.notices.now()


def pages_router(*before: Dependency, prefix: str = "") -> APIRouter:
    """Return a router of pages; `before` runs before each of them."""
    dependencies = [*before, Depends(shown_notices)]
    return APIRouter(prefix=prefix, include_in_schema=False, dependencies=dependencies)
