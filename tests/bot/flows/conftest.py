import pytest

from content.pack import City
from core.database import Database
from tests.bot.flows.desk import Desk, open_desk
from tests.fakes import FakeParser, FrozenClock


@pytest.fixture
async def desk(database: Database, clock: FrozenClock, city: City, parser: FakeParser) -> Desk:
    parser.learn("jakie sa dotacje", ("subsidy_overview", 0.9))
    parser.learn("zapisz mnie na powiadomienia", ("alerts_subscribe", 0.9))
    parser.learn("moje dane", ("privacy_data", 0.9))
    return await open_desk(database, clock, city, parser)
