import pytest

from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.handoffs.service import Handoffs
from core.crypto import AddressVault
from core.database import Database
from tests.fakes import FrozenClock


@pytest.fixture(autouse=True)
async def _tables(database: Database) -> None:
    tables = [row.metadata.tables[row.__tablename__] for row in (HandoffRow, HandoffStepRow)]
    async with database.engine.begin() as connection:
        await connection.run_sync(HandoffRow.metadata.create_all, tables=tables)


@pytest.fixture
def handoffs(clock: FrozenClock) -> Handoffs:
    return Handoffs(AddressVault(["encryption-" * 4], "index-" * 8), clock, "LG")
