"""Opens what every process stands on, and the small parts that several rooms share."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from redis.asyncio import Redis

from bot.guard import ChatGuard
from content.pack import City, load_city
from content.places import PlaceResolver, load_places
from content.texts import Texts
from content.topics.charging.register import load_register
from content.topics.subsidies.check import GuidedCheck
from content.topics.subsidies.programmes import load_programmes
from content.validate import Loader, check_pack
from content.vocabulary import Vocabulary, load_vocabulary
from core.clock import Clock, SystemClock, warsaw
from core.crypto import AddressVault
from core.database import Database
from core.metrics import Metrics
from core.ratelimit import RateLimiter
from core.redis import open_redis
from core.retention.current import CurrentPeriods
from core.settings import Settings
from hub.retention import retention
from hub.sources import Sources, open_sources
from notifier.alerts.rules_file import load_rules
from notifier.announcements.texts import load_texts
from notifier.staff_notices.texts import load_notice_texts

PACK_LOADERS: dict[str, Loader] = {
    "alert_rules.yml": load_rules,
    "announcements.yml": load_texts,
    "staff_notices.yml": load_notice_texts,
    "programmes.yml": lambda folder: GuidedCheck(load_programmes(folder)),
}
"""The files of a city pack that rooms above content read, or read further."""


@dataclass(frozen=True)
class Foundation:
    """What every role stands on."""

    settings: Settings
    clock: Clock
    database: Database
    redis: Redis
    city: City
    places: PlaceResolver
    vocabulary: Vocabulary
    texts: Texts
    sources: Sources
    kept: CurrentPeriods
    metrics: Metrics = field(default_factory=Metrics)


@asynccontextmanager
async def foundation(settings: Settings) -> AsyncIterator[Foundation]:
    """Open the connections of one process, and close them at the end.

    Raises:
        ConfigurationError: there is no such city pack, or it breaks a rule; the text names file and line.
    """
    clock = SystemClock()
    city = load_city(settings.city, settings.city_packs)
    check_pack(city.folder, warsaw(clock.now()).date(), PACK_LOADERS)
    places = load_places(city.folder)
    vocabulary = load_vocabulary(load_register(city.folder).operator_terms())
    async with AsyncExitStack() as stack:
        database = Database(settings.database)
        stack.push_async_callback(database.close)
        redis = open_redis(settings.redis_url or None)
        stack.push_async_callback(redis.aclose)
        sources = await open_sources(stack, settings, clock, database, city, places)
        kept = CurrentPeriods(retention(settings, database, clock))
        yield Foundation(settings, clock, database, redis, city, places, vocabulary, Texts(city.folder), sources, kept)


def address_vault(settings: Settings) -> AddressVault:
    """Return what seals residents' addresses."""
    return AddressVault(settings.encryption_key_list, settings.secret_key.get_secret_value())


def sign_up(settings: Settings) -> dict[str, str]:
    """Return where residents sign up for notifications, by channel; the page needs SMS for its code."""
    page = f"{settings.pages_url}/powiadomienia"
    has_codes = settings.is_demo or bool(settings.twilio_account_sid)
    ways = {
        "web": page if has_codes else "",
        "telegram": settings.telegram_bot_name,
        "sms": settings.twilio_from,
    }
    return {channel: address for channel, address in ways.items() if address}


def chat_guard(base: Foundation) -> ChatGuard:
    """Return what keeps one caller from flooding the chat."""
    secret = base.settings.secret_key.get_secret_value()
    return ChatGuard(RateLimiter(base.redis), base.settings.chat_limit, secret)
