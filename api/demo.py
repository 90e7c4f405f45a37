"""Pages that only the demo has: the outbox on the screen and the smog button."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.dependencies import Used
from api.pages import page
from api.web import CHANNEL_NAMES
from notifier.demo import Demo

_OUTBOX = "/demo/outbox"


def demo_router(demo: Demo, follow_the_air: Callable[[], Awaitable[None]]) -> APIRouter:
    """Return the routes of the demo; `follow_the_air` is the work that publishes alerts."""
    router = APIRouter(include_in_schema=False)

    @router.get(_OUTBOX)
    async def outbox(request: Request, used: Used) -> HTMLResponse:
        """Show what would have been sent."""
        messages = await demo.outbox()
        return page(request, used, "outbox.html", messages=messages, channels=CHANNEL_NAMES)

    @router.post("/demo/smog")
    async def smog() -> RedirectResponse:
        """Let a smog episode begin; pressed again while it runs, nobody is told twice."""
        await demo.make_smog()
        await follow_the_air()
        return RedirectResponse(_OUTBOX, status_code=303)

    return router
