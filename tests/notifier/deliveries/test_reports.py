"""Reports in any order and number, failed deliveries repeated, and how far a broadcast has come."""

import asyncio
import itertools
from datetime import timedelta
from decimal import Decimal

import pytest

from notifier.channels.base import Receipt, Rejected, Retryable
from notifier.deliveries.clock import server_time
from notifier.deliveries.progress import Progress, progress, watch
from notifier.deliveries.receipts import Receipts, StatusReport
from notifier.deliveries.repeats import MAX_ROUNDS, repeat_failed
from notifier.deliveries.settlement import PATIENCE
from notifier.deliveries.states import DeliveryState
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget
from tests.notifier.deliveries.world import ANNOUNCEMENT, ScriptedChannel, World

HOUR, HALF_AN_HOUR = timedelta(hours=1), timedelta(minutes=30)
SENT, DELIVERED, FAILED = DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.FAILED


async def _report(world: World, state: DeliveryState, retry_after: timedelta | None = None, id_: int = 1) -> None:
    error = "30003" if state is FAILED else None
    report = StatusReport(id_, f"id-{id_}", state, error, retry_after=retry_after)
    assert await Receipts(world.database, world.clock).record(report)


async def _repeat(world: World, broadcast: int) -> int:
    async with world.database.write() as session:
        return await repeat_failed(session, broadcast, await server_time(session, world.clock.now()))


async def _progress(world: World, broadcast: int) -> Progress:
    async with world.database.read() as session:
        return await progress(session, broadcast, await server_time(session, world.clock.now()))


ORDERS = sorted(set(itertools.permutations([SENT, SENT, FAILED, DELIVERED, DELIVERED])))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_any_order_and_number_of_reports_ends_the_same(world: World) -> None:
    await world.subscribe(len(ORDERS))
    broadcast = await world.publish()
    await world.drain(world.lane(ScriptedChannel()))
    for id_, order in enumerate(ORDERS, start=1):
        for state in order:
            await _report(world, state, HALF_AN_HOUR if state is FAILED else None, id_)
    first_round = [row.state for row in await world.deliveries() if row.round == 0]
    assert first_round == ["delivered"] * len(ORDERS)
    repeats = [row.state for row in await world.deliveries() if row.round > 0]
    assert set(repeats) <= {"cancelled"}
    assert (await world.states(broadcast)).keys() <= {"delivered", "cancelled"}


async def test_a_phone_that_was_off_gets_another_message_later(world: World) -> None:
    (address,) = await world.subscribe()
    broadcast = await world.publish(expires_in=HOUR * 3)
    channel = ScriptedChannel()
    lane = world.lane(channel)
    await world.drain(lane)
    await _report(world, FAILED, HALF_AN_HOUR)
    await _report(world, FAILED, HALF_AN_HOUR)
    await world.drain(lane)
    assert channel.called == [address]
    await world.pass_time(HALF_AN_HOUR + timedelta(seconds=1))
    await world.drain(lane)
    assert channel.called == [address] * 2
    assert await world.states(broadcast) == {"failed": 1, "sent": 1}
    assert [(row.round, row.repeats_id) for row in await world.deliveries()] == [(0, None), (1, 1)]


async def test_nothing_is_repeated_that_would_come_too_late(world: World) -> None:
    await world.subscribe()
    broadcast = await world.publish(expires_in=HALF_AN_HOUR)
    await world.drain(world.lane(ScriptedChannel()))
    await _report(world, FAILED, HALF_AN_HOUR)
    assert await world.states(broadcast) == {"failed": 1}


async def test_staff_repeat_only_what_failed_and_may_get_through(world: World) -> None:
    refused, busy, gone, fine = await world.subscribe(4)
    broadcast = await world.publish("news", ANNOUNCEMENT)
    channel = ScriptedChannel()
    answers = {refused: Rejected("21614"), busy: Retryable("busy"), gone: Retryable("busy"), fine: Receipt("id-9")}
    channel.on_call = lambda: setattr(channel, "default", answers[channel.called[-1]])
    lane = world.lane(channel, concurrency=1)
    for _ in range(2):
        await world.drain(lane)
        await world.pass_time(PATIENCE)
    await world.unsubscribe(gone)
    assert await world.states(broadcast) == {"failed": 3, "sent": 1}
    queued = await _repeat(world, broadcast)
    assert 1 <= queued <= 2
    assert await _repeat(world, broadcast) == 0
    channel.called.clear()
    answers[busy] = Receipt("id-10")
    await world.drain(lane)
    assert channel.called == [busy]


async def test_a_delivery_is_repeated_twice_at_most(world: World) -> None:
    await world.subscribe()
    broadcast = await world.publish("news", ANNOUNCEMENT)
    lane = world.lane(ScriptedChannel())
    for id_ in range(1, MAX_ROUNDS + 1):
        await world.drain(lane)
        await _report(world, FAILED, timedelta(0), id_)
        await world.pass_time(timedelta(seconds=1))
    assert await world.states(broadcast) == {"failed": MAX_ROUNDS}
    assert await _repeat(world, broadcast) == 0


async def test_progress_counts_by_state_and_reason_and_says_when_it_ends(world: World) -> None:
    await world.subscribe(30)
    broadcast = await world.publish("news", ANNOUNCEMENT)
    channel = ScriptedChannel()
    budget = Budget("sms", SegmentPrice(Decimal("0.20")), Decimal(100))
    lane = world.lane(channel, batch=10, tools=world.tools(budgets={"sms": budget}))
    await lane.step(world.stop)
    channel.default = Rejected("21614")
    await lane.step(world.stop)
    await world.pass_time(timedelta(seconds=10))
    seen = await _progress(world, broadcast)
    assert seen.by_state == {SENT: 10, FAILED: 10, DeliveryState.PENDING: 10}
    assert (seen.failures, seen.total, seen.waiting, seen.is_over) == ({"21614": 10}, 30, 10, False)
    assert seen.per_second == pytest.approx(20 / 10, rel=0.1)
    assert seen.finishes_at is not None
    assert seen.finishes_at - seen.at == pytest.approx(timedelta(seconds=5), abs=timedelta(seconds=1))
    assert seen.parts == 10
    channel.default = None
    await world.drain(lane)
    assert (await _progress(world, broadcast)).is_over


async def test_who_watches_sees_it_come_to_its_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever listens since a moment ago looks once without having heard anything.
    monkeypatch.setattr("notifier.deliveries.progress._LOOK_SECONDS", 0.05)
    await world.subscribe(6)
    broadcast = await world.publish("news", ANNOUNCEMENT)
    lane = world.lane(ScriptedChannel(), batch=3)
    seen: list[int] = []
    async with asyncio.timeout(60):
        async for step in watch(world.database, world.redis, world.clock, broadcast):
            seen.append(step.waiting)
            await lane.step(world.stop)
    assert seen == [6, 3, 0]
