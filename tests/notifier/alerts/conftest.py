import pytest

from content.pack import City, load_city
from content.texts import Texts
from notifier.alerts.messages import AlertWriter
from notifier.alerts.rules import AlertRules, load_rules
from notifier.alerts.service import AlertService
from tests.fakes import FrozenClock


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
def alerts(rules: AlertRules, writer: AlertWriter, clock: FrozenClock) -> AlertService:
    """Alerts as in production: samples count for nothing."""
    return AlertService(rules, writer, clock, allow_sample=False)


@pytest.fixture
def demo_alerts(rules: AlertRules, writer: AlertWriter, clock: FrozenClock) -> AlertService:
    return AlertService(rules, writer, clock, allow_sample=True)
