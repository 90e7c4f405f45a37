"""Calls and their account side by side: bounded, never idle for one slow answer, and whole after an outage."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import stamina
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from notifier.channels.base import Outcome, OutgoingMessage
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.signals import wake
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, ScriptedChannel, World


class ObservedChannel(ScriptedChannel):
    """Looks at each call how many calls have been stamped and not recorded."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.in_doubt: list[int] = []

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        started = DeliveryRow.state == "leased", DeliveryRow.sending_at.is_not(None)
        async with self._world.database.read() as session:
            self.in_doubt.append(await session.scalar(select(func.count()).where(*started)) or 0)
        return await super()._send(address, message)


@contextmanager
def database_away(world: World, first: int, last: int) -> Iterator[list[int]]:
    """Let the transactions with these numbers fail; yield what counts them, from 1."""
    begun = [0]

    def fail(*_: object) -> None:
        begun[0] += 1
        if first <= begun[0] <= last:
            message = "the server is away"
            raise OperationalError(message, None, OSError())

    event.listen(world.database.engine.sync_engine, "begin", fail)
    with stamina.set_testing(True, attempts=2, cap=True):
        yield begun
    event.remove(world.database.engine.sync_engine, "begin", fail)


async def test_no_more_calls_are_in_doubt_than_the_pace_allows_and_all_of_it_is_used(world: World) -> None:
    addresses = await world.subscribe(40)
    broadcast = await world.publish()
    channel = ObservedChannel(world)
    lane = world.lane(channel, batch=7, concurrency=4)
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(lane.run(world.stop))
        while await world.states(broadcast) != {"sent": 40}:  # noqa: ASYNC110 - the lane works meanwhile
            await asyncio.sleep(0.01)
        world.stop.set()
    assert max(channel.in_doubt) == 4
    assert sorted(channel.called) == addresses


async def test_an_answer_that_does_not_come_holds_up_no_alert(world: World) -> None:
    await world.subscribe()
    await world.publish("news", ANNOUNCEMENT)
    channel, called = ScriptedChannel(), asyncio.Event()
    channel.may_answer.clear()
    channel.on_call = called.set
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(world.lane(channel).run(world.stop))
        await called.wait()
        called.clear()
        await world.publish("alert", ALERT)
        await wake(world.redis, ["sms"])
        await called.wait()
        channel.may_answer.set()
        world.stop.set()
    assert channel.titles == ["news", "alert"]


async def test_answers_are_kept_until_the_database_is_back(world: World) -> None:
    await world.subscribe(3)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    lane = world.lane(channel)
    # The claim and the stamp succeed, the record and its repetition do not.
    with database_away(world, first=3, last=4), pytest.raises(OperationalError):
        await lane.step(world.stop)
    assert await world.states(broadcast) == {"leased": 3}
    await world.drain(lane)
    assert await world.states(broadcast) == {"sent": 3}
    assert len(channel.called) == 3


async def test_what_an_outage_kept_from_being_sent_does_not_wait_for_its_lease_to_end(world: World) -> None:
    addresses = await world.subscribe(5)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    lane = world.lane(channel)
    with database_away(world, first=2, last=5), pytest.raises(OperationalError):
        await lane.step(world.stop)
    assert channel.called == []
    await lane.step(world.stop)
    await world.drain(lane)
    assert sorted(channel.called) == addresses
    assert await world.states(broadcast) == {"sent": 5}
    assert {row.attempts for row in await world.deliveries()} == {1}
