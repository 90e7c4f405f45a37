"""Every route of the running panel, and who may enter each: read from the application itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from api.panel.addresses import HOME
from api.panel.visit import Needs
from core.staff.permissions import Permission

_VALUES = {"intent": "greet", "name": "text"}
_CATCH_ALL, _FILES = f"{HOME}/{{_path:path}}", f"{HOME}/static/"


@dataclass(frozen=True)
class PanelPage:
    """A page: its method, an address of it, and sets of permissions of each of which one is needed."""

    method: str
    path: str
    needed: tuple[frozenset[Permission], ...]

    def opens_for(self, permissions: frozenset[Permission]) -> bool:
        """Whether somebody with these permissions may enter."""
        return all(one & permissions for one in self.needed)


def panel_pages(app: FastAPI) -> Iterator[PanelPage]:
    """Yield every page below the panel's address, the shared files and the page of unknown addresses left out."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        path = context.path or ""
        if not isinstance(route, APIRoute) or path == _CATCH_ALL or path.startswith(_FILES):
            continue
        address = path.format_map({name: _VALUES.get(name, "1") for name in route.param_convertors})
        needed = tuple(frozenset(one.permissions) for one in _needs(context.dependant))
        yield from (PanelPage(method, address, needed) for method in sorted(context.methods or ()))


def _needs(dependant: Dependant) -> Iterator[Needs]:
    if isinstance(dependant.call, Needs):
        yield dependant.call
    for each in dependant.dependencies:
        yield from _needs(each)
