"""Everything the city sent: the archive page by page, and a lasting page of each announcement and alert."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.dependencies import Services, Used
from api.pages.rendering import page
from api.pages.routing import pages_router
from api.problems import Problem
from notifier.archive.entry import Entry
from notifier.archive.repository import ALERTS, ANNOUNCEMENTS, PARTS
from notifier.archive.service import Archive

_PARTS = {"komunikaty": {ANNOUNCEMENTS}, "ostrzezenia": {ALERTS}}
_MOST_DIGITS = 6
_NONE = "Nie ma komunikatu o tym numerze."


def announcements_router(archive: Archive) -> APIRouter:
    """Return the pages of the archive."""
    router = pages_router(prefix="/komunikaty")

    @router.get("")
    async def announcements_page(
        request: Request,
        used: Used,
        strona: Annotated[str, Query(max_length=60)] = "",
        rodzaj: Annotated[str, Query(max_length=60)] = "",
    ) -> HTMLResponse:
        """Show a page of what was sent, the newest first; a number that cannot be read is the first page."""
        told = await used.open_data["announcements"]()
        found = await archive.page(_number(strona), _PARTS.get(rodzaj, PARTS))
        news = [each for each in told["announcements"] if each["number"] is None]
        return page(
            request,
            used,
            "announcements.html",
            found=found,
            part=rodzaj if rodzaj in _PARTS else "",
            told=told,
            news=news,
        )

    @router.get("/{number}")
    async def announcement_page(number: str, request: Request, used: Used) -> HTMLResponse:
        """Show one announcement, with what became of it."""
        return _one(request, used, await archive.announcement(_number(number)))

    @router.get("/ostrzezenie/{identifier}")
    async def alert_page(identifier: str, request: Request, used: Used) -> HTMLResponse:
        """Show one alert or its all-clear."""
        return _one(request, used, await archive.alert(identifier))

    return router


def _one(request: Request, used: Services, entry: Entry | None) -> HTMLResponse:
    if entry is None:
        raise Problem(HTTPStatus.NOT_FOUND, _NONE)
    is_coming = entry.event is not None and (entry.event.ends_at or entry.event.starts_at) > used.clock.now()
    return page(request, used, "announcement.html", entry=entry, is_coming=is_coming)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS else 0
