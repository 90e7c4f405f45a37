"""Steps of an announcement that need no page of their own."""

from collections.abc import Awaitable

from fastapi import Request, Response

from api.panel.announcements.one import done, refused
from api.panel.announcements.shown import APPROVING, RUNNING, WRITING, known, number_of
from api.panel.desk import Desk
from api.panel.forms import form, number
from api.panel.routing import room_router
from api.panel.visit import Here, Used, Visit
from notifier.announcements.errors import AnnouncementError
from notifier.announcements.models import MAX_REASON

router = room_router()

_ANY_LENGTH = 100 * MAX_REASON


@router.post("/{announcement}/przekaz", dependencies=WRITING)
async def submit(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Hand it over for approval."""
    step = used.newsroom.desk.submit(visit.actor, number_of(announcement))
    return await _made(announcement, request, visit, used, step, "przekazano")


@router.post("/{announcement}/zwroc", dependencies=APPROVING)
async def send_back(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Return it to its author with a remark."""
    reason = (await form(request)).raw("reason", _ANY_LENGTH)
    step = used.newsroom.desk.send_back(visit.actor, number_of(announcement), reason)
    return await _made(announcement, request, visit, used, step, "zwrocono", returned_for=reason)


@router.post("/{announcement}/zatwierdz", dependencies=APPROVING)
async def approve(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Approve the version that was read."""
    version = (await form(request)).raw("version") or "1"
    step = used.newsroom.desk.approve(visit.actor, number_of(announcement), number(version))
    return await _made(announcement, request, visit, used, step, "zatwierdzono")


@router.post("/{announcement}/wstrzymaj", dependencies=RUNNING)
async def pause(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Halt the sending."""
    step = used.newsroom.desk.pause(visit.actor, number_of(announcement))
    return await _made(announcement, request, visit, used, step, "wstrzymano")


@router.post("/{announcement}/wznow", dependencies=RUNNING)
async def resume(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Send the rest."""
    step = used.newsroom.desk.resume(visit.actor, number_of(announcement))
    return await _made(announcement, request, visit, used, step, "wznowiono")


@router.post("/{announcement}/anuluj", dependencies=RUNNING)
async def cancel(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Stop it for good."""
    reason = (await form(request)).raw("reason", _ANY_LENGTH)
    step = used.newsroom.desk.cancel(visit.actor, number_of(announcement), reason)
    return await _made(announcement, request, visit, used, step, "anulowano", cancelled_for=reason)


@router.post("/{announcement}/ponow", dependencies=RUNNING)
async def repeat(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Try the failed ones again."""
    try:
        with known():
            queued = await used.newsroom.desk.repeat(visit.actor, number_of(announcement))
    except AnnouncementError as error:
        return await refused(announcement, request, visit, used, error)
    raise done(announcement, "ponowiono" if queued else "nie_bylo")


async def _made(
    announcement: str, request: Request, visit: Visit, used: Desk, step: Awaitable[object], what: str, **typed: str
) -> Response:
    try:
        with known():
            await step
    except AnnouncementError as error:
        return await refused(announcement, request, visit, used, error, **typed)
    raise done(announcement, what)
