"""What this process says of itself every few seconds, for the panel's room about the state of the product."""

from collections.abc import Mapping

from core.processes.heartbeat import Fact, Heartbeat
from hub.bootstrap import Foundation
from hub.watching.process import Parts


def heartbeat(base: Foundation, parts: Parts) -> Heartbeat:
    """Return what describes the parts of this process that there are."""

    def facts() -> Mapping[str, Fact]:
        found: dict[str, Fact] = {}
        for lane in parts.worker.lanes if parts.worker else ():
            rests = lane.rests_until
            found[f"channel:{lane.name}"] = "stopped" if lane.is_misconfigured else "sends"
            found[f"rests:{lane.name}"] = rests.isoformat() if rests else None
        if parts.model and parts.model.name:
            found |= {"model": parts.model.name, "model_servers": parts.model.ready}
        if parts.scheduler:
            coming = parts.scheduler.coming(base.clock.now())
            found["leads"] = coming is not None
            found |= {f"next:{name}": at.isoformat() for name, at in (coming or {}).items()}
        return found

    return Heartbeat(base.database, base.clock, parts.roles, [facts], parts.pulse)
