"""Whether the process lives, and whether a resident's question would be understood and answered."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from core.logging import get_logger

_log = get_logger(__name__)

Status = Literal["ok", "degraded", "down"]
Probe = Callable[[], Awaitable[None]]
_PATIENCE_SECONDS = 2.0


class HealthCheck:
    """Asks each component; one that is needed takes the whole service down, the others degrade it."""

    def __init__(self, needed: Mapping[str, Probe], helpful: Mapping[str, Probe]) -> None:
        self._needed = needed
        self._helpful = helpful

    async def ready(self) -> tuple[Status, dict[str, Status]]:
        """Return the status of the service and of each component."""
        probes = {**self._needed, **self._helpful}
        results = await asyncio.gather(*(_passes(name, probe) for name, probe in probes.items()))
        components: dict[str, Status] = {
            name: "ok" if passed else "down" for name, passed in zip(probes, results, strict=True)
        }
        if any(components[name] == "down" for name in self._needed):
            return "down", components
        return ("degraded" if "down" in components.values() else "ok"), components


async def _passes(name: str, probe: Probe) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await probe()
    except Exception as error:
        _log.info("component is not ready", component=name, error=type(error).__name__)
        return False
    return True
