"""Open data: what the assistant itself answers from, as JSON with sources and times."""

import json
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from api.caching import conditional
from api.dependencies import Services, services
from api.problems import Problem
from content.topics.events.calendar import MEDIA_TYPE, calendar
from content.topics.events.event import Event

router = APIRouter()

Used = Annotated[Services, Depends(services)]

# Anybody may read them from any page: they are public and depend on nobody.
_OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=60"}
_MADE_AT = ("generated_at", "checked_at")
_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "The caller has it already (If-None-Match)."}}
_JSON = {200: {"content": {"application/json": {"schema": {"type": "object"}}}}, **_UNCHANGED}
_CALENDAR = {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}, **_UNCHANGED}


@router.get("/api/v1/air", responses=_JSON)
async def air(request: Request, used: Used) -> Response:
    """Return the air of the city's station: index, readings, mean, trend, official notices."""
    return await _published(request, used, "air")


@router.get("/api/v1/chargers", responses=_JSON)
async def chargers(request: Request, used: Used) -> Response:
    """Return the public chargers of the city, with live states and prices where they are known."""
    return await _published(request, used, "chargers")


@router.get("/api/v1/subsidies", responses=_JSON)
async def subsidies(request: Request, used: Used) -> Response:
    """Return the subsidy programmes with their confirmed facts."""
    return await _published(request, used, "subsidies")


@router.get("/api/v1/events", responses=_JSON)
async def events(request: Request, used: Used) -> Response:
    """Return the coming events."""
    return await _published(request, used, "events")


@router.get("/api/v1/announcements", responses=_JSON)
async def announcements(request: Request, used: Used) -> Response:
    """Return the latest announcements of the city."""
    return await _published(request, used, "announcements")


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


async def _published(request: Request, used: Services, name: str) -> Response:
    data = await used.open_data[name]()
    lasting = {key: value for key, value in data.items() if key not in _MADE_AT}
    return conditional(request, _json(data), "application/json", _OPEN, _json(lasting))


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _calendar(request: Request, used: Services, events: tuple[Event, ...]) -> Response:
    # The code of the city, not the address: the ids of entries must outlive a move of the service.
    name, host, now = used.city.name, used.city.folder.name, used.clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    body, lasting = (calendar(events, name, host, moment) for moment in (now, midnight))
    return conditional(request, body, MEDIA_TYPE, _OPEN, lasting)
