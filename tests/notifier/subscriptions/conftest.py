import pytest

from core.crypto import AddressVault
from core.database import Database
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionRow
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock


@pytest.fixture(autouse=True)
async def _tables(database: Database) -> None:
    async with database.engine.begin() as connection:
        for row in (ContactRow, SubscriptionRow, ConsentRow):
            await connection.run_sync(row.metadata.create_all, tables=[row.metadata.tables[row.__tablename__]])


@pytest.fixture
def vault() -> AddressVault:
    return AddressVault(["encryption-" * 4], "index-" * 8)


@pytest.fixture
def subscriptions(vault: AddressVault, clock: FrozenClock) -> Subscriptions:
    return Subscriptions(vault, clock)
