"""Runs the jobs it is handed at their times; the jobs carry no logic of when."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from core.clock import WARSAW
from core.logging import get_logger

_log = get_logger(__name__)

# A firing that comes later than this, e.g. after the machine slept, is dropped; the next one is near.
_MISFIRE_GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class Job:
    """A piece of regular work; `minutes` and `hours` as in cron, Polish local time."""

    name: str
    run: Callable[[], Awaitable[None]]
    minutes: str
    hours: str = "*"
    at_start: bool = False


class Scheduler:
    """Runs jobs inside the running event loop; a job that fails is logged and comes again at its next time."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; a job that is running then is finished first."""
        scheduler = AsyncIOScheduler(timezone=WARSAW)
        running: set[str] = set()
        idle = asyncio.Event()
        idle.set()

        async def guarded(job: Job) -> None:
            running.add(job.name)
            idle.clear()
            try:
                await job.run()
            except Exception as error:
                _log.error("job failed", job=job.name, error=type(error).__name__, exc_info=error)
            finally:
                running.discard(job.name)
                if not running:
                    idle.set()

        for job in self._jobs:
            scheduler.add_job(
                guarded,
                CronTrigger(hour=job.hours, minute=job.minutes, timezone=WARSAW),
                args=[job],
                id=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=int(_MISFIRE_GRACE.total_seconds()),
            )
            if job.at_start:
                scheduler.add_job(guarded, args=[job], id=f"{job.name} at start")
        scheduler.start()
        await stop.wait()
        scheduler.pause()
        await idle.wait()
        scheduler.shutdown(wait=False)
