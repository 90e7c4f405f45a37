"""The panel as one router."""

from fastapi import APIRouter, Depends

from api.panel import assets
from api.panel.access import pages as access
from api.panel.access import set_up
from api.panel.account import pages as account
from api.panel.addresses import HOME
from api.panel.desk import Desk
from api.panel.rooms import ROOMS
from api.panel.routing import unknown_page
from api.panel.start import pages as start
from api.panel.visit import Needs, opening


def panel_router(desk: Desk) -> APIRouter:
    """Return every page of the panel over the given services."""
    panel, opened = APIRouter(include_in_schema=False), Depends(opening(desk, ROOMS))
    panel.include_router(assets.router, prefix=HOME)
    for router in (start.router, access.router, set_up.router, account.router):
        panel.include_router(router, prefix=HOME, dependencies=[opened])
    for room in ROOMS:
        needed = Depends(Needs(room.permission))
        panel.include_router(room.router, prefix=f"{HOME}{room.path}", dependencies=[opened, needed])
    panel.include_router(unknown_page(), prefix=HOME, dependencies=[opened])
    return panel
