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
from api.panel.visit import needs, opening


def panel_router(desk: Desk) -> APIRouter:
    """Return every page of the panel over the given services."""
    pages = APIRouter(dependencies=[Depends(opening(desk, ROOMS))])
    for router in (start.router, access.router, set_up.router, account.router):
        pages.include_router(router, prefix=HOME)
    for room in ROOMS:
        pages.include_router(room.router, prefix=f"{HOME}{room.path}", dependencies=[Depends(needs(room.permission))])
    pages.include_router(unknown_page(), prefix=HOME)
    panel = APIRouter(include_in_schema=False)
    panel.include_router(assets.router, prefix=HOME)
    panel.include_router(pages)
    return panel
