"""Leases: two workers never have the same delivery, and the late one changes nothing."""

import asyncio
from datetime import timedelta

import pytest

from notifier.deliveries import repository
from notifier.deliveries.clock import server_time
from notifier.deliveries.repository import Claimed, Settlement
from notifier.deliveries.states import DeliveryState
from tests.notifier.deliveries.world import World

LEASE = timedelta(minutes=1)


async def _claim(world: World, limit: int = 50) -> tuple[str, list[Claimed]]:
    async with world.database.write() as session:
        now = await server_time(session, world.clock.now())
        return await repository.claim(session, "sms", limit, now, LEASE)


async def _mark(world: World, token: str, ids: list[int]) -> set[int]:
    async with world.database.write() as session:
        now = await server_time(session, world.clock.now())
        return await repository.mark_sending(session, token, ids, now, LEASE)


async def _finish(world: World, token: str, id_: int) -> int:
    async with world.database.write() as session:
        now = await server_time(session, world.clock.now())
        return await repository.finish(session, token, [Settlement(id_, DeliveryState.SENT)], now)


async def test_two_workers_at_once_share_the_deliveries_without_overlap(world: World) -> None:
    await world.subscribe(100)
    await world.publish()

    async def take_all() -> list[int]:
        taken: list[int] = []
        while batch := (await _claim(world, limit=7))[1]:
            taken += [delivery.id for delivery in batch]
        return taken

    first, second = await asyncio.gather(take_all(), take_all())
    assert sorted(first + second) == [row.id for row in await world.deliveries()]


@pytest.mark.servers
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_claim_does_not_wait_for_another_where_many_may_write(world: World) -> None:
    await world.subscribe(10)
    await world.publish()
    async with world.database.write() as session:
        now = await server_time(session, world.clock.now())
        _, mine = await repository.claim(session, "sms", 4, now, LEASE)
        async with asyncio.timeout(3):
            _, others = await _claim(world)
    assert len(mine) == 4
    assert len(others) == 6


@pytest.mark.servers
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_stamping_the_next_calls_does_not_wait_for_answers_that_are_being_recorded(world: World) -> None:
    await world.subscribe(4)
    await world.publish()
    token, claimed = await _claim(world)
    first, second = claimed[:2], claimed[2:]
    await _mark(world, token, [delivery.id for delivery in first])
    async with world.database.write() as session:
        settled = [Settlement(delivery.id, DeliveryState.SENT) for delivery in first]
        await repository.finish(session, token, settled, await server_time(session, world.clock.now()))
        async with asyncio.timeout(3):
            assert len(await _mark(world, token, [delivery.id for delivery in second])) == 2


async def test_a_lease_that_ended_is_due_again_and_its_first_owner_changes_nothing(world: World) -> None:
    await world.subscribe()
    await world.publish()
    late, (delivery,) = await _claim(world)
    assert (await _claim(world))[1] == []
    await world.pass_time(LEASE + timedelta(seconds=1))
    owner, (again,) = await _claim(world)
    assert again.id == delivery.id
    assert await _mark(world, late, [delivery.id]) == set()
    assert await _finish(world, late, delivery.id) == 0
    assert [row.state for row in await world.deliveries()] == ["leased"]
    assert await _finish(world, owner, delivery.id) == 1
    assert [row.state for row in await world.deliveries()] == ["sent"]


async def test_working_on_a_batch_extends_the_lease_of_all_of_it(world: World) -> None:
    await world.subscribe(2)
    await world.publish()
    token, (first, second) = await _claim(world)
    await world.pass_time(LEASE * 0.75)
    await _mark(world, token, [first.id])
    await world.pass_time(LEASE * 0.75)
    assert (await _claim(world))[1] == []
    assert await _mark(world, token, [second.id]) == {second.id}


async def test_a_call_without_a_recorded_answer_is_seen_by_the_next_owner(world: World) -> None:
    await world.subscribe(2)
    await world.publish()
    token, (started, waiting) = await _claim(world)
    await _mark(world, token, [started.id])
    await world.pass_time(LEASE + timedelta(seconds=1))
    _, again = await _claim(world)
    seen = {delivery.id: (delivery.was_started, delivery.attempts) for delivery in again}
    assert seen == {started.id: (True, 1), waiting.id: (False, 0)}


async def test_other_channels_are_left_alone(world: World) -> None:
    await world.subscribe(1, "telegram")
    await world.publish()
    assert (await _claim(world))[1] == []
