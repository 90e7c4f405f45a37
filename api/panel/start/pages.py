"""The first page."""

from collections.abc import Sequence

from fastapi import Request, Response

from api.panel.addresses import HOME
from api.panel.desk import Desk
from api.panel.refusals import GoTo
from api.panel.rendering import page
from api.panel.room import Room
from api.panel.routing import room_router
from api.panel.start.today import Today
from api.panel.tiles import Tile
from api.panel.visit import Here, Used
from core.staff.actor import Actor
from core.staff.permissions import Permission

router = room_router()


@router.get("")
async def start(request: Request, visit: Here, used: Used) -> Response:
    """Show what waits, how things stand today, and the rooms there are."""
    rooms: list[Room] = [room for room in request.state.rooms if visit.actor.may(room.permission)]
    waiting = [each for room in rooms if room.waiting for each in await room.waiting(used, visit.actor)]
    now = used.clock.now()
    return page(request, "start.html", rooms=rooms, waiting=waiting, tiles=await _today(used, visit.actor), now=now)


@router.get("/")
async def with_slash() -> Response:
    """Lead to the first page."""
    raise GoTo(HOME)


async def _today(used: Desk, actor: Actor) -> Sequence[Tile]:
    if not actor.may(Permission.READ_NUMBERS):
        return ()
    today = await Today.of(used.database, used.clock, actor)
    return today.tiles(used.sms_price, used.sms_budget.cap)
