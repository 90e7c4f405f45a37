"""Which times of a job have been served: kept in the database, so that a new leader knows it, too."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database, insert_into
from notifier.scheduler.job import Job
from notifier.scheduler.models import JobRunRow

# Clocks of machines differ, but not by that much: such a time was served by a clock that has been put right since.
_NEVER_SO_FAR_AHEAD = timedelta(minutes=10)


class JobRuns:
    """Hands out each time of a job once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def take_due(self, job: Job) -> bool:
        """Take the last time of a job that nobody has served yet; return False when there is none.

        Times missed before it are not made up for. A job never seen before has missed nothing.
        """
        now = self._clock.now()
        async with self._database.write() as session:
            new = insert_into(session, JobRunRow).values(name=job.name, due_at=now, failures=0).on_conflict_do_nothing()
            await session.execute(new)
            row = await session.get_one(JobRunRow, job.name, with_for_update=True)
            if row.due_at > now + _NEVER_SO_FAR_AHEAD:
                row.due_at = now
            due = job.last_due(row.due_at, now)
            if due is None:
                return False
            row.due_at, row.started_at = due, now
        return True

    async def take_now(self, job: Job) -> None:
        """Note a run that no time of the job asked for."""
        now = self._clock.now()
        async with self._database.write() as session:
            values = {"due_at": now, "started_at": now}
            run = insert_into(session, JobRunRow).values(name=job.name, failures=0, **values)
            await session.execute(run.on_conflict_do_update(index_elements=[JobRunRow.name], set_=values))

    async def ended(self, job: Job, error: str | None) -> int:
        """Note how a run ended; return how many have failed in a row."""
        changes: dict[str, object] = (
            {"failures": JobRunRow.failures + 1, "error": error}
            if error
            else {"failures": 0, "error": None, "succeeded_at": self._clock.now()}
        )
        async with self._database.write() as session:
            ended = update(JobRunRow).where(JobRunRow.name == job.name).values(changes)
            return (await session.scalars(ended.returning(JobRunRow.failures))).one()


async def last_runs(session: AsyncSession) -> Sequence[JobRunRow]:
    """Return the last run of every job that was ever due, by name."""
    return (await session.scalars(select(JobRunRow).order_by(JobRunRow.name))).all()
