"""Regular jobs: each time served once, missed ones made up for once, by the process that leads."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import select

from content.pack import City
from core.clock import WARSAW, SystemClock
from core.database import Database
from notifier.scheduler import Job, Scheduler
from notifier.scheduler.leadership import leadership
from notifier.scheduler.runs import JobRuns
from notifier.staff_notices.models import StaffNoticeRow
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import load_notice_texts
from tests.fakes import FrozenClock
from tests.notifier.deliveries.world import World

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Work:
    """Counts its runs, and fails when told to."""

    def __init__(self) -> None:
        self.runs = 0
        self.fails = False

    async def __call__(self) -> None:
        self.runs += 1
        if self.fails:
            raise RuntimeError("broken")


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def hourly(work: Work) -> Job:
    return Job("hourly", work, minutes="25")


def _scheduler(database: Database, clock: FrozenClock, job: Job, notices: StaffNotices | None = None) -> Scheduler:
    return Scheduler([job], JobRuns(database, clock), leadership(database), notices)


async def test_a_time_is_served_once_whoever_comes_to_it(
    database: Database, clock: FrozenClock, hourly: Job, work: Work
) -> None:
    clock.set(NOON)
    first, second = _scheduler(database, clock, hourly), _scheduler(database, clock, hourly)
    await first.run_due(hourly)
    assert work.runs == 0
    clock.advance(timedelta(minutes=25))
    await asyncio.gather(first.run_due(hourly), second.run_due(hourly), first.run_due(hourly))
    assert work.runs == 1


async def test_what_was_missed_is_made_up_for_once(
    database: Database, clock: FrozenClock, hourly: Job, work: Work
) -> None:
    clock.set(NOON)
    scheduler = _scheduler(database, clock, hourly)
    await scheduler.run_due(hourly)
    clock.advance(HOUR * 30)
    await scheduler.run_due(hourly)
    await scheduler.run_due(hourly)
    assert work.runs == 1
    clock.advance(HOUR)
    await scheduler.run_due(hourly)
    assert work.runs == 2


async def test_a_long_silence_is_made_up_for_too(
    database: Database, clock: FrozenClock, hourly: Job, work: Work
) -> None:
    clock.set(NOON)
    scheduler = _scheduler(database, clock, hourly)
    await scheduler.run_due(hourly)
    clock.advance(timedelta(days=40))
    await scheduler.run_due(hourly)
    assert work.runs == 1


async def test_a_job_at_start_runs_at_each_start(database: Database, clock: FrozenClock, work: Work) -> None:
    job = Job("air", work, minutes="25,55", at_start=True)
    scheduler = _scheduler(database, clock, job)
    await scheduler.run_due(job, is_start=True)
    assert work.runs == 1
    await scheduler.run_due(job)
    assert work.runs == 1


@pytest.mark.parametrize(
    ("after", "until", "due"),
    [
        ("2026-11-23T11:00:00Z", "2026-11-23T11:24:59Z", None),
        ("2026-11-23T11:00:00Z", "2026-11-23T11:25:00Z", "2026-11-23T11:25:00Z"),
        ("2026-11-23T11:25:00Z", "2026-11-23T12:00:00Z", None),
        ("2026-10-25T00:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T01:25:00Z"),
        ("2027-03-28T00:00:00Z", "2027-03-28T01:30:00Z", "2027-03-28T01:25:00Z"),
    ],
)
def test_the_last_time_that_was_due(hourly: Job, after: str, until: str, due: str | None) -> None:
    found = hourly.last_due(datetime.fromisoformat(after), datetime.fromisoformat(until))
    assert found == (due and datetime.fromisoformat(due))


async def test_a_job_that_keeps_failing_goes_on_and_staff_hear_of_it_once(
    world: World, hourly: Job, work: Work, city: City
) -> None:
    notices = StaffNotices(world.database, world.redis, world.clock, load_notice_texts(city.folder))
    scheduler = _scheduler(world.database, world.clock, hourly, notices)
    work.fails = True
    for _ in range(7):
        await scheduler.run_due(hourly)
        world.clock.advance(HOUR)
    assert work.runs == 6
    async with world.database.read() as session:
        (notice,) = (await session.scalars(select(StaffNoticeRow))).all()
    assert "hourly" in notice.subject
    assert "RuntimeError" in notice.body


async def test_one_leads_and_another_follows_when_it_lets_go(database: Database) -> None:
    first, second = leadership(database), leadership(database)
    assert await first.is_ours()
    assert await first.is_ours()
    assert not await second.is_ours()
    await first.resign()
    assert await second.is_ours()
    await second.resign()


async def test_a_running_job_is_finished_before_the_end(database: Database, clock: FrozenClock) -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    stop = asyncio.Event()
    job = Job("slow", slow, minutes="0", at_start=True)
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(_scheduler(database, clock, job).run(stop))
        await begun.wait()
        stop.set()
        await asyncio.sleep(0)
        may_end.set()
    assert ended.is_set()


class EverySecond(Job):
    """A job whose times come soon enough for a test of the library that wakes us."""

    def trigger(self) -> CronTrigger:
        return CronTrigger(second="*", timezone=WARSAW)


async def test_a_job_runs_when_its_time_comes_while_the_process_leads(database: Database) -> None:
    came = asyncio.Event()

    async def work() -> None:
        came.set()

    clock, stop = SystemClock(), asyncio.Event()
    scheduler = Scheduler([EverySecond("soon", work, minutes="*")], JobRuns(database, clock), leadership(database))
    running = asyncio.create_task(scheduler.run(stop))
    async with asyncio.timeout(60):
        await came.wait()
    stop.set()
    await running
