"""Puts together what staff see and change of alerts."""

from redis.asyncio import Redis

from content.pack import City
from content.texts import Texts
from core.clock import Clock
from core.database import Database
from core.redis import open_redis
from core.settings import Settings
from hub.alerts import StoredAir
from hub.bootstrap import address_vault
from notifier.alerts.decisions import Decisions
from notifier.alerts.messages import AlertWriter
from notifier.alerts.office import AlertOffice
from notifier.alerts.rule_book import RuleBook
from notifier.alerts.rule_office import RuleOffice
from notifier.alerts.rules_file import load_rules
from notifier.audience.preview import Previews
from notifier.pricing import SegmentPrice
from notifier.subscriptions.service import Subscriptions


def alert_office(
    settings: Settings, clock: Clock, database: Database, city: City, redis: Redis | None = None
) -> AlertOffice:
    """Return what shows alerts and takes decisions; without `redis` workers look for work by themselves."""
    previews = Previews(Subscriptions(address_vault(settings), clock).address, SegmentPrice(settings.sms_price))
    decisions = Decisions(database, redis or open_redis(None), clock)
    return AlertOffice(database, clock, decisions, previews, _air(settings, database, city))


def rule_office(settings: Settings, clock: Clock, database: Database, city: City, texts: Texts) -> RuleOffice:
    """Return what shows, tries and changes the rules."""
    book = RuleBook(load_rules(city.folder), clock)
    air = _air(settings, database, city)
    return RuleOffice(database, clock, book, lambda rules: AlertWriter(rules, texts, city), air)


def _air(settings: Settings, database: Database, city: City) -> StoredAir:
    return StoredAir(database, city.air_station.id, samples=settings.is_demo)
