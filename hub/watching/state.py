"""What Prometheus reads of the state that all processes share.

Only the process that leads tells of it, so that nothing is counted once for each process.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from content.sources.status import SourceStatus, statuses
from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from core.processes.heartbeat import SILENT_AFTER, processes
from core.processes.models import ProcessRow
from hub.backups.making import JOB as BACKUP
from notifier.deliveries.clock import server_time
from notifier.deliveries.queue import QueuePart, queue
from notifier.pricing import SegmentPrice
from notifier.scheduler import Scheduler
from notifier.scheduler.models import JobRunRow
from notifier.scheduler.runs import last_runs
from notifier.spending.budget import Budget

_log = get_logger(__name__)

# Several look at the same time, and nothing here changes within seconds.
_KEPT_SECONDS = 10.0
_PATIENCE_SECONDS = 5.0
_BY_CHANNEL = ("channel",)


@dataclass(frozen=True)
class _State:
    """The state as of `now` (the clock of the database, UTC)."""

    now: datetime
    queue: Sequence[QueuePart]
    sources: Sequence[SourceStatus]
    runs: Sequence[JobRunRow]
    processes: Sequence[ProcessRow]
    spent_parts: int


class StateGauges(Collector):
    """Reads the database when it is looked at, while this process leads; SMS cost `price`."""

    def __init__(
        self, database: Database, clock: Clock, scheduler: Scheduler, budget: Budget, price: SegmentPrice
    ) -> None:
        self._database = database
        self._clock = clock
        self._scheduler = scheduler
        self._budget = budget
        self._price = price
        self._state: _State | None = None
        self._read_at: float | None = None

    async def refresh(self) -> None:
        """Read the state if it is older than some seconds; while another process leads, or on a fault, have none."""
        if not self._scheduler.leads:
            self._state = self._read_at = None
            return
        now = self._clock.monotonic()
        if self._read_at is not None and now - self._read_at < _KEPT_SECONDS:
            return
        self._read_at = now
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                self._state = await self._read()
        except (SQLAlchemyError, OSError) as error:
            _log.warning("the state cannot be read for the metrics", error=type(error).__name__)
            self._state = None

    async def _read(self) -> _State:
        async with self._database.read() as session:
            now = await server_time(session, self._clock.now())
            return _State(
                now,
                await queue(session, now),
                await statuses(session),
                await last_runs(session),
                await processes(session),
                await self._budget.spent(session, now),
            )

    def collect(self) -> Iterator[Metric]:
        """Return what was read."""
        if self._state is None:
            return
        yield from _of_queue(self._state)
        yield from _of_sources(self._state)
        yield from _of_runs(self._state.runs)
        yield from _of_processes(self._state)
        yield from self._of_spending(self._state)

    def _of_spending(self, state: _State) -> Iterator[Metric]:
        spent = GaugeMetricFamily("hub_spent_today", "Spent today, in the currency of the price.", labels=_BY_CHANNEL)
        spent.add_metric((self._budget.channel,), float(self._price.of(state.spent_parts)))
        cap = GaugeMetricFamily("hub_spending_cap", "Most that may be spent in a day.", labels=_BY_CHANNEL)
        cap.add_metric((self._budget.channel,), float(self._budget.cap))
        return iter((spent, cap))


def _of_queue(state: _State) -> Iterator[Metric]:
    labels = ("channel", "priority", "state")
    opened = GaugeMetricFamily("hub_deliveries_open", "Deliveries that are not over; priority 0 first.", labels=labels)
    waiting = GaugeMetricFamily(
        "hub_oldest_due_seconds", "For how long the oldest delivery could have gone out.", labels=_BY_CHANNEL
    )
    oldest: dict[str, float] = {}
    for part in state.queue:
        for kind, count in (("due", part.due), ("later", part.later), ("leased", part.leased)):
            opened.add_metric((part.channel, str(part.priority), kind), count)
        age = (state.now - part.oldest_due).total_seconds() if part.oldest_due else 0.0
        oldest[part.channel] = max(oldest.get(part.channel, 0.0), age)
    for channel, age in oldest.items():
        waiting.add_metric((channel,), age)
    return iter((opened, waiting))


def _of_sources(state: _State) -> Iterator[Metric]:
    labels = ("source",)
    age = GaugeMetricFamily("hub_source_age_seconds", "Age of the newest data by the source's own time.", labels=labels)
    answered = GaugeMetricFamily(
        "hub_source_last_success_timestamp_seconds", "When the source last gave something usable.", labels=labels
    )
    failures = GaugeMetricFamily("hub_source_failures", "Failed readings in a row.", labels=labels)
    for source in state.sources:
        if source.as_of:
            age.add_metric((source.name,), (state.now - source.as_of).total_seconds())
        if source.last_success_at:
            answered.add_metric((source.name,), source.last_success_at.timestamp())
        failures.add_metric((source.name,), source.failures)
    return iter((age, answered, failures))


def _of_runs(runs: Iterable[JobRunRow]) -> Iterator[Metric]:
    labels = ("task",)  # Prometheus itself calls something else a job
    succeeded = GaugeMetricFamily(
        "hub_job_last_success_timestamp_seconds", "When the job last succeeded.", labels=labels
    )
    seconds = GaugeMetricFamily("hub_job_last_duration_seconds", "How long its last run took.", labels=labels)
    failures = GaugeMetricFamily("hub_job_failures", "Failed runs in a row.", labels=labels)
    backup = GaugeMetricFamily("hub_backup_last_success_timestamp_seconds", "When the last backup succeeded.")
    for run in runs:
        failures.add_metric((run.name,), run.failures)
        if run.succeeded_at is None:
            continue
        succeeded.add_metric((run.name,), run.succeeded_at.timestamp())
        if run.started_at and run.succeeded_at >= run.started_at:
            seconds.add_metric((run.name,), (run.succeeded_at - run.started_at).total_seconds())
        if run.name == BACKUP:
            backup.add_metric((), run.succeeded_at.timestamp())
    return iter((succeeded, seconds, failures, backup))


def _of_processes(state: _State) -> Iterator[Metric]:
    roles = GaugeMetricFamily("hub_processes", "Processes that were heard of lately.", labels=("role",))
    workers = GaugeMetricFamily(
        "hub_channel_workers", "Processes that send on the channel; 0 when all of them stopped.", labels=_BY_CHANNEL
    )
    lively = [process for process in state.processes if state.now - process.seen_at < SILENT_AFTER]
    for role in sorted({role for process in lively for role in process.roles}):
        roles.add_metric((role,), sum(role in process.roles for process in lively))
    names = sorted({name for process in lively for name in process.facts if name.startswith("channel:")})
    for name in names:
        sending = sum(process.facts.get(name) == "sends" for process in lively)
        workers.add_metric((name.removeprefix("channel:"),), sending)
    return iter((roles, workers))
