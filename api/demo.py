"""Pages that only the demo has: the outbox on the screen and the smog button."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.dependencies import Used
from api.pages import page
from api.web import CHANNEL_NAMES
from notifier.demo import Demo

_OUTBOX = "/demo/outbox"


@dataclass(frozen=True)
class DemoDesk:
    """The demo, and the work that follows the air and publishes alerts."""

    demo: Demo
    follow_the_air: Callable[[], Awaitable[None]]


def demo_router(desk: DemoDesk) -> APIRouter:
    """Return the routes of the demo."""
    router = APIRouter(include_in_schema=False)

    @router.get(_OUTBOX)
    async def outbox(request: Request, used: Used) -> HTMLResponse:
        """Show what would have been sent."""
        messages = await desk.demo.outbox()
        return page(request, used, "outbox.html", messages=messages, channels=CHANNEL_NAMES)

    @router.post("/demo/smog")
    async def smog() -> RedirectResponse:
        """Let a smog episode begin; pressed again while it runs, nobody is told twice."""
        await desk.demo.make_smog()
        await desk.follow_the_air()
        return RedirectResponse(_OUTBOX, status_code=303)

    return router
