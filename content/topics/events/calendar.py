"""Events as an iCalendar file (RFC 5545), in Polish local time with its own time-zone rules."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry

from content.topics.events.event import Event
from core.clock import WARSAW, warsaw

MEDIA_TYPE = "text/calendar; charset=utf-8"

_PRODUCT = "-//city-assistant//events//PL"
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)


def calendar(events: Iterable[Event], name: str, host: str, now: datetime) -> bytes:
    """Return a calendar file; `host` completes the lasting ids of events, `now` (UTC) is when it was made."""
    file = Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    file.add_component(_polish_time())
    for event in events:
        file.add_component(_entry(event, host, now))
    return bytes(file.to_ical())


def _entry(event: Event, host: str, now: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.id}@{host}")
    entry.add("sequence", event.revision)
    entry.add("status", "CANCELLED" if event.is_called_off else "CONFIRMED")
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("summary", event.title)
    entry.add("dtstart", warsaw(event.starts_at))
    entry.add("dtend", warsaw(event.over_at))
    entry.add("location", event.place)
    about = [event.programme, event.organiser or "", event.registration_url or ""]
    if any(about):
        entry.add("description", "\n".join(filter(None, about)))
    if event.registration_url:
        entry.add("url", event.registration_url)
    return entry


def _polish_time() -> Timezone:
    """Return the rule of the European Union since 1996: last Sundays of March and October, 01:00 UTC."""
    zone = Timezone()
    zone.add("tzid", str(WARSAW))
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, start, month, before, after, short in (
        (summer, datetime(1996, 3, 31, 2), 3, _WINTER, _SUMMER, "CEST"),  # noqa: DTZ001 - RFC 5545 wants a local time
        (winter, datetime(1996, 10, 27, 3), 10, _SUMMER, _WINTER, "CET"),  # noqa: DTZ001
    ):
        part.add("dtstart", start)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", short)
        zone.add_component(part)
    return zone
