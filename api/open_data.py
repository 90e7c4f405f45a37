"""Open data: what the assistant itself answers from, as JSON with sources and times."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from api.dependencies import Services, services
from api.problems import Problem
from content.topics.events.calendar import MEDIA_TYPE, calendar
from content.topics.events.event import Event

router = APIRouter()

Used = Annotated[Services, Depends(services)]

# Anybody may read them from any page: they are public and depend on nobody.
_OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=60"}


@router.get("/api/v1/air")
async def air(used: Used, response: Response) -> dict[str, Any]:
    """Return the air of the city's station: index, readings, mean, trend, official notices."""
    return await _published(used, response, "air")


@router.get("/api/v1/chargers")
async def chargers(used: Used, response: Response) -> dict[str, Any]:
    """Return the public chargers of the city, with live states and prices where they are known."""
    return await _published(used, response, "chargers")


@router.get("/api/v1/subsidies")
async def subsidies(used: Used, response: Response) -> dict[str, Any]:
    """Return the subsidy programmes with their confirmed facts."""
    return await _published(used, response, "subsidies")


@router.get("/api/v1/events")
async def events(used: Used, response: Response) -> dict[str, Any]:
    """Return the coming events."""
    return await _published(used, response, "events")


@router.get("/api/v1/announcements")
async def announcements(used: Used, response: Response) -> dict[str, Any]:
    """Return the latest announcements of the city."""
    return await _published(used, response, "announcements")


@router.get("/feeds/events.ics")
async def coming_events(used: Used) -> Response:
    """Return the coming events as a calendar that programs can subscribe to."""
    return _calendar(used, await used.agenda.coming())


@router.get("/feeds/events/{event_id}.ics")
async def one_event(event_id: str, used: Used) -> Response:
    """Return one coming event as a calendar file."""
    found = tuple(event for event in await used.agenda.coming() if event.id == event_id)
    if not found:
        raise Problem(HTTPStatus.NOT_FOUND, "Nie ma takiego wydarzenia albo już się skończyło.")
    return _calendar(used, found)


async def _published(used: Services, response: Response, name: str) -> dict[str, Any]:
    response.headers.update(_OPEN)
    return await used.open_data[name]()


def _calendar(used: Services, events: tuple[Event, ...]) -> Response:
    # The code of the city, not the address: the ids of entries must outlive a move of the service.
    body = calendar(events, used.city.name, used.city.folder.name, used.clock.now())
    return Response(body, media_type=MEDIA_TYPE, headers=_OPEN)
