"""Puts together what staff write announcements with."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from redis.asyncio import Redis

from api.panel.announcements.newsroom import Newsroom
from content.pack import City
from content.places import Kind, PlaceResolver, load_places
from core.clock import Clock
from core.database import Database
from core.redis import open_redis
from core.settings import Settings
from hub.bootstrap import address_vault
from hub.messaging.announcements import house
from hub.messaging.channels import mail_server, sms_budget
from notifier.announcements.calendar import Calendar
from notifier.announcements.desk import AnnouncementDesk
from notifier.announcements.outlook import Outlooks
from notifier.announcements.recipients import Recipients
from notifier.announcements.sending import Sending
from notifier.announcements.service import Announcements
from notifier.announcements.templates import Templates
from notifier.audience.preview import Previews
from notifier.banners.service import Banners
from notifier.channels.base import Channel
from notifier.channels.log import LogChannel
from notifier.pricing import SegmentPrice
from notifier.samples.contacts import EMAIL
from notifier.samples.service import Samples, Ways
from notifier.staff_notices.ways import ChannelWay, MailWay
from notifier.subscriptions.service import Subscriptions


def newsroom(
    settings: Settings,
    clock: Clock,
    database: Database,
    city: City,
    redis: Redis | None = None,
    channels: Mapping[str, Channel] | None = None,
) -> Newsroom:
    """Return the services; without `redis` workers look for work by themselves, without `channels` no sample goes."""
    places, price = places_of(city.folder), SegmentPrice(settings.sms_price)
    rules, vault = house(city, places), address_vault(settings)
    wire, open_address = redis or open_redis(None), Subscriptions(vault, clock).address
    announcements, sending = Announcements(database, wire, clock, rules), Sending(database, wire, clock)
    return Newsroom(
        desk=AnnouncementDesk(database, announcements, sending),
        outlooks=Outlooks(database, clock, rules, Previews(open_address, price)),
        templates=Templates(database, clock, rules),
        recipients=Recipients(database, clock, open_address),
        calendar=Calendar(database),
        samples=Samples(database, clock, vault, _ways(settings, clock, database, channels or {}), sms_budget(settings)),
        banners=Banners(database, clock),
        districts={place.id: place.name for place in places.offered(Kind.DISTRICT)},
        starters=rules.texts.starters,
    )


def _ways(settings: Settings, clock: Clock, database: Database, channels: Mapping[str, Channel]) -> Ways:
    """Return how samples reach staff; the demo shows those by e-mail in its outbox, too."""
    ways = {name: partial(ChannelWay, channel) for name, channel in channels.items()}
    if server := mail_server(settings):
        return {**ways, EMAIL: lambda address: MailWay(server, settings.smtp_from, [address])}
    if settings.is_demo and channels:
        return {**ways, EMAIL: partial(ChannelWay, LogChannel(database, EMAIL, clock))}
    return ways


@cache
def places_of(folder: Path) -> PlaceResolver:
    """Return the places of a city pack, read once a process."""
    return load_places(folder)
