"""Puts the smog alerts together over the air of the city's station, and what staff see and change of them."""

from redis.asyncio import Redis

from content.pack import City
from content.texts import Texts
from core.clock import Clock
from core.database import Database
from core.redis import open_redis
from core.settings import Settings
from hub.bootstrap import Foundation, address_vault
from hub.messaging.channels import staff_notices
from notifier.alerts.decisions import Decisions
from notifier.alerts.desk import AlertDesk
from notifier.alerts.messages import AlertWriter
from notifier.alerts.office import AlertOffice
from notifier.alerts.rule_book import RuleBook
from notifier.alerts.rule_office import RuleOffice
from notifier.alerts.rules import AlertRules
from notifier.alerts.rules_file import load_rules
from notifier.alerts.service import AlertService
from notifier.alerts.station_air import StationAir, StoredAir
from notifier.audience.preview import Previews
from notifier.pricing import SegmentPrice
from notifier.subscriptions.service import Subscriptions


class Alerts:
    """Follows the air of the city by the rules in force at each run, and takes staff's decisions about what is held."""

    def __init__(self, base: Foundation) -> None:
        self._base = base
        self.book = RuleBook(load_rules(base.city.folder), base.clock)
        self.decisions = Decisions(base.database, base.redis, base.clock)
        self.stored = _stored_air(base.settings, base.database, base.city)
        self._notices = staff_notices(base)

    async def run(self) -> None:
        """Evaluate what is new, send what is due, and ask a person about what is held."""
        base, rules = self._base, await self.rules()
        service = AlertService(rules, self.writer(rules), base.clock, allow_sample=base.settings.is_demo)
        desk = AlertDesk(base.database, base.redis, base.clock, rules, service)
        await desk.run(StationAir(base.sources.air, rules), self._notices.say)

    async def rules(self) -> AlertRules:
        """Return the rules in force."""
        async with self._base.database.read() as session:
            return (await self.book.in_force(session)).rules

    def writer(self, rules: AlertRules) -> AlertWriter:
        """Return what writes messages in the words of these rules."""
        return AlertWriter(rules, self._base.texts, self._base.city)


def alert_office(
    settings: Settings, clock: Clock, database: Database, city: City, redis: Redis | None = None
) -> AlertOffice:
    """Return what shows alerts and takes decisions; without `redis` workers look for work by themselves."""
    previews = Previews(Subscriptions(address_vault(settings), clock).address, SegmentPrice(settings.sms_price))
    decisions = Decisions(database, redis or open_redis(None), clock)
    return AlertOffice(database, clock, decisions, previews, _stored_air(settings, database, city))


def rule_office(settings: Settings, clock: Clock, database: Database, city: City, texts: Texts) -> RuleOffice:
    """Return what shows, tries and changes the rules."""
    book = RuleBook(load_rules(city.folder), clock)
    air = _stored_air(settings, database, city)
    return RuleOffice(database, clock, book, lambda rules: AlertWriter(rules, texts, city), air)


def _stored_air(settings: Settings, database: Database, city: City) -> StoredAir:
    return StoredAir(database, city.air_station.id, samples=settings.is_demo)
