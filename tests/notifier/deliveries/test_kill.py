"""A worker killed in the middle of a broadcast: nobody is left out, and only calls in flight may repeat."""

import asyncio
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifier.broadcasts.service import BroadcastKind
from notifier.deliveries.states import DeliveryState
from tests.fixtures.running import ROOT
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, World, shift_into_past

pytestmark = pytest.mark.long

RECIPIENTS = 2000
CONCURRENCY = 10
KILLED_AFTER_CALLS = (333, 1000, 1777)
LONGER_THAN_A_LEASE = timedelta(seconds=61)


class DoomedWorker:
    """A worker process and the ledger of its provider."""

    def __init__(self, world: World, ledger: Path) -> None:
        self.ledger = ledger
        url = world.database.url.render_as_string(hide_password=False)
        module = "tests.notifier.deliveries.doomed_worker"
        command = [sys.executable, "-m", module, url, str(ledger), str(CONCURRENCY)]
        self.process = subprocess.Popen(command, cwd=ROOT)

    def calls(self) -> Counter[int]:
        lines = self.ledger.read_text().splitlines() if self.ledger.exists() else []
        return Counter(int(line) for line in lines)

    async def wait_for_calls(self, count: int) -> None:
        async with asyncio.timeout(60):
            while self.calls().total() < count:
                assert self.process.poll() is None
                await asyncio.sleep(0.005)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)


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
    interrupted: set[tuple[int, datetime]] = set()
    for calls in KILLED_AFTER_CALLS:
        worker = DoomedWorker(world, ledger)
        await worker.wait_for_calls(calls)
        worker.kill()
        caught = await _in_flight(world) - interrupted
        assert len(caught) <= CONCURRENCY
        interrupted |= caught
        await shift_into_past(world.database, LONGER_THAN_A_LEASE)
    last = DoomedWorker(world, ledger)
    states = await _wait_until_settled(world, broadcast)
    last.process.terminate()
    assert last.process.wait(10) == 0

    assert interrupted, "every kill came between two waves: nothing was shown"
    times_interrupted = Counter(id_ for id_, _ in interrupted)
    repeats = last.calls() - Counter(set(last.calls()))
    if kind is ALERT:
        assert states == {"sent": RECIPIENTS}
        assert len(last.calls()) == RECIPIENTS
        assert repeats <= times_interrupted
    else:
        # Stamped but killed just before the call counts as unknown, too: nobody can tell the difference.
        unknown = {row.id for row in await world.deliveries() if row.state == DeliveryState.UNKNOWN}
        assert states == {"sent": RECIPIENTS - len(unknown), "unknown": len(unknown)}
        assert unknown == set(times_interrupted)
        assert not repeats
        assert last.calls().keys() | unknown == {row.id for row in await world.deliveries()}
