"""Pausing, cancelling and sweeping: what is stopped stays stopped, and nothing waits for ever."""

import asyncio
from datetime import timedelta

from notifier.broadcasts.service import BroadcastState, set_state
from notifier.deliveries.clock import server_time
from notifier.deliveries.sweep import STUCK_AFTER, stuck, sweep
from notifier.worker import Worker
from tests.notifier.deliveries.world import ANNOUNCEMENT, ScriptedChannel, World

HOUR = timedelta(hours=1)


async def _set(world: World, broadcast: int, state: BroadcastState) -> None:
    async with world.database.write() as session:
        await set_state(session, broadcast, state, world.clock.now())


async def _sweep(world: World) -> int:
    async with world.database.write() as session:
        return await sweep(session, await server_time(session, world.clock.now()))


async def test_after_a_pause_only_the_calls_in_the_air_go_out_and_resuming_sends_exactly_the_rest(
    world: World,
) -> None:
    addresses = await world.subscribe(40)
    broadcast = await world.publish("news", ANNOUNCEMENT)
    channel = ScriptedChannel()
    lane = world.lane(channel, batch=20, concurrency=4)
    paused_at: list[int] = []
    channel.may_answer.clear()
    is_sending = asyncio.Event()
    channel.on_call = is_sending.set

    async def pause() -> None:
        await is_sending.wait()
        await _set(world, broadcast, BroadcastState.PAUSED)
        paused_at.append(len(channel.called))
        channel.may_answer.set()

    await asyncio.gather(lane.step(world.stop), pause())
    await world.drain(lane)
    assert len(channel.called) - paused_at[0] <= 4
    assert (await world.states(broadcast))["pending"] == 40 - len(channel.called)
    await _set(world, broadcast, BroadcastState.SENDING)
    await world.drain(lane)
    assert sorted(channel.called) == addresses


async def test_a_paused_broadcast_holds_up_no_other(world: World) -> None:
    await world.subscribe(30)
    await _set(world, await world.publish("first", ANNOUNCEMENT), BroadcastState.PAUSED)
    await world.publish("second", ANNOUNCEMENT)
    channel = ScriptedChannel()
    await world.drain(world.lane(channel, batch=5))
    assert channel.titles == ["second"] * 30


async def test_what_is_cancelled_never_goes_out(world: World) -> None:
    await world.subscribe(3)
    broadcast = await world.publish("news", ANNOUNCEMENT)
    await _set(world, broadcast, BroadcastState.CANCELLED)
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    await _sweep(world)
    assert (channel.called, await world.states(broadcast)) == ([], {"cancelled": 3})


async def test_a_worker_that_died_with_a_cancelled_broadcast_leaves_nothing_open(world: World) -> None:
    await world.subscribe(3)
    broadcast = await world.publish("news", ANNOUNCEMENT)
    await world.start_and_crash()
    await _set(world, broadcast, BroadcastState.CANCELLED)
    await _sweep(world)
    assert await world.states(broadcast) == {"unknown": 3}


async def test_what_expires_while_it_is_paused_is_swept(world: World) -> None:
    await world.subscribe(3)
    broadcast = await world.publish("news", ANNOUNCEMENT, expires_in=HOUR)
    await _set(world, broadcast, BroadcastState.PAUSED)
    assert await _sweep(world) == 0
    await world.pass_time(HOUR + timedelta(seconds=1))
    assert await _sweep(world) == 3
    assert await world.states(broadcast) == {"expired": 3}


async def test_a_channel_that_stands_still_is_noticed(world: World) -> None:
    await world.subscribe(3)
    paused = await world.publish("paused", ANNOUNCEMENT)
    await _set(world, paused, BroadcastState.PAUSED)
    await world.publish("waiting", ANNOUNCEMENT)
    await world.pass_time(STUCK_AFTER + timedelta(seconds=1))
    async with world.database.read() as session:
        assert await stuck(session, await server_time(session, world.clock.now())) == {"sms": 3}


async def test_a_worker_sweeps_by_itself(world: World) -> None:
    await world.subscribe(2)
    broadcast = await world.publish("news", ANNOUNCEMENT, expires_in=HOUR)
    await _set(world, broadcast, BroadcastState.PAUSED)
    await world.pass_time(HOUR + timedelta(seconds=1))
    await Worker(world.tools(), [ScriptedChannel()]).sweep(world.stop)
    assert await world.states(broadcast) == {"expired": 2}
