"""Clocks that are set forward and back, and the hour that October has twice."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import warsaw
from core.database import Database
from notifier.broadcasts.service import BroadcastKind
from notifier.deliveries.signals import Pause
from notifier.scheduler import Job, Scheduler
from notifier.scheduler.leadership import leadership
from notifier.scheduler.runs import JobRuns
from tests.chaos import invariants
from tests.chaos.invariants import Sent
from tests.fakes import FrozenClock
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, ScriptedChannel, World, world

__all__ = ["world"]

# Beside PostgreSQL the server's own clock counts, and no test can set it.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RECIPIENTS, WAVE = 30, 10


class Wall:
    """Notes the time on the wall at each run of its job."""

    def __init__(self, database: Database, clock: FrozenClock, minutes: str, hours: str = "*") -> None:
        self._clock = clock
        self._job = Job("job", self._note, minutes=minutes, hours=hours)
        self._scheduler = Scheduler([self._job], JobRuns(database, clock), leadership(database))
        self.runs: list[datetime] = []

    async def _note(self) -> None:
        self.runs.append(self._clock.now())

    async def look(self) -> None:
        await self._scheduler.run_due(self._job)

    async def live(self, duration: timedelta, step: timedelta) -> None:
        """Look at each step until so much time has passed."""
        for _ in range(duration // step):
            self._clock.advance(step)
            await self.look()


@pytest.mark.parametrize("ahead", [HOUR, DAY])
async def test_jobs_go_on_after_a_clock_that_ran_ahead_was_put_right(
    database: Database, clock: FrozenClock, ahead: timedelta
) -> None:
    wall, truth = Wall(database, clock, minutes="25"), clock.now()
    await wall.look()
    clock.set(truth + ahead)
    await wall.live(HOUR, MINUTE * 10)
    clock.set(truth)
    wall.runs.clear()
    await wall.live(HOUR * 3, MINUTE * 10)
    assert [at - truth for at in wall.runs] == [HOUR, HOUR * 2, HOUR * 3], "at each 25, seen at the half hour"


async def test_two_clocks_that_differ_by_seconds_serve_each_time_once(database: Database, clock: FrozenClock) -> None:
    wall = Wall(database, clock, minutes="25")
    await wall.look()
    await wall.live(MINUTE * 55, MINUTE * 55)
    assert len(wall.runs) == 1
    # Another machine's clock is a little behind the one that served it.
    clock.set(clock.now().replace(minute=24, second=50))
    await wall.live(MINUTE, timedelta(seconds=10))
    assert len(wall.runs) == 1


async def test_the_hour_that_october_has_twice_is_served_twice(database: Database, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 10, 24, 22, tzinfo=UTC))  # midnight in Poland; the day has 25 hours
    hourly = Wall(database, clock, minutes="25")
    await hourly.look()
    await hourly.live(HOUR * 25, MINUTE * 15)
    assert len(hourly.runs) == 25
    assert [warsaw(at).hour for at in hourly.runs[:5]] == [0, 1, 2, 2, 3]


async def test_the_night_s_job_runs_once_in_the_long_night(database: Database, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 10, 24, 22, tzinfo=UTC))
    nightly = Wall(database, clock, minutes="40", hours="3")
    await nightly.look()
    await nightly.live(HOUR * 25, HOUR / 2)
    assert [warsaw(at).strftime("%H:%M") for at in nightly.runs] == ["04:00"], "the job of 3:40, seen at the next look"


@pytest.mark.parametrize("kind", [ALERT, ANNOUNCEMENT])
@pytest.mark.parametrize("step", [HOUR, -HOUR])
async def test_a_step_in_the_middle_of_the_sending_loses_nobody(
    world: World, kind: BroadcastKind, step: timedelta
) -> None:
    addresses = await world.subscribe(RECIPIENTS)
    await world.publish("a", kind)
    channel, truth = ScriptedChannel(), world.clock.now()

    def step_once() -> None:
        if len(channel.called) == WAVE + 3:
            world.clock.set(truth + step)

    channel.on_call = step_once
    lane = world.lane(channel, batch=WAVE, concurrency=WAVE)
    await world.drain(lane)
    # A clock that was set back comes to the same time again; nothing is due before.
    world.clock.set(truth + HOUR)
    await world.drain(lane)
    sent = Sent(kind, RECIPIENTS, {address: channel.called.count(address) for address in set(channel.called)})
    rows = await world.deliveries()
    invariants.assert_nothing_lost(rows, sent, world.clock.now())
    invariants.assert_all_settled(rows, sent)
    invariants.assert_nothing_doubled(sent, in_flight=WAVE)
    assert set(channel.called) == set(addresses)


async def test_a_pause_is_not_served_again_by_a_clock_that_was_set_back(world: World) -> None:
    pause = Pause(world.redis, "sms")
    await pause.begin(world.clock.now() + timedelta(milliseconds=20), world.clock.now())
    world.clock.set(world.clock.now() - HOUR)
    async with asyncio.timeout(10):
        while await pause.until() > world.clock.now():  # noqa: ASYNC110 - Redis forgets by itself
            await asyncio.sleep(0.01)
