"""The outbox on the screen: what residents would have got, in the demo."""

from datetime import UTC, datetime

import httpx2
import pytest

from api.app import create_app
from api.demo import demo_router
from api.dependencies import Services
from hub import bootstrap
from hub.messaging.channels import subscriptions
from notifier.channels.log.models import OutboxRow
from notifier.demo import Demo

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _nothing() -> None:
    """Stand for the work that publishes alerts."""


async def test_each_message_stands_with_its_channel_recipient_and_time(
    services: Services, foundation: bootstrap.Foundation
) -> None:
    at = datetime(2026, 11, 22, 19, tzinfo=UTC)
    async with foundation.database.write() as session:
        session.add(OutboxRow(channel="sms", recipient="…200", text="Zła jakość <powietrza>", at=at))
    demo = Demo(foundation.database, subscriptions(foundation), foundation.clock, foundation.city.air_station.id)
    transport = httpx2.ASGITransport(create_app(services, [demo_router(demo, _nothing)]))
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        page = (await client.get("/demo/outbox")).text
    assert "<strong>SMS</strong> do …200, 22.11.2026, 20:00" in page
    assert "Zła jakość &lt;powietrza&gt;" in page
