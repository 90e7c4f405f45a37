"""The numbers beside districts and channels are those that a message to them reaches."""

import pytest
from sqlalchemy import func, select

from core.database import Database
from notifier.audience.filters import Audience
from notifier.audience.query import recipients
from notifier.audience.reach import Reach, reach
from tests.fakes import FrozenClock
from tests.notifier.audience.people import Resident, settle

PEOPLE = [
    Resident(),
    Resident("telegram"),
    Resident(topics={"smog": frozenset({"piekary"})}),
    Resident(topics={"smog": frozenset({"piekary", "zosinek"}), "announcements": frozenset()}),
    Resident(topics={"announcements": frozenset({"bielany"})}),
    Resident(state="stopped"),
    Resident(paused_days=2, topics={"smog": frozenset({"zosinek"})}),
]


@pytest.fixture
async def seen(database: Database, clock: FrozenClock) -> Reach:
    async with database.write() as session:
        await settle(session, PEOPLE, clock.now())
    async with database.read() as session:
        return await reach(session, "smog", clock.now())


async def test_channels_and_districts_are_counted(seen: Reach) -> None:
    assert (dict(seen.by_channel), seen.everywhere) == ({"sms": 3, "telegram": 1}, 2)
    counted = {district: seen.of_district(district) for district in ("piekary", "zosinek", "bielany")}
    assert counted == {"piekary": 4, "zosinek": 3, "bielany": 2}


async def test_a_message_to_a_district_reaches_as_many_as_were_told(
    seen: Reach, database: Database, clock: FrozenClock
) -> None:
    for district in ("piekary", "zosinek", "bielany"):
        audience = Audience(frozenset({"smog"}), districts=frozenset({district}))
        async with database.read() as session:
            found = await session.scalar(select(func.count()).select_from(recipients(audience, clock.now()).subquery()))
        assert found == seen.of_district(district)
