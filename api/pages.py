"""The city's pages, rendered on the server and readable without JavaScript."""

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.templating import Jinja2Templates

from api.dependencies import Services, services
from content.charts.scale import HEIGHT, WIDTH
from content.format import decimal, polish_moment

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_WIDGET = _HERE / "widget" / "dist" / "widget.js"
_WIDGET_AGE = timedelta(hours=1)

router = APIRouter(include_in_schema=False)
_templates = Jinja2Templates(_HERE / "templates")
_templates.env.filters |= {"decimal": decimal, "polish_moment": polish_moment}
_templates.env.globals |= {"chart_width": WIDTH, "chart_height": HEIGHT}

Used = Annotated[Services, Depends(services)]


@router.get("/")
async def city_page(request: Request, used: Used) -> HTMLResponse:
    """Show the city page with the widget."""
    return page(request, used, "city.html", air=await used.air.card())


@router.get("/prywatnosc")
async def privacy_page(request: Request, used: Used) -> HTMLResponse:
    """Show what is kept of a conversation and for how long."""
    return page(request, used, "privacy.html", retention_days=used.transcript_days, handoff_days=used.handoff_days)


@router.get("/widget.js")
async def widget() -> FileResponse:
    """Serve the chat widget, one script for any site of the city."""
    headers = {"Cache-Control": f"public, max-age={int(_WIDGET_AGE.total_seconds())}"}
    return FileResponse(_WIDGET, media_type="text/javascript", headers=headers)


def error_page(request: Request, status: int, detail: str) -> HTMLResponse:
    """Show an error to a person in a browser."""
    title = "Nie ma takiej strony" if status == HTTPStatus.NOT_FOUND else "Coś poszło nie tak"
    return page(request, services(request), "error.html", status, title=title, detail=detail)


def page(request: Request, used: Services, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a template with what every page needs."""
    context = {"city": used.city, "demo": used.demo, **values}
    return _templates.TemplateResponse(request, template, context, status)
