"""Puts together what the city says: its topics over the city pack and the sources."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from content.registry import Registry
from content.topics.air.answers import AirTopic
from content.topics.air.answers import answers as air_answers
from content.topics.air.open_data import AirOpenData
from content.topics.charging import benefits
from content.topics.charging.answers import answers as charging_answers
from content.topics.charging.open_data import open_data as charging_data
from content.topics.events import cluster
from content.topics.events.agenda import Agenda
from content.topics.events.answers import answers as events_answers
from content.topics.events.bulletin import Bulletin
from content.topics.events.event import load_events
from content.topics.events.open_data import announcements_data, events_data
from content.topics.office.answers import answers as office_answers
from content.topics.office.contacts import load_contacts
from content.topics.safety.answers import answers as safety_answers
from content.topics.subsidies.answers import answers as subsidies_answers
from content.topics.subsidies.open_data import open_data as subsidies_data
from content.topics.subsidies.programmes import load_programmes
from hub.bootstrap import Foundation
from hub.published import Published
from notifier.announcements.published import PublishedAnnouncements

CALENDAR_PATH = "/feeds/events"

OpenData = Callable[[], Awaitable[dict[str, Any]]]


class Topics:
    """Everything the city knows, ready to be asked."""

    def __init__(self, base: Foundation) -> None:
        folder = base.city.folder
        published = Published(PublishedAnnouncements(base.database, base.clock), base.city, base.settings.public_url)
        self._base = base
        self.programmes = load_programmes(folder)
        self.agenda = Agenda(load_events(folder), published, base.clock)
        self.bulletin = Bulletin(published, base.sources.news, base.clock)
        self.air = AirTopic(base.sources.air, base.texts, base.city, base.clock, base.places)

    def registry(self) -> Registry:
        """Return what answers every intent."""
        base, folder = self._base, self._base.city.folder
        return Registry(
            base.texts,
            air_answers(self.air),
            subsidies_answers(self.programmes, base.texts, base.clock),
            charging_answers(base.sources.chargers, base.places, base.texts),
            benefits.answers(benefits.load_benefits(folder), base.texts, base.clock),
            events_answers(self.agenda, self.bulletin, base.texts, self._calendar_url()),
            cluster.answers(cluster.load_cluster(folder), base.texts, base.clock),
            office_answers(load_contacts(folder), base.texts),
            safety_answers(base.texts),
            clock=base.clock,
        )

    def open_data(self) -> Mapping[str, OpenData]:
        """Return the open data by name, as JSON with sources and times."""
        base = self._base
        air = AirOpenData(base.sources.air, base.texts, base.city, base.clock)

        async def chargers() -> dict[str, Any]:
            return charging_data(await base.sources.chargers.current())

        async def subsidies() -> dict[str, Any]:
            return subsidies_data(self.programmes, base.clock.now())

        return {
            "air": air.json,
            "chargers": chargers,
            "subsidies": subsidies,
            "events": partial(events_data, self.agenda),
            "announcements": partial(announcements_data, self.bulletin),
        }

    def _calendar_url(self) -> str:
        """Return where calendar files are served; a demo without an address of its own links none."""
        public_url = self._base.settings.public_url
        return f"{public_url}{CALENDAR_PATH}" if public_url else ""
