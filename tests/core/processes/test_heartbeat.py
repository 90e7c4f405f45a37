"""Processes that say that they are alive."""

import asyncio
from datetime import timedelta

from core.database import Database
from core.processes.heartbeat import Fact, Heartbeat, processes
from core.processes.models import ProcessRow
from tests.fakes import FrozenClock


async def _known(database: Database) -> list[ProcessRow]:
    async with database.read() as session:
        return list(await processes(session))


async def test_a_process_describes_itself_anew_with_each_beat(database: Database, clock: FrozenClock) -> None:
    facts: dict[str, Fact] = {"leads": False}
    heart = Heartbeat(database, clock, ["web", "worker"], [lambda: facts])
    started = clock.now()
    await heart.beat()
    facts["leads"] = True
    clock.advance(timedelta(seconds=15))
    await heart.beat()
    (row,) = await _known(database)
    assert (row.roles, row.facts, row.started_at) == (["web", "worker"], {"leads": True}, started)
    assert row.seen_at == clock.now()


async def test_one_that_ends_in_order_is_not_shown_any_more_and_one_that_was_killed_is_for_a_day(
    database: Database, clock: FrozenClock
) -> None:
    killed, ended = Heartbeat(database, clock, ["worker"]), Heartbeat(database, clock, ["web"])
    await killed.beat()
    await ended.beat()
    await ended.end()
    assert [row.roles for row in await _known(database)] == [["worker"]]
    clock.advance(timedelta(days=1, seconds=1))
    await Heartbeat(database, clock, ["scheduler"]).beat()
    assert [row.roles for row in await _known(database)] == [["scheduler"]]


async def test_it_beats_at_once_and_takes_its_row_away_at_the_end(database: Database, clock: FrozenClock) -> None:
    stop, seen = asyncio.Event(), list[int]()

    def stopping() -> dict[str, Fact]:
        seen.append(1)
        stop.set()
        return {}

    await Heartbeat(database, clock, ["web"], [stopping]).run(stop)
    assert seen == [1]
    assert await _known(database) == []
