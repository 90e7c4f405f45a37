"""The chargers of the city as a list that can be narrowed down, with a map for those who have JavaScript."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.dependencies import Used
from api.pages.rendering import page
from api.pages.routing import pages_router
from content.texts import Texts
from content.topics.charging.describe import Describer, count
from content.topics.charging.known import Chargers, Known
from content.topics.charging.register import Charger, ConnectorType
from content.topics.charging.wanted import Wanted
from core.text import fold

_CONNECTORS = tuple(kind for kind in ConnectorType if kind is not ConnectorType.OTHER)
_POWERS = (11, 22, 50, 100)

Filter = Annotated[str, Query(max_length=60)]


def chargers_router(chargers: Chargers, texts: Texts) -> APIRouter:
    """Return the page of chargers."""
    router = pages_router()

    @router.get("/ladowarki")
    async def list_of_chargers(
        request: Request, used: Used, ulica: Filter = "", zlacze: Filter = "", moc: Filter = "", wolne: Filter = ""
    ) -> HTMLResponse:
        """Show the chargers that fit the form; a wish that cannot be read narrows nothing down."""
        known = await chargers.current()
        connector = ConnectorType(zlacze) if zlacze in _CONNECTORS else None
        wanted = Wanted(connector, least_kw=int(moc) if moc in map(str, _POWERS) else None)
        fitting = [
            charger
            for charger in wanted.among(known.register.chargers)
            if _is_at(charger, ulica) and (not wolne or _is_free(known, charger))
        ]
        describe = Describer(known, texts)
        return page(
            request,
            used,
            "chargers.html",
            spots=[describe.spot(charger) for charger in fitting],
            found=count(len(fitting)),
            total=len(known.register.chargers),
            source=known.register.source,
            is_live=bool(known.states(known.register.chargers)),
            chosen={"ulica": ulica, "zlacze": zlacze, "moc": moc, "wolne": wolne},
            connectors=_CONNECTORS,
            powers=_POWERS,
        )

    return router


def _is_at(charger: Charger, street: str) -> bool:
    return fold(street).strip() in fold(charger.address or "")


def _is_free(known: Known, charger: Charger) -> bool:
    state = known.state(charger)
    return state is not None and state.free > 0
