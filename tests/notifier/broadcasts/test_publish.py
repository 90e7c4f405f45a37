"""Publishing reaches each subscriber of the topic once, however often it is pressed."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from notifier.broadcasts.models import BroadcastRow
from notifier.broadcasts.service import Broadcast, publish
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
