"""The application as Twilio calls it: with an SMS, and with a report on one."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from io import StringIO

import httpx2
import pytest

from api.app import create_app
from api.dependencies import Services
from api.webhooks.twilio import twilio_router
from api.webhooks.twilio_form import TwilioCaller
from api.webhooks.twilio_status import twilio_status_router
from bot.assistant import Assistant
from bot.sms.guard import SmsGuard
from bot.sms.inbound import SmsInbox
from content.pack import City
from core.database import Database
from core.logging import configure_logging
from core.ratelimit import RateLimiter
from core.redis import open_redis
from hub.bootstrap import Foundation
from notifier.channels.twilio.signature import SignatureCheck
from notifier.deliveries.receipts import Receipts
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import load_notice_texts
from tests.api.twilio.signing import ACCOUNT, PUBLIC_URL, TOKEN
from tests.api.twilio.sms import SECRET
from tests.fakes import FrozenClock
from tests.notifier.deliveries.world import World


@pytest.fixture
def per_minute() -> int:
    """No limit; tests of the limit set one."""
    return 0


@pytest.fixture
async def sms(
    services: Services,
    foundation: Foundation,
    assistant: Assistant,
    database: Database,
    clock: FrozenClock,
    per_minute: int,
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the application, which Twilio's webhook is part of."""
    guard = SmsGuard(RateLimiter(foundation.redis), per_minute, SECRET)
    inbox = SmsInbox(assistant, database, clock, guard, SECRET, texts=foundation.texts, places=foundation.places)
    webhook = twilio_router(TwilioCaller(ACCOUNT, PUBLIC_URL, SignatureCheck(TOKEN)), inbox)
    transport = httpx2.ASGITransport(create_app(services, [webhook]), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture
async def town(database: Database) -> AsyncIterator[World]:
    """A town with subscribers and a queue."""
    redis = open_redis(None)
    yield World(database, redis)
    await redis.aclose()


@pytest.fixture
def notices(town: World, city: City) -> StaffNotices:
    return StaffNotices(town.database, town.redis, town.clock, load_notice_texts(city.folder))


@pytest.fixture
async def twilio(services: Services, town: World, notices: StaffNotices) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the application that Twilio reports to."""
    caller = TwilioCaller(ACCOUNT, PUBLIC_URL, SignatureCheck(TOKEN))
    router = twilio_status_router(caller, Receipts(town.database, town.clock), notices)
    transport = httpx2.ASGITransport(create_app(services, [router]), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture
def product_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """What the product writes to its log, at the most talkative level."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    # pytest closes what it captures into when the fixtures are ready.
    log = StringIO()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", log)
        configure_logging(json=True, level="DEBUG")
    yield log.getvalue
    root.handlers = handlers
    root.setLevel(level)
