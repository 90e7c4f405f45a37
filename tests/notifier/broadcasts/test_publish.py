"""Publishing reaches each subscriber of the topic once, however often it is pressed."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from notifier.audience.filters import Audience
from notifier.broadcasts.models import BroadcastRow
from notifier.broadcasts.service import Broadcast, BroadcastState, publish, set_state
from notifier.channels.way_out import way_out
from notifier.subscriptions.models import ContactRow
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, ScriptedChannel, World


async def test_pressed_twice_at_the_same_moment_is_sent_once(world: World) -> None:
    await world.subscribe(3)
    first, second = await asyncio.gather(world.publish("news:1", ANNOUNCEMENT), world.publish("news:1", ANNOUNCEMENT))
    assert first == second
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert len(channel.called) == 3


async def test_pressed_again_after_sending_reaches_only_who_came_since(world: World) -> None:
    await world.subscribe(2)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    (newcomer,) = await world.subscribe()
    assert await world.publish() == broadcast
    await world.drain(world.lane(channel))
    assert channel.called[2:] == [newcomer]


async def test_reaches_every_channel_of_the_topic_and_nobody_else(world: World) -> None:
    leaving, *_ = await world.subscribe(3)
    await world.subscribe(1, "telegram")
    await world.subscribe(4, topic="announcements")
    await world.unsubscribe(leaving)
    await world.publish()
    assert sorted(row.channel for row in await world.deliveries()) == ["sms", "sms", "telegram"]


async def test_what_was_published_first_stays(world: World) -> None:
    await world.publish("news:1", ANNOUNCEMENT)
    now = world.clock.now()
    async with world.database.write() as session:
        await publish(session, Broadcast("news:1", ALERT, "smog", "Inny", "Inna treść", now, now + timedelta(1)))
    async with world.database.read() as session:
        row = (await session.scalars(select(BroadcastRow))).one()
    assert (row.kind, row.title, row.priority) == ("announcement", "news:1", 10)


async def test_a_broadcast_that_is_rolled_back_leaves_nothing(world: World) -> None:
    await world.subscribe()
    now = world.clock.now()
    async with world.database.read() as session:
        await publish(session, Broadcast("alert:1", ALERT, "smog", "Smog", "Treść", now))
    assert await world.deliveries() == []


async def test_an_alert_reaches_only_thresholds_that_it_has_reached(world: World) -> None:
    anyone, sensitive, hardy = await world.subscribe(3)
    async with world.database.write() as session:
        for number, level in ((2, 4), (3, 5)):
            (await session.get_one(ContactRow, number)).smog_level = level
        now = world.clock.now()
        audience = Audience(frozenset({"smog"}), level=4)
        broadcast = Broadcast("alert:1", ALERT, "smog", "Smog", "Treść", now, audience=audience)
        await publish(session, broadcast)
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert sorted(channel.called) == [anyone, sensitive]
    assert hardy not in channel.called
    async with world.database.read() as session:
        row = (await session.scalars(select(BroadcastRow))).one()
    assert row.audience == {"topics": ["smog"], "level": 4}


async def test_a_channel_has_its_own_text_where_there_is_one(world: World) -> None:
    now = world.clock.now()
    async with world.database.write() as session:
        await publish(
            session, Broadcast("news:1", ANNOUNCEMENT, "smog", "Tytuł", "Długo", now, variants={"sms": "Krótko"})
        )
    async with world.database.read() as session:
        row = (await session.scalars(select(BroadcastRow))).one()
    assert (row.text_for("sms"), row.text_for("telegram")) == ("Krótko\nRezygnacja: STOP", "Długo")


@pytest.mark.parametrize(("length", "names_it"), [(143, True), (144, False), (160, False), (161, True)])
def test_an_sms_names_the_way_out_unless_it_would_cost_another_part(length: int, names_it: bool) -> None:
    assert way_out("sms", "ł" * length) == ("\nRezygnacja: STOP" if names_it else "")


async def test_a_cancelled_broadcast_stays_cancelled_and_so_does_what_waited(world: World) -> None:
    await world.subscribe(3)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    await world.lane(channel, batch=1).step(world.stop)
    for state in (BroadcastState.CANCELLED, BroadcastState.SENDING):
        async with world.database.write() as session:
            await set_state(session, broadcast, state, world.clock.now())
    await world.drain(world.lane(channel))
    assert len(channel.called) == 1
    assert await world.states(broadcast) == {"sent": 1, "cancelled": 2}


async def test_what_may_have_reached_the_provider_is_not_called_cancelled(world: World) -> None:
    await world.subscribe(2)
    broadcast = await world.publish("news:1", ANNOUNCEMENT)
    await world.start_and_crash()
    async with world.database.write() as session:
        await set_state(session, broadcast, BroadcastState.CANCELLED, world.clock.now())
    assert "cancelled" not in await world.states(broadcast)
