from collections.abc import AsyncIterator

import pytest

from content.pack import City, load_city
from content.texts import Texts
from core.database import Database
from core.redis import open_redis
from notifier.alerts.messages import AlertWriter
from notifier.alerts.rules import AlertRules
from notifier.alerts.rules_file import load_rules
from tests.fakes import FrozenClock
from tests.notifier.alerts.town import Town


@pytest.fixture(scope="session")
def legnica() -> City:
    return load_city("legnica")


@pytest.fixture(scope="session")
def rules(legnica: City) -> AlertRules:
    return load_rules(legnica.folder)


@pytest.fixture(scope="session")
def writer(legnica: City, rules: AlertRules) -> AlertWriter:
    return AlertWriter(rules, Texts(legnica.folder), legnica)


@pytest.fixture
async def town(database: Database, clock: FrozenClock, rules: AlertRules, writer: AlertWriter) -> AsyncIterator[Town]:
    """Alerts as in production: samples count for nothing."""
    redis = open_redis(None)
    yield Town(database, redis, clock, rules, writer)
    await redis.aclose()
