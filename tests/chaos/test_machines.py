"""Two of every role; each is killed and stopped in the middle, and so are the servers they share."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from core.clock import SystemClock
from notifier.broadcasts.service import BroadcastKind
from notifier.worker import DEFAULT_PACE
from tests.chaos import invariants, shared
from tests.chaos.actors import Chaos, Resident
from tests.chaos.invariants import Sent
from tests.chaos.town import KEY, LEADS, ROLES, SECRET, Town, open_town

pytestmark = [pytest.mark.long, pytest.mark.servers, pytest.mark.timeout(400)]

RECIPIENTS = 1200
KINDS = {"Smog": BroadcastKind.ALERT, "Festyn": BroadcastKind.ANNOUNCEMENT}
SEED = int(os.environ.get("CHAOS_SEED", random.randrange(1_000_000)))  # noqa: S311 - no secret
_CUT_ALL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
STOPPED_FOR = DEFAULT_PACE.lease.total_seconds() + 8
TAKE_OVER_SECONDS = 20.0
"""Most that a take-over may take on a busy machine; what it took is printed."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as opened:
        yield opened


async def _start_all_at_once(town: Town) -> None:
    """Start two of each on a database without a single table: one of them migrates, the others wait for it."""
    for _ in range(2):
        for role in ROLES:
            town.hire(role)
    await town.until(lambda: all(api.status() == "degraded" for api in town.machines["api"]), within=120)
    await town.until(lambda: any(LEADS in one.log.read_text() for one in town.machines["scheduler"]), within=60)
    assert [machine.log.read_text() for machine in town.hired if machine.process.poll() is not None] == []


async def _faults(town: Town, chaos: Chaos) -> None:
    """Every fault in the order of the sending; the moments are drawn."""
    moments = sorted(chaos.chance.sample(range(RECIPIENTS // 8, RECIPIENTS * 3 // 2), 7))
    await chaos.accepted(moments[0])
    await chaos.replace("worker")
    await chaos.until_sending("sending goes on after a worker was killed")
    await chaos.accepted(moments[1])
    leader = town.leader()
    town.kill(leader)
    town.hire("scheduler")
    await chaos.until_led_by_another(leader, "another leads after the leader was killed")
    await chaos.accepted(moments[2])
    town.kill_redis()
    await chaos.until_sending("sending goes on without Valkey")
    await chaos.accepted(moments[3])
    town.start_redis()
    chaos.freeze(chaos.chance.choice(town.machines["worker"]))
    await chaos.until_sending("sending goes on beside a stopped worker")
    await chaos.accepted(moments[4])
    await chaos.replace("api")
    await chaos.accepted(moments[5])
    await asyncio.to_thread(town.crash_postgres)
    await chaos.until_sending("sending goes on after PostgreSQL crashed")
    await chaos.accepted(moments[6])
    async with town.database.read() as session:
        await session.execute(text(_CUT_ALL))
    await chaos.until_sending("sending goes on after every connection was cut")


async def _stop_the_leader(town: Town, chaos: Chaos) -> None:
    async with asyncio.timeout(30):
        while not await town.has_leader():  # noqa: ASYNC110 - other processes work
            await asyncio.sleep(0.1)
    # So that the one who took the lock has said so, too.
    await asyncio.sleep(1)
    leader = town.leader()
    chaos.freeze(leader)
    await chaos.until_led_by_another(leader, "another leads after the leader was stopped")


def _sent(town: Town) -> dict[str, Sent]:
    bodies = [(message["Body"].partition("\n")[0], message["To"]) for message in town.twilio.messages]
    return {
        key: Sent(kind, RECIPIENTS, Counter(to for title, to in bodies if title == key)) for key, kind in KINDS.items()
    }


async def test_two_of_everything_outlive_kills_stops_and_the_death_of_what_they_share(town: Town) -> None:
    print(f"CHAOS_SEED={SEED}")  # noqa: T201 - says how to see it again
    await _start_all_at_once(town)
    await shared.assert_an_sms_that_comes_to_both_is_answered_once(town)
    await shared.assert_a_talk_goes_on_at_the_other_machine(town)
    await town.subscribe([f"+48601{number:06}" for number in range(RECIPIENTS)])
    numbers = {key: await town.publish(key, kind) for key, kind in KINDS.items()}

    chaos, resident, stop = Chaos(town, random.Random(SEED)), Resident(town), asyncio.Event()  # noqa: S311
    talking = asyncio.create_task(resident.talk(stop))
    await _faults(town, chaos)
    stopped_at = SystemClock().monotonic()
    await _stop_the_leader(town, chaos)
    await asyncio.sleep(max(0.0, STOPPED_FOR - (SystemClock().monotonic() - stopped_at)))
    chaos.thaw()
    chaos.note("everything settled after the stopped ones went on", await _until_settled(town))
    stop.set()
    await talking
    await _check(town, numbers, resident)
    assert all(seconds < TAKE_OVER_SECONDS for what, seconds in chaos.took.items() if "leads" in what)


async def _until_settled(town: Town) -> float:
    started = SystemClock().monotonic()
    async with asyncio.timeout(180):
        while any(row.state in {"pending", "leased"} for row in await town.deliveries()):  # noqa: ASYNC110
            await asyncio.sleep(0.5)
    return SystemClock().monotonic() - started


async def _check(town: Town, numbers: dict[str, int], resident: Resident) -> None:
    rows, now = await town.deliveries(), SystemClock().now()
    for key, sent in _sent(town).items():
        mine = [row for row in rows if row.broadcast_id == numbers[key]]
        invariants.assert_nothing_lost(mine, sent, now)
        invariants.assert_all_settled(mine, sent)
        # A worker was killed, one stopped, and both lost the database twice.
        invariants.assert_nothing_doubled(sent, in_flight=4 * DEFAULT_PACE.concurrency)
        print(key, Counter(row.state for row in mine), "doubled:", sent.doubled)  # noqa: T201
    assert town.twilio.violations == []
    assert resident.unanswered == []
    assert len(resident.answered) >= 2
    for machine in town.machines["api"]:
        await invariants.assert_serves(machine.url)
    logs = [machine.log.read_text() for machine in town.hired]
    invariants.assert_logs_keep_secrets(logs, [str(resident.conversation), SECRET, KEY])
    alive = [machine for some in town.machines.values() for machine in some]
    assert [machine.log.read_text()[-2000:] for machine in alive if machine.process.poll() is not None] == []
    assert [machine.stop() for machine in alive] == [0] * len(alive)
