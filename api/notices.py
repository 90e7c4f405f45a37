"""What everybody should see at once: the staff's urgent banner, and the smog alert that is valid."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from content.format import iso
from core.clock import Clock
from core.logging import get_logger

_log = get_logger(__name__)

LOOK_SECONDS = 2.0
_OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=15"}


@dataclass(frozen=True)
class LiveAlert:
    """An alert that is valid now."""

    id: str
    title: str
    text: str


class Banner(Protocol):
    """A banner that is shown now; `level` is info, warning or danger, the moments are aware."""

    text: str
    level: str
    starts_at: datetime
    ends_at: datetime


CurrentAlert = Callable[[], Awaitable[LiveAlert | None]]
"""Returns the alert that is valid now; asks no other server."""

CurrentBanner = Callable[[], Awaitable[Banner | None]]
"""Returns the banner that is shown now; asks no other server."""


@dataclass(frozen=True)
class Notices:
    """What is to be seen now; `banner` as JSON with text, level, from and to in Polish time."""

    alert: LiveAlert | None = None
    banner: dict[str, Any] | None = None


class NoticeBoard:
    """Looks for them at most once in `every` seconds, for everybody who asks."""

    def __init__(self, alert: CurrentAlert, banner: CurrentBanner, clock: Clock, every: float = LOOK_SECONDS) -> None:
        self._alert = alert
        self._banner = banner
        self._clock = clock
        self._every = every
        self._seen = Notices()
        self._seen_at: float | None = None
        self._looking = asyncio.Lock()

    async def now(self) -> Notices:
        """Return what is shown now; after a fault of the database what was shown before."""
        async with self._looking:
            now = self._clock.monotonic()
            if self._seen_at is None or now - self._seen_at >= self._every:
                self._seen_at = now
                try:
                    self._seen = Notices(await self._alert(), banner_json(await self._banner()))
                except Exception as error:
                    _log.warning("notices cannot be read", error=type(error).__name__)
            return self._seen


def banner_json(banner: Banner | None) -> dict[str, Any] | None:
    """Return a banner as programs read it, None for none."""
    if banner is None:
        return None
    return {
        "text": banner.text,
        "level": banner.level,
        "from": iso(banner.starts_at),
        "to": iso(banner.ends_at),
    }


def banner_router(board: NoticeBoard) -> APIRouter:
    """Return the route by which other sites of the city show the banner."""
    router = APIRouter()

    @router.get("/api/v1/banner", responses={204: {"description": "No banner is shown now."}})
    async def banner() -> Response:
        """Return the urgent banner that is shown now: text, level (info, warning, danger), from and to."""
        shown = (await board.now()).banner
        return JSONResponse(shown, headers=_OPEN) if shown else Response(status_code=204, headers=_OPEN)

    return router
