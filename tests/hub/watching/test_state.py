"""What Prometheus reads of the shared state: from the process that leads, from no other, and not at every look."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from content.sources.status import record_failure, record_success
from core.clock import SystemClock
from core.crypto import AddressVault
from core.database import Database
from core.errors import SourceError
from core.metrics import Metrics
from core.processes.heartbeat import Heartbeat
from hub.backups.making import JOB as BACKUP
from hub.watching.state import StateGauges
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.pricing import SegmentPrice
from notifier.scheduler import Job, Scheduler
from notifier.scheduler.leadership import Leadership
from notifier.scheduler.runs import JobRuns
from notifier.spending.budget import Budget
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock

Figures = Mapping[tuple[str, tuple[str, ...]], float]


class _Lock:
    """A leadership that is given or not."""

    def __init__(self, *, ours: bool) -> None:
        self.ours = ours

    async def is_ours(self) -> bool:
        return self.ours

    async def resign(self) -> None:
        self.ours = False


@pytest.fixture
def clock() -> FrozenClock:
    # The clock of a server cannot be frozen, so ours stands near it.
    return FrozenClock(SystemClock().now())


@asynccontextmanager
async def _watched(database: Database, clock: FrozenClock, *, leads: bool = True) -> AsyncIterator[Metrics]:
    """Yield what a process shows whose scheduler leads, or waits to."""
    lock: Leadership = _Lock(ours=leads)
    stop = asyncio.Event()
    scheduler = Scheduler([], JobRuns(database, clock), lock)
    running = asyncio.create_task(scheduler.run(stop))
    while leads and not scheduler.leads:  # noqa: ASYNC110 - it says nothing of it by itself
        await asyncio.sleep(0.01)
    price = SegmentPrice(Decimal("0.20"))
    gauges = StateGauges(database, clock, scheduler, Budget("sms", price, Decimal(100)), price)
    metrics = Metrics()
    metrics.add(gauges, gauges.refresh)
    try:
        yield metrics
    finally:
        stop.set()
        await running


async def _figures(metrics: Metrics) -> Figures:
    families = text_string_to_metric_families((await metrics.page()).decode())
    return {(each.name, tuple(each.labels.values())): each.value for family in families for each in family.samples}


async def _nothing() -> None:
    pass


async def _live(database: Database, clock: FrozenClock) -> None:
    """Let a city live for a moment: two SMS wait, a source answered and failed since, a backup was made."""
    subscriptions, now = Subscriptions(AddressVault(["k" * 32], "i" * 32), clock), clock.now()
    backup = Job(BACKUP, _nothing, minutes="0")
    async with database.write() as session:
        for number in ("+48601000001", "+48601000002"):
            await subscriptions.subscribe(session, "sms", number, "smog", text_version="1")
        long_ago = now - timedelta(minutes=20)
        await publish(session, Broadcast("alert:1", BroadcastKind.ALERT, "smog", "Smog", "Treść", long_ago, None))
        await record_success(session, "gios", now - timedelta(hours=2), 6, 0, now - timedelta(hours=1))
        await record_failure(session, "gios", SourceError("no answer"), now)
        await Budget("sms", SegmentPrice(Decimal("0.20")), Decimal(100)).take(session, 30, now)
    runs = JobRuns(database, clock)
    await runs.take_now(backup)
    await runs.ended(backup, None)
    await Heartbeat(
        database, clock, ["worker"], [lambda: {"channel:sms": "sends", "channel:telegram": "stopped"}]
    ).beat()


async def test_the_leader_tells_of_the_shared_state(database: Database, clock: FrozenClock) -> None:
    await _live(database, clock)
    async with _watched(database, clock) as metrics:
        seen = await _figures(metrics)
    assert seen["hub_deliveries_open", ("sms", "0", "due")] == 2
    assert seen["hub_oldest_due_seconds", ("sms",)] >= 0
    assert seen["hub_source_age_seconds", ("gios",)] == pytest.approx(7200, abs=60)
    assert seen["hub_source_last_success_timestamp_seconds", ("gios",)] == pytest.approx(
        clock.now().timestamp() - 3600, abs=1
    )
    assert seen["hub_source_failures", ("gios",)] == 1
    assert seen["hub_spent_today", ("sms",)] == pytest.approx(6)
    assert seen["hub_spending_cap", ("sms",)] == 100
    assert seen["hub_backup_last_success_timestamp_seconds", ()] == pytest.approx(clock.now().timestamp(), abs=1)
    assert seen["hub_job_failures", (BACKUP,)] == 0
    assert seen["hub_processes", ("worker",)] == 1
    assert seen["hub_channel_workers", ("sms",)] == 1
    assert seen["hub_channel_workers", ("telegram",)] == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestWhoAndWhen:
    async def test_who_does_not_lead_tells_nothing(self, database: Database, clock: FrozenClock) -> None:
        await _live(database, clock)
        async with _watched(database, clock, leads=False) as metrics:
            assert not [name for name, _ in await _figures(metrics) if name.startswith("hub_source")]

    async def test_the_database_is_not_asked_at_every_look(self, database: Database, clock: FrozenClock) -> None:
        async with _watched(database, clock) as metrics:
            await _figures(metrics)
            await _live(database, clock)
            assert ("hub_spent_today", ("sms",)) in await _figures(metrics)
            assert (await _figures(metrics))["hub_spent_today", ("sms",)] == 0
            clock.advance(timedelta(seconds=11))
            assert (await _figures(metrics))["hub_spent_today", ("sms",)] == pytest.approx(6)


async def test_without_a_database_the_rest_is_still_told(clock: FrozenClock, tmp_path: Path) -> None:
    nowhere = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    async with _watched(nowhere, clock) as metrics:
        metrics.talks.not_understood()
        seen = await _figures(metrics)
    await nowhere.close()
    assert seen["hub_nlu_failures_total", ()] == 1
    assert ("hub_spending_cap", ("sms",)) not in seen
