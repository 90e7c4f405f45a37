"""Puts the announcements of a city together."""

from content.pack import City
from content.places import Kind, PlaceResolver
from hub.bootstrap import Foundation
from hub.messaging.channels import subscriptions
from notifier.announcements.content import content_of
from notifier.announcements.jobs import AnnouncementJobs
from notifier.announcements.publishing import audience_of
from notifier.announcements.repository import get
from notifier.announcements.rules import House
from notifier.announcements.sending import Sending
from notifier.announcements.service import Announcements
from notifier.announcements.texts import filled, load_texts
from notifier.audience.preview import Draft, Preview, Previews
from notifier.channels.registry import NAMES
from notifier.deliveries.signals import wake
from notifier.pricing import SegmentPrice


def house(city: City, places: PlaceResolver) -> House:
    """Return what a city adds to the rules of announcements."""

    def is_district(place_id: str) -> bool:
        place = places.place(place_id)
        return place is not None and place.kind is Kind.DISTRICT

    return House(load_texts(city.folder), is_district)


def announcements(base: Foundation) -> Announcements:
    """Return what takes announcements from draft to publication."""
    return Announcements(base.database, base.redis, base.clock, house(base.city, base.places))


def sending(base: Foundation) -> Sending:
    """Return what follows and repeats the sending of announcements."""
    return Sending(base.database, base.redis, base.clock)


async def preview(base: Foundation, announcement_id: int) -> Preview:
    """Return whom an announcement would go to now, how it looks there and what it costs; nothing is written.

    Raises:
        UnknownAnnouncementError: there is none of that number.
    """
    previews = Previews(subscriptions(base).address, SegmentPrice(base.settings.sms_price))
    async with base.database.read() as session:
        content = content_of(await get(session, announcement_id))
        title = filled(content.title, content.event)
        texts = {name: f"{title}\n{filled(content.text_for(name), content.event)}" for name in NAMES}
        return await previews.preview(session, await audience_of(session, content), Draft(texts), base.clock.now())


async def run_announcements(base: Foundation) -> None:
    """Publish what is scheduled, end what is over, remind of events; the workers hear of reminders at once."""
    jobs = AnnouncementJobs(announcements(base), base.database, base.clock, house(base.city, base.places))
    if await jobs.run():
        await wake(base.redis, NAMES)
