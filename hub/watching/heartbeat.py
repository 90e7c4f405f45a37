"""What this process says of itself every few seconds, for the panel's room about the state of the product."""

from collections.abc import Mapping, Sequence

from core.processes.heartbeat import Fact, Facts, Heartbeat
from core.processes.pulse import Pulse
from hub.bootstrap import Foundation
from nlu.serving.service import ModelService
from notifier.scheduler import Scheduler
from notifier.worker import Worker


def heartbeat(
    base: Foundation,
    roles: Sequence[str],
    scheduler: Scheduler | None = None,
    worker: Worker | None = None,
    model: ModelService | None = None,
    pulse: Pulse | None = None,
) -> Heartbeat:
    """Return what describes the parts of this process that there are."""

    def of_scheduler() -> Mapping[str, Fact]:
        coming = scheduler.coming(base.clock.now()) if scheduler else None
        return {"leads": coming is not None, **{f"next:{name}": at.isoformat() for name, at in (coming or {}).items()}}

    def of_worker() -> Mapping[str, Fact]:
        facts: dict[str, Fact] = {}
        for lane in worker.lanes if worker else ():
            rests = lane.rests_until
            facts[f"channel:{lane.name}"] = "stopped" if lane.is_misconfigured else "sends"
            facts[f"rests:{lane.name}"] = rests.isoformat() if rests else None
        return facts

    def of_model() -> Mapping[str, Fact]:
        return {"model": model.name, "model_servers": model.ready} if model and model.name else {}

    parts: list[Facts] = [of_worker, of_model]
    if scheduler:
        parts.append(of_scheduler)
    return Heartbeat(base.database, base.clock, roles, parts, pulse)
