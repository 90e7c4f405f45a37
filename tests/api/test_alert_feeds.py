"""The alerts that went out, over HTTP, judged by the schema of OASIS and by what an open page is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from lxml import etree

from api.app import create_app
from api.dependencies import Services
from api.feeds import alerts_router
from api.sent_alerts import SentAlerts
from notifier.alerts.cap import CapSender
from tests.fakes import FrozenClock
from tests.notifier.alerts.conftest import legnica, rules, town, writer
from tests.notifier.alerts.town import HALF_AN_HOUR, HOUR, Town, state

__all__ = ["legnica", "rules", "town", "writer"]

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SCHEMA_FILE = Path(__file__).parents[2].parent / "shared" / "specs" / "cap12.xsd"
ATOM = "{http://www.w3.org/2005/Atom}"
SENDER = CapSender("miasto.example", "Urząd Miasta", "Zanieczyszczenie powietrza", "Miasto", "https://miasto.example/")


@pytest.fixture
def alerts(town: Town) -> SentAlerts:
    return SentAlerts(town.database, town.clock, SENDER, samples=False)


@pytest.fixture
async def client(services: Services, alerts: SentAlerts) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(create_app(services, [alerts_router(alerts)]))
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as opened:
        yield opened


async def test_every_alert_of_the_feed_is_a_valid_document(client: httpx2.AsyncClient, town: Town) -> None:
    if not SCHEMA_FILE.is_file():
        pytest.skip("the schema of OASIS is not beside this checkout")
    schema = etree.XMLSchema(etree.parse(SCHEMA_FILE))
    await town.hourly(4, 5, 1, 1)
    feed = etree.fromstring((await client.get("/feeds/alerts.atom")).content)
    links = [link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("type") == "application/cap+xml"]
    assert len(links) == 3
    for link in links:
        schema.assertValid(etree.fromstring((await client.get(link)).content))


async def test_an_open_page_is_told_until_the_all_clear(alerts: SentAlerts, town: Town) -> None:
    assert await alerts.valid() is None
    await town.hourly(4)
    first = await alerts.valid()
    assert first
    assert "jakość powietrza" in first.title
    await town.hourly(5)
    worse = await alerts.valid()
    assert worse
    assert worse.id != first.id
    await town.hourly(1, 1)
    assert await alerts.valid() is None


async def test_an_expired_alert_is_none(alerts: SentAlerts, town: Town, clock: FrozenClock) -> None:
    await town.hourly(4)
    clock.advance(HOUR * 7)
    assert await alerts.valid() is None


async def test_samples_are_for_the_demo_only(alerts: SentAlerts, town: Town) -> None:
    town.follow_rules(town.rules, allow_sample=True)
    await town.run(state(town.clock.now() - HALF_AN_HOUR, 4, sample=True))
    assert (await alerts.latest(), await alerts.valid()) == ([], None)
    demo = SentAlerts(town.database, town.clock, SENDER, samples=True)
    (shown,) = await demo.latest()
    assert await demo.valid()
    assert await alerts.cap(shown.identifier) is None
    assert await demo.cap(shown.identifier)
