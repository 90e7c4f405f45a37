"""Events and announcements as open data: what `GET /api/v1/events` and `/announcements` return."""

from typing import Any

from content.format import iso
from content.topics.events.agenda import Agenda
from content.topics.events.bulletin import Bulletin
from content.topics.events.event import Event

MOST_ANNOUNCEMENTS = 50


async def events_data(agenda: Agenda) -> dict[str, Any]:
    """Return the coming events; moments carry the Polish offset."""
    return {"events": [_event(event) for event in await agenda.coming()]}


async def announcements_data(bulletin: Bulletin) -> dict[str, Any]:
    """Return the newest announcements, and when the city's feed was last read (null without a feed)."""
    latest = await bulletin.latest(MOST_ANNOUNCEMENTS)
    return {
        "checked_at": iso(latest.checked_at),
        "stale": latest.stale,
        "announcements": [
            {
                "number": each.number,
                "title": each.title,
                "summary": each.summary,
                "published_at": iso(each.published_at),
                "url": each.url,
            }
            for each in latest.announcements
        ],
    }


def _event(event: Event) -> dict[str, Any]:
    source = event.source
    return {
        "id": event.id,
        "title": event.title,
        "starts_at": iso(event.starts_at),
        "ends_at": iso(event.ends_at),
        "place": event.place,
        "programme": event.programme,
        "organiser": event.organiser,
        "registration_url": event.registration_url,
        "source": {"name": source.name, "url": source.url, "as_of": iso(source.as_of)},
    }
