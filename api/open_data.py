"""Open data: what the assistant itself answers from, as JSON with sources and times."""

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from api.caching import OPEN, conditional
from api.dependencies import Services, Used
from api.problems import Problem
from content.topics.events.calendar import MEDIA_TYPE, calendar
from content.topics.events.event import Event

router = APIRouter()

_PUBLISHED = {
    "air": "Return the air of the city's station: index, readings, mean, trend, official notices.",
    "chargers": "Return the public chargers of the city, with live states and prices where they are known.",
    "subsidies": "Return the subsidy programmes with their confirmed facts.",
    "events": "Return the coming events.",
    "announcements": "Return the latest announcements of the city.",
}
_MADE_AT = ("generated_at", "checked_at")
_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "The caller has it already (If-None-Match)."}}
_JSON = {200: {"content": {"application/json": {"schema": {"type": "object"}}}}, **_UNCHANGED}
_CALENDAR = {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}, **_UNCHANGED}


@router.get("/feeds/events.ics", responses=_CALENDAR, response_class=Response)
async def coming_events(request: Request, used: Used) -> Response:
    """Return the coming events as a calendar that programs can subscribe to; one called off says so."""
    return _calendar(request, used, await used.agenda.for_calendars())


@router.get("/feeds/events/{event_id}.ics", responses=_CALENDAR, response_class=Response)
async def one_event(event_id: str, request: Request, used: Used) -> Response:
    """Return one coming event as a calendar file."""
    found = tuple(event for event in await used.agenda.for_calendars() if event.id == event_id)
    if not found:
        raise Problem(HTTPStatus.NOT_FOUND, "Nie ma takiego wydarzenia albo już się skończyło.")
    return _calendar(request, used, found)


def _published(name: str) -> Callable[[Request, Used], Awaitable[Response]]:
    async def published(request: Request, used: Used) -> Response:
        data = await used.open_data[name]()
        lasting = {key: value for key, value in data.items() if key not in _MADE_AT}
        return conditional(request, _json(data), "application/json", OPEN, _json(lasting))

    return published


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _calendar(request: Request, used: Services, events: tuple[Event, ...]) -> Response:
    # The code of the city, not the address: the ids of entries must outlive a move of the service.
    name, host, now = used.city.name, used.city.folder.name, used.clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    body, lasting = (calendar(events, name, host, moment) for moment in (now, midnight))
    return conditional(request, body, MEDIA_TYPE, OPEN, lasting)


for _name, _description in _PUBLISHED.items():
    router.get(f"/api/v1/{_name}", name=_name, description=_description, responses=_JSON)(_published(_name))
