from collections.abc import AsyncIterator

import pytest

from core.database import Database
from core.redis import open_redis
from tests.fakes import FrozenClock
from tests.notifier.announcements.office import Office
from tests.notifier.deliveries.world import World


@pytest.fixture
def office(world: World) -> Office:
    """The office of a city that has subscribers."""
    return Office(world.database, world.redis, world.clock)


@pytest.fixture
async def quiet_office(database: Database, clock: FrozenClock) -> AsyncIterator[Office]:
    """The office of a city without subscribers, on 23 November 2026, 19:30 in Poland."""
    redis = open_redis(None)
    yield Office(database, redis, clock)
    await redis.aclose()
