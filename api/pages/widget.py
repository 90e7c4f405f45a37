"""The chat widget as other sites load it: two scripts and what it says first."""

import json
from datetime import timedelta
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from api.caching import conditional
from api.dependencies import Used
from api.web import widget_settings

_DIST = Path(__file__).parents[1] / "widget" / "dist"
_AGE = {"Cache-Control": f"public, max-age={int(timedelta(hours=1).total_seconds())}"}
# A module is fetched in the manner of data, so other sites need leave to load it.
_FOR_ANY_SITE = {"Access-Control-Allow-Origin": "*"}

router = APIRouter(include_in_schema=False)


@router.get("/widget.js")
async def widget() -> FileResponse:
    """Serve the chat widget, one script for any site of the city."""
    return FileResponse(_DIST / "widget.js", media_type="text/javascript", headers=_AGE)


@router.get("/widget-map.js")
async def widget_map() -> FileResponse:
    """Serve the map, which the widget loads when a resident asks for it."""
    return FileResponse(_DIST / "widget-map.js", media_type="text/javascript", headers=_AGE | _FOR_ANY_SITE)


@router.get("/api/v1/widget")
async def settings(request: Request, used: Used) -> Response:
    """Return what the widget says first, for sites that do not say it themselves."""
    body = json.dumps(widget_settings(used.city, used.web), ensure_ascii=False).encode()
    return conditional(request, body, "application/json", _AGE | _FOR_ANY_SITE)
