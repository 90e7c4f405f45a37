"""Leads or waits to lead; while it leads, runs each job at its times."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from structlog.contextvars import bound_contextvars

from core.clock import WARSAW
from core.logging import get_logger
from core.stopping import rest
from notifier.scheduler.job import Job
from notifier.scheduler.leadership import Leadership
from notifier.scheduler.runs import JobRuns
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import NoticeKind

_log = get_logger(__name__)

# Another process takes over within this, after the one that led died.
_LOOK_SECONDS = 1.0
# What comes later, e.g. after the machine slept, is still run: the runs know which times were served.
_MISFIRE_SECONDS = 3600
_FAILURES_TOLD = 3


class Scheduler:
    """Runs jobs inside the running event loop; a job that fails is logged and comes again at its next time."""

    def __init__(
        self, jobs: Sequence[Job], runs: JobRuns, leadership: Leadership, notices: StaffNotices | None = None
    ) -> None:
        self._jobs = jobs
        self._runs = runs
        self._leadership = leadership
        self._notices = notices
        self._running: set[asyncio.Task[None]] = set()
        self._leads = False

    @property
    def leads(self) -> bool:
        """Whether this process runs the jobs."""
        return self._leads

    def coming(self, now: datetime) -> Mapping[str, datetime] | None:
        """Return when each job comes next, by name; None while another process leads."""
        return {job.name: job.next_due(now) for job in self._jobs} if self._leads else None

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; a job that is running then is finished first."""
        timetable: AsyncIOScheduler | None = None
        try:
            while not stop.is_set():
                leads = self._leads = await self._leadership.is_ours()
                if leads and timetable is None:
                    timetable = self._take_over()
                if timetable is not None and not leads:
                    _log.warning("another process may run the regular jobs now")
                    timetable.shutdown(wait=False)
                    timetable = None
                await rest(stop, _LOOK_SECONDS)
        finally:
            self._leads = False
            if timetable is not None:
                timetable.shutdown(wait=False)
            await asyncio.gather(*self._running)
            await self._leadership.resign()

    def _take_over(self) -> AsyncIOScheduler:
        """Make up for what was missed, each job once, and run the jobs at their times from now on."""
        _log.info("this process runs the regular jobs")
        timetable = AsyncIOScheduler(timezone=WARSAW)
        for job in self._jobs:
            timetable.add_job(
                self._come,
                job.trigger(),
                args=[job],
                id=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=_MISFIRE_SECONDS,
            )
            self._begin(job, is_start=True)
        timetable.start()
        return timetable

    async def _come(self, job: Job) -> None:
        # A coroutine, because the library runs plain functions in a thread without our loop.
        self._begin(job)

    def _begin(self, job: Job, is_start: bool = False) -> None:
        # Our own task: the library would cancel its own when it is shut down, and a job must end what it began.
        task = asyncio.get_running_loop().create_task(self.run_due(job, is_start=is_start), name=job.name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def run_due(self, job: Job, *, is_start: bool = False) -> None:
        """Run a job if one of its times has come that nobody has served, or if it runs at each start."""
        try:
            is_due = await self._runs.take_due(job)
            if not is_due and not (is_start and job.at_start):
                return
            if not is_due:
                await self._runs.take_now(job)
            error = await self._run(job)
            failures = await self._runs.ended(job, error)
        except Exception as fault:
            _log.error("a run is not recorded", job=job.name, error=type(fault).__name__, exc_info=fault)
            return
        if failures == _FAILURES_TOLD and self._notices:
            await self._notices.tell_daily(NoticeKind.JOB_FAILED, job.name, job=job.name, times=failures, error=error)

    async def _run(self, job: Job) -> str | None:
        """Run a job and return the kind of its error."""
        try:
            with bound_contextvars(job=job.name):
                await job.run()
        except Exception as error:
            _log.error("job failed", job=job.name, error=type(error).__name__, exc_info=error)
            return type(error).__name__[:60]
        return None
