"""Style and scripts of the panel; htmx.min.js is htmx.org 4.0.1, unchanged (Zero-Clause BSD)."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from api.problems import Problem

_STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript"}
_FILES = {file.name: file for file in _STATIC.iterdir() if file.suffix in _TYPES}
# Short, so that a release is seen at once; an unchanged file costs one empty answer.
_AGE = {"Cache-Control": "public, max-age=300"}

router = APIRouter(include_in_schema=False)


@router.get("/static/{name}")
async def asset(name: str) -> FileResponse:
    """Serve a file."""
    if name not in _FILES:
        raise Problem(404, "Nie ma takiego pliku.")
    return FileResponse(_FILES[name], media_type=_TYPES[_FILES[name].suffix], headers=_AGE)
