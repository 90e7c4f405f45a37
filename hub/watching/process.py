"""What Prometheus reads of this process itself: what it is, and how its parts are at the moment of the look."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.pool import QueuePool

from core.processes.pulse import Pulse
from hub.bootstrap import Foundation
from nlu.serving.service import ModelService
from notifier.scheduler import Scheduler
from notifier.worker import Worker

_PACKAGE = "city-assistant"


def free_space(folder: Path) -> int:
    """Return the free bytes where a folder is, or would be."""
    folder = folder.resolve()
    return shutil.disk_usage(next(place for place in (folder, *folder.parents) if place.exists())).free


@dataclass(frozen=True)
class Parts:
    """What this process consists of."""

    roles: Sequence[str]
    pulse: Pulse
    scheduler: Scheduler | None = None
    worker: Worker | None = None
    model: ModelService | None = None


class ProcessGauges(Collector):
    """Tells of the parts that there are."""

    def __init__(self, base: Foundation, parts: Parts) -> None:
        self._base = base
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        """Return everything as it is now."""
        yield from self._of_process()
        if self._parts.scheduler:
            leads = self._parts.scheduler.leads
            yield GaugeMetricFamily("hub_scheduler_leader", "Whether this process runs the regular jobs.", float(leads))
        if self._parts.worker:
            yield from self._of_lanes(self._parts.worker)
        if self._parts.model:
            yield from self._of_model(self._parts.model)

    def _of_process(self) -> Iterator[Metric]:
        about = {"version": version(_PACKAGE), "roles": ",".join(self._parts.roles), "city": self._base.settings.city}
        yield InfoMetricFamily("hub", "What this process is.", about)
        if written_at := self._parts.pulse.written_at:
            beat = written_at.timestamp()
            yield GaugeMetricFamily("hub_heartbeat_timestamp_seconds", "Last beat that the database took.", beat)
        pool = self._base.database.engine.pool
        if isinstance(pool, QueuePool):
            used = pool.checkedout()
            yield GaugeMetricFamily("hub_database_connections_in_use", "Connections of the pool in use.", used)
        yield GaugeMetricFamily(
            "hub_disk_free_bytes", "Free space where VAR_DIR is.", free_space(self._base.settings.var_dir)
        )

    def _of_lanes(self, worker: Worker) -> Iterator[Metric]:
        by_channel = ("channel",)
        stopped = GaugeMetricFamily(
            "hub_channel_stopped", "Whether the provider refused our account; it needs somebody.", labels=by_channel
        )
        resting = GaugeMetricFamily("hub_channel_resting", "Whether the provider asked for a pause.", labels=by_channel)
        for lane in worker.lanes:
            stopped.add_metric((lane.name,), float(lane.is_misconfigured))
            resting.add_metric((lane.name,), float(lane.rests_until is not None))
        return iter((stopped, resting))

    def _of_model(self, model: ModelService) -> Iterator[Metric]:
        yield InfoMetricFamily("hub_nlu_model", "The language model in service.", {"model": model.name})
        yield GaugeMetricFamily("hub_nlu_servers_ready", "Servers of the language model that answer.", model.ready)
