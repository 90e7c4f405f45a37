"""Every route of the application, read from the application itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

_PANEL = "/panel"
_CATCH_ALL = f"{_PANEL}/{{_path:path}}"
STREAMS = frozenset({"/api/v1/chat/events", "/api/v1/announcements/{announcement_id}/progress"})
"""Answers that go on until somebody closes them."""


@dataclass(frozen=True)
class Route:
    """A method and a path with the names of its parameters in braces; `needs` are what it depends on, by name."""

    method: str
    path: str
    needs: frozenset[str]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters."""
        return tuple(part[1:-1] for part in self.path.replace(".", "/").split("/") if part.startswith("{"))

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method not in {"GET", "HEAD"}

    @property
    def is_of_panel(self) -> bool:
        """Whether it belongs to staff."""
        return self.path.startswith(_PANEL)

    def address(self, value: str = "1") -> str:
        """Return an address of it with one value for all parameters."""
        return self.path.format_map(dict.fromkeys(self.parameters, value))


def every_route(app: FastAPI) -> list[Route]:
    """Return the routes, the panel's page of unknown addresses left out."""
    found = []
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and context.path != _CATCH_ALL:
            needs = frozenset(_needs(context.dependant))
            found += [Route(method, context.path or "", needs) for method in sorted(context.methods or ())]
    return found


def _needs(dependant: Dependant) -> Iterator[str]:
    for each in dependant.dependencies:
        yield getattr(each.call, "__qualname__", type(each.call).__qualname__)
        yield from _needs(each)
