"""Privacy and accessibility."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.dependencies import Used
from api.pages.rendering import page
from api.pages.routing import pages_router

router = pages_router()


@router.get("/prywatnosc")
async def privacy(request: Request, used: Used) -> HTMLResponse:
    """Show what is kept, for how long, and who else gets it: as this installation is set up now."""
    return page(request, used, "privacy.html", kept=used.kept, channels=used.web.channels)


@router.get("/deklaracja-dostepnosci")
async def accessibility(request: Request, used: Used) -> HTMLResponse:
    """Show the declaration of accessibility, in the form that the act of 4 April 2019 asks for."""
    return page(request, used, "accessibility.html", address=str(request.base_url).rstrip("/"))
