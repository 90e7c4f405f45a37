"""A worker killed in the middle of a broadcast: nobody is left out, and only calls in flight may repeat."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifier.broadcasts.service import BroadcastKind
from notifier.deliveries.states import DeliveryState
from notifier.worker import Pace
from tests.notifier.deliveries.doomed_worker import DoomedWorker, lines
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, World, shift_into_past

pytestmark = pytest.mark.long

RECIPIENTS = 1000
CONCURRENCY = 10
PACE = Pace(concurrency=CONCURRENCY)
KILLED_AFTER_CALLS = (166, 500, 888)
LONGER_THAN_A_LEASE = timedelta(seconds=61)


async def _wait_for_calls(worker: DoomedWorker, ledger: Path, count: int) -> None:
    async with asyncio.timeout(60):
        while len(lines(ledger)) < count:
            assert worker.process.poll() is None
            await asyncio.sleep(0.005)


async def _in_flight(world: World) -> set[tuple[int, datetime]]:
    """Return calls without a recorded answer: of which delivery, and started when."""
    leased = [row for row in await world.deliveries() if row.state == DeliveryState.LEASED]
    return {(row.id, row.sending_at) for row in leased if row.sending_at}


async def _wait_until_settled(world: World, broadcast: int) -> dict[str, int]:
    async with asyncio.timeout(60):
        while {"pending", "leased"} & (await world.states(broadcast)).keys():  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.1)
    return await world.states(broadcast)


@pytest.mark.parametrize("kind", [ALERT, ANNOUNCEMENT])
async def test_three_kills_leave_nobody_out_and_repeat_only_what_was_in_flight(
    world: World, tmp_path: Path, kind: BroadcastKind
) -> None:
    await world.subscribe(RECIPIENTS)
    broadcast = await world.publish("a", kind)
    ledger = tmp_path / "ledger"
    times_interrupted: Counter[int] = Counter()
    known: set[tuple[int, datetime]] = set()
    for calls in KILLED_AFTER_CALLS:
        worker = DoomedWorker(world.database, ledger, PACE)
        await _wait_for_calls(worker, ledger, calls)
        worker.kill()
        caught = await _in_flight(world) - known
        assert len(caught) <= CONCURRENCY
        times_interrupted.update(id_ for id_, _ in caught)
        await shift_into_past(world.database, LONGER_THAN_A_LEASE)
        known = await _in_flight(world)
    last = DoomedWorker(world.database, ledger, PACE)
    states = await _wait_until_settled(world, broadcast)
    assert last.stop() == 0
    called = Counter(id_ for _, id_ in lines(ledger))

    assert times_interrupted, "every kill came between two waves: nothing was shown"
    repeats = called - Counter(set(called))
    if kind is ALERT:
        assert states == {"sent": RECIPIENTS}
        assert len(called) == RECIPIENTS
        assert repeats <= times_interrupted
    else:
        # Stamped but killed just before the call counts as unknown, too: nobody can tell the difference.
        unknown = {row.id for row in await world.deliveries() if row.state == DeliveryState.UNKNOWN}
        assert states == {"sent": RECIPIENTS - len(unknown), "unknown": len(unknown)}
        assert unknown == set(times_interrupted)
        assert not repeats
        assert called.keys() | unknown == {row.id for row in await world.deliveries()}
