"""Sending to everyone: only after a fresh proof of presence; then how far it is, live."""

from collections.abc import AsyncIterator
from datetime import timedelta

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from api.panel.announcements.faults import fault
from api.panel.announcements.moments import field_moment
from api.panel.announcements.one import done
from api.panel.announcements.shown import RUNNING, address, allows, context, known, number_of
from api.panel.desk import Desk
from api.panel.forms import form
from api.panel.refusals import GoTo
from api.panel.rendering import page
from api.panel.routing import room_router
from api.panel.visit import Fresh, Here, Used, Visit
from notifier.announcements.errors import AnnouncementError
from notifier.deliveries.progress import Progress

router = room_router()

# A page left open must not keep a session alive for ever.
_LONGEST = timedelta(minutes=10)
_NOT_SENT = "Komunikat nie jest jeszcze zaplanowany. Co trzeba poprawić, jest opisane przy polu."
_NO_MOMENT = "Proszę podać dzień i godzinę wysłania."


@router.get("/{announcement}/wysylka", dependencies=RUNNING)
async def sending_form(announcement: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Ask when it goes out, and show once more to whom and for how much."""
    return await _form(announcement, request, visit, used)


@router.post("/{announcement}/wysylka", dependencies=RUNNING)
async def send(announcement: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Send it now, or at a moment."""
    fields, number, desk = await form(request), number_of(announcement), used.newsroom.desk
    at, faults = fields.raw("at"), dict[str, str]()
    try:
        with known():
            if fields.raw("when") != "later":
                await desk.publish(visit.actor, number)
                raise done(announcement, "wyslano")
            if moment := field_moment(at, "at", faults, _NO_MOMENT):
                await desk.schedule(visit.actor, number, moment)
                raise done(announcement, "zaplanowano")
    except AnnouncementError as error:
        faults.update([fault(error)])
    sentence = _NOT_SENT if "at" in faults else next(iter(faults.values()))
    return await _form(announcement, request, visit, used, 422, at=at, faults=faults, fault=sentence)


@router.get("/{announcement}/postep")
async def progress(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Stream the progress as fragments of the page, and the end of it."""
    with known():
        watched = await used.newsroom.desk.watch(visit.actor, number_of(announcement))
    # Proxies must pass each event on at once.
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(_events(request, used, watched), media_type="text/event-stream", headers=headers)


async def _events(request: Request, used: Desk, watched: AsyncIterator[Progress]) -> AsyncIterator[str]:
    until = used.clock.now() + _LONGEST
    async for seen in watched:
        html = bytes(page(request, "announcements/progress.html", progress=seen, **context(used.newsroom)).body)
        yield _event("progress", html.decode())
        if used.clock.now() >= until:
            return
    yield _event("end", "")


def _event(kind: str, data: str) -> str:
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {kind}\n{lines}\n"


async def _form(
    announcement: str, request: Request, visit: Visit, used: Desk, status: int = 200, /, **values: object
) -> Response:
    newsroom = used.newsroom
    with known():
        found = await newsroom.desk.show(visit.actor, number_of(announcement))
    if not allows(found.state, "publish"):
        raise GoTo(address(found.id))
    outlook = await newsroom.outlooks.of(visit.actor, found.content)
    shown = {"announcement": found, "content": found.content, "outlook": outlook, **context(newsroom)}
    return page(request, "announcements/sending.html", status, **shown, **values)
