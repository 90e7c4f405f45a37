"""The start page, the air and the events."""

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from api.dependencies import Used
from api.pages.rendering import page
from api.pages.routing import pages_router
from content.intents import all_intents
from content.question import Question

_LATEST = 3

router = pages_router()


@router.get("/")
async def start(request: Request, used: Used, temat: Annotated[str, Query(max_length=40)] = "") -> HTMLResponse:
    """Show the city page with the widget, which begins with the topic of a link that led here."""
    told = await used.open_data["announcements"]()
    topic = all_intents().get(temat)
    return page(
        request,
        used,
        "city.html",
        air=await used.air.card(),
        announcements=told["announcements"][:_LATEST],
        topic={"payload": temat, "title": topic.title} if topic else None,
    )


@router.get("/powietrze")
async def air(request: Request, used: Used) -> HTMLResponse:
    """Show the air: level, values, trend, advice, the last day."""
    return page(
        request,
        used,
        "air.html",
        air=await used.air.card(),
        explained=await used.air.explanation.answer(Question("air_explain")),
        rules=await used.air.explanation.heating_rules(Question("heating_rules")),
    )


@router.get("/wydarzenia")
async def events(request: Request, used: Used) -> HTMLResponse:
    """Show the coming events, each with its calendar file."""
    return page(request, used, "events.html", events=await used.agenda.coming())
