"""Puts the rooms together; the only place that knows all of them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from redis.asyncio import Redis

from bot.assistant import Assistant
from bot.conversations import repository as conversations
from bot.flows.subscriptions import SubscriptionFlow
from bot.guard import ChatGuard
from bot.sms import repository as sms
from bot.sms.inbound import KEPT as SMS_KEPT
from bot.telegram import repository as telegram
from bot.understanding import Understander
from content.pack import City, load_city
from content.places import load_places
from content.registry import Registry
from content.sources.gios import GiosClient, ReplayTransport
from content.texts import Texts
from content.topics.air.answers import AirTopic
from content.topics.air.answers import answers as air_answers
from content.topics.air.service import AirService
from content.topics.charging.answers import answers as charging_answers
from content.topics.charging.register import load_register
from content.topics.safety.answers import answers as safety_answers
from content.topics.subsidies.answers import answers as subsidies_answers
from content.topics.subsidies.programmes import load_programmes
from content.vocabulary import load_vocabulary
from core.clock import Clock, SystemClock
from core.crypto import AddressVault
from core.database import Database
from core.http import http_client
from core.ratelimit import RateLimiter
from core.redis import open_redis
from core.settings import Settings
from nlu.client import Parser
from notifier.scheduler import Job
from notifier.subscriptions import repository as subscriptions

_GIOS_TIMEOUT_SECONDS = 10.0
# GIOŚ publishes about twenty minutes past the hour, and asks for at most two downloads an hour.
_AIR_MINUTES = "25,55"
_PURGE_HOUR, _PURGE_MINUTE = "3", "40"
# Telegram repeats an update for a day at most; a button may be pressed long after it was sent.
_UPDATE_IDS_KEPT, _BUTTONS_KEPT = timedelta(days=3), timedelta(days=90)
# A consent that was withdrawn is kept as a proof for a year (the privacy page says so).
_ENDED_CONTACTS_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Foundation:
    """What every role stands on."""

    settings: Settings
    clock: Clock
    database: Database
    redis: Redis
    city: City
    texts: Texts
    air: AirService


@asynccontextmanager
async def foundation(settings: Settings) -> AsyncIterator[Foundation]:
    """Open the connections of one process, and close them at the end."""
    clock = SystemClock()
    city = load_city(settings.city)
    async with AsyncExitStack() as stack:
        database = Database(settings.database)
        stack.push_async_callback(database.close)
        redis = open_redis(settings.redis_url or None)
        stack.push_async_callback(redis.aclose)
        gios = await stack.enter_async_context(http_client(settings.gios_api_base, timeout=_GIOS_TIMEOUT_SECONDS))
        replay = None
        if settings.is_demo:
            transport = ReplayTransport(city.folder / "demo" / "gios", clock)
            wire = http_client(settings.gios_api_base, timeout=_GIOS_TIMEOUT_SECONDS, transport=transport)
            replay = GiosClient(await stack.enter_async_context(wire), clock)
        air = AirService(GiosClient(gios, clock), replay, database, clock, city)
        yield Foundation(settings, clock, database, redis, city, Texts(city.folder), air)


def understander(city: City, parser: Parser) -> Understander:
    """Return what understands texts about a city."""
    vocabulary = load_vocabulary(load_register(city.folder).operator_terms())
    return Understander(load_places(city.folder), vocabulary, parser)


def assistant(base: Foundation, parser: Parser) -> Assistant:
    """Return the assistant over a parser."""
    folder = base.city.folder
    registry = Registry(
        base.texts,
        air_answers(air_topic(base)),
        subsidies_answers(load_programmes(folder), base.texts, base.clock),
        charging_answers(load_register(folder), load_places(folder), base.texts),
        safety_answers(base.texts),
    )
    flow = SubscriptionFlow(base.database, address_vault(base.settings), base.texts, base.clock, sign_up(base.settings))
    secret = base.settings.secret_key.get_secret_value()
    return Assistant(base.database, understander(base.city, parser), registry, flow, base.clock, secret)


def address_vault(settings: Settings) -> AddressVault:
    """Return what seals residents' addresses."""
    return AddressVault(settings.encryption_key_list, settings.secret_key.get_secret_value())


def sign_up(settings: Settings) -> dict[str, str]:
    """Return where residents write to sign up for alerts, by channel."""
    ways = {"telegram": settings.telegram_bot_name, "sms": settings.twilio_from}
    return {channel: address for channel, address in ways.items() if address}


def air_topic(base: Foundation) -> AirTopic:
    """Return what is said about the air."""
    return AirTopic(base.air, base.texts, base.city, base.clock)


def chat_guard(base: Foundation) -> ChatGuard:
    """Return what keeps one caller from flooding the chat."""
    secret = base.settings.secret_key.get_secret_value()
    return ChatGuard(RateLimiter(base.redis), base.settings.chat_limit, secret)


def jobs(base: Foundation) -> list[Job]:
    """Return the regular work of the product."""

    async def forget_old_conversations() -> None:
        now = base.clock.now()
        async with base.database.write() as session:
            await conversations.purge(session, now - timedelta(days=base.settings.transcript_days))
            await sms.purge(session, now - SMS_KEPT)
            await telegram.purge(session, now - _UPDATE_IDS_KEPT, now - _BUTTONS_KEPT)
            await subscriptions.purge(session, now - _ENDED_CONTACTS_KEPT)

    return [
        Job("air", base.air.refresh, minutes=_AIR_MINUTES, at_start=True),
        Job("forget old conversations", forget_old_conversations, minutes=_PURGE_MINUTE, hours=_PURGE_HOUR),
    ]
