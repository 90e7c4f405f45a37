import pytest

from core.crypto import AddressVault
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock


@pytest.fixture
def vault() -> AddressVault:
    return AddressVault(["encryption-" * 4], "index-" * 8)


@pytest.fixture
def subscriptions(vault: AddressVault, clock: FrozenClock) -> Subscriptions:
    return Subscriptions(vault, clock)
