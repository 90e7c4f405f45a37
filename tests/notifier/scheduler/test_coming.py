"""When jobs come next, as the process that leads tells it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from core.database import Database
from notifier.scheduler import Job, Scheduler
from notifier.scheduler.leadership import leadership
from notifier.scheduler.runs import JobRuns, last_runs
from tests.fakes import FrozenClock

_NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


async def _nothing() -> None: ...


async def test_the_next_time_is_later_than_now_and_in_polish_hours() -> None:
    nightly = Job("nightly", _nothing, minutes="40", hours="3")
    assert nightly.next_due(_NOON) == datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
    assert nightly.next_due(datetime(2026, 11, 24, 2, 40, tzinfo=UTC)) == datetime(2026, 11, 25, 2, 40, tzinfo=UTC)
    # In summer the same hour of Poland is an hour earlier.
    assert nightly.next_due(datetime(2026, 7, 1, tzinfo=UTC)) == datetime(2026, 7, 1, 1, 40, tzinfo=UTC)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_only_the_process_that_leads_says_what_comes(database: Database, clock: FrozenClock) -> None:
    clock.set(_NOON)
    began, stop = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()

    scheduler = Scheduler(
        [Job("hourly", work, minutes="25", at_start=True)], JobRuns(database, clock), leadership(database)
    )
    assert scheduler.coming(_NOON) is None
    running = asyncio.create_task(scheduler.run(stop))
    await began.wait()
    assert scheduler.coming(_NOON) == {"hourly": _NOON + timedelta(minutes=25)}
    stop.set()
    await running
    assert scheduler.coming(_NOON) is None
    async with database.read() as session:
        (run,) = await last_runs(session)
    assert (run.name, run.succeeded_at) == ("hourly", _NOON)
