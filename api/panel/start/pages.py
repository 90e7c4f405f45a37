"""The first page."""

from fastapi import Request, Response

from api.panel.addresses import HOME
from api.panel.refusals import GoTo
from api.panel.rendering import page
from api.panel.room import Room
from api.panel.routing import room_router
from api.panel.start.today import today
from api.panel.visit import Here, Used
from core.staff.permissions import Permission

router = room_router()


@router.get("")
async def start(request: Request, visit: Here, used: Used) -> Response:
    """Show what waits, how things stand today, and the rooms there are."""
    rooms: list[Room] = [room for room in request.state.rooms if visit.actor.may(room.permission)]
    waiting = [each for room in rooms if room.waiting for each in await room.waiting(used, visit.actor)]
    tiles = await today(used, visit.actor) if visit.actor.may(Permission.READ_NUMBERS) else ()
    return page(request, "start.html", rooms=rooms, waiting=waiting, tiles=tiles, now=used.clock.now())


@router.get("/")
async def with_slash() -> Response:
    """Lead to the first page."""
    raise GoTo(HOME)
