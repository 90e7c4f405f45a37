import pytest

from notifier.announcements.service import Announcements
from tests.notifier.deliveries.world import World


@pytest.fixture
def announcements(world: World) -> Announcements:
    return Announcements(world.database, world.redis, world.clock)
