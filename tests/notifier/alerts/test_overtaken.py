"""Alerts that still wait when the air has changed: by an outage of a provider, by quiet hours."""

import asyncio
from datetime import timedelta

import pytest

from core.crypto import AddressVault
from notifier.deliveries.repository import counts
from notifier.subscriptions.choices import choose_quiet_hours
from notifier.subscriptions.quiet import QuietHours
from notifier.subscriptions.service import Subscriptions
from notifier.worker import Lane, Tools
from tests.notifier.alerts.town import Town
from tests.notifier.deliveries.world import ScriptedChannel

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
AWAKE, ASLEEP = "+48600100200", "+48600100201"


async def _send(town: Town, subscriptions: Subscriptions, channel: ScriptedChannel) -> None:
    await Lane(Tools(town.database, town.redis, town.clock, subscriptions.address), channel).step(asyncio.Event())


async def test_what_waits_is_overtaken_and_the_all_clear_reaches_those_who_were_warned(town: Town) -> None:
    subscriptions = Subscriptions(AddressVault(["k" * 32], "i" * 32), town.clock)
    async with town.database.write() as session:
        for number in (AWAKE, ASLEEP):
            await subscriptions.subscribe(session, "sms", number, "smog", text_version="1")
        contact = await subscriptions.contact(session, "sms", ASLEEP)
        assert contact
        choose_quiet_hours(contact, QuietHours(19 * 60, 23 * 60))
    channel = ScriptedChannel()
    assert await town.hourly(4) == [4]
    await _send(town, subscriptions, channel)
    assert await town.hourly(1, 1) == [None]
    town.clock.advance(timedelta(hours=2))
    await _send(town, subscriptions, channel)
    assert channel.called == [AWAKE, AWAKE]
    assert channel.titles == ["Zła jakość powietrza w Legnicy", "Lepsze powietrze w Legnicy"]
    alert, _ = await town.broadcasts()
    async with town.database.read() as session:
        assert {state.value: count for state, count in (await counts(session, alert.id)).items()} == {
            "sent": 1,
            "cancelled": 1,
        }
