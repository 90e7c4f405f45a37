"""Workers that claim, send, finish, die and come back late in any order: nothing is lost and nobody finishes twice."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.database import Database
from core.redis import open_redis
from notifier.broadcasts.service import BroadcastKind
from notifier.channels.base import Outcome, Receipt, Rejected, Retryable, Unanswered
from notifier.deliveries import repository
from notifier.deliveries.repository import Claimed, Settlement
from notifier.deliveries.settlement import after_call, given_back, without_call
from notifier.deliveries.states import MOVES, DeliveryState
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, World

LEASE = timedelta(minutes=1)
OPEN = {DeliveryState.PENDING, DeliveryState.LEASED}
OUTCOMES = st.sampled_from([Receipt("id"), Retryable("busy"), Rejected("bad"), Unanswered("timeout")])
T = TypeVar("T")


@dataclass(eq=False)
class Owner:
    """A worker with what it believes to own; `started` are calls that the provider has got."""

    token: str
    waiting: list[Claimed]
    started: list[Claimed] = field(default_factory=list)


class Queue(RuleBasedStateMachine):
    """Each rule is one step of one worker, or something that happens to it."""

    owners = Bundle("owners")
    empty_database: ClassVar[bytes]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.runner = asyncio.Runner()
        path = Path(self.folder) / "hub.db"
        path.write_bytes(Queue.empty_database)
        self.world = World(Database(f"sqlite:///{path}"), open_redis(None))
        self.do(self.world.subscribe(3))
        self.states: dict[int, DeliveryState] = {}
        self.kinds: dict[int, BroadcastKind] = {}
        self.accepted: Counter[int] = Counter()
        self.published = 0

    def do(self, work: Coroutine[None, None, T]) -> T:
        return self.runner.run(work)

    @rule(kind=st.sampled_from([ALERT, ANNOUNCEMENT]), expires=st.booleans())
    def publish(self, kind: BroadcastKind, expires: bool) -> None:
        self.published += 1
        self.do(self.world.publish(f"{kind}:{self.published}", kind, LEASE * 3 if expires else None))
        new = [row.id for row in self.do(self.world.deliveries()) if row.id not in self.kinds]
        self.kinds |= dict.fromkeys(new, kind)

    @rule(target=owners, limit=st.integers(1, 5))
    def claim(self, limit: int) -> Owner:
        owner = self.do(self._claim(limit))
        self.check_moves()
        dropped = [settled for delivery in owner.waiting if (settled := without_call(delivery, self.world.clock.now()))]
        self.do(self._finish(owner, dropped))
        done = {settlement.delivery_id for settlement in dropped}
        owner.waiting = [delivery for delivery in owner.waiting if delivery.id not in done]
        return owner

    @rule(owner=owners, count=st.integers(1, 3))
    def start_calls(self, owner: Owner, count: int) -> None:
        wave, owner.waiting = owner.waiting[:count], owner.waiting[count:]
        ours = self.do(self._mark(owner, [delivery.id for delivery in wave]))
        owner.started += [delivery for delivery in wave if delivery.id in ours]

    @rule(owner=owners, outcome=OUTCOMES)
    def record_answers(self, owner: Owner, outcome: Outcome) -> None:
        self.accepted.update(delivery.id for delivery in owner.started if isinstance(outcome, Receipt))
        now = self.world.clock.now()
        settled = [after_call(delivery, outcome, now, lambda: 1.0) for delivery in owner.started]
        held = [row for row in self.do(self.world.deliveries()) if row.lease_token == owner.token]
        ids = {row.id for row in held if row.state == DeliveryState.LEASED}
        recorded = self.do(self._finish(owner, settled))
        assert recorded == len(ids & {delivery.id for delivery in owner.started}), "a late owner changed something"
        owner.started = []

    @rule(owner=owners)
    def give_back(self, owner: Owner) -> None:
        self.do(self._finish(owner, [given_back(delivery) for delivery in owner.waiting]))
        owner.waiting = []

    @rule(owner=owners)
    def kill(self, owner: Owner) -> None:
        # The provider may have accepted what it got, and nobody will ever say so.
        self.accepted.update(delivery.id for delivery in owner.started)
        owner.waiting, owner.started = [], []
        self.pass_time(61)

    @rule(seconds=st.integers(1, 100))
    def pass_time(self, seconds: int) -> None:
        self.do(self.world.pass_time(timedelta(seconds=seconds)))

    @invariant()
    def check_moves(self) -> None:
        for row in self.do(self.world.deliveries()):
            old, new = self.states.get(row.id, DeliveryState.PENDING), DeliveryState(row.state)
            assert new == old or new in MOVES[old], f"{old} became {new}"
            self.states[row.id] = new

    @invariant()
    def no_announcement_is_accepted_twice(self) -> None:
        repeated = [id_ for id_, count in self.accepted.items() if count > 1]
        assert all(self.kinds[id_] is ALERT for id_ in repeated)

    def teardown(self) -> None:
        """One worker that lives is enough to bring everything to an end."""
        try:
            for _ in range(12):
                self.pass_time(1000)
                owner = self.claim(1000)
                self.start_calls(owner, 1000)
                self.record_answers(owner, Receipt("id"))
            self.no_announcement_is_accepted_twice()
            rows = self.do(self.world.deliveries())
            assert len(rows) == self.published * 3, "a delivery is missing"
            assert not [row.id for row in rows if DeliveryState(row.state) in OPEN]
            assert all(self.accepted[row.id] for row in rows if row.state == DeliveryState.SENT)
        finally:
            self.do(self.world.database.close())
            self.do(self.world.redis.aclose())
            self.runner.close()
            shutil.rmtree(self.folder)

    async def _claim(self, limit: int) -> Owner:
        async with self.world.database.write() as session:
            return Owner(*await repository.claim(session, "sms", limit, self.world.clock.now(), LEASE))

    async def _mark(self, owner: Owner, ids: list[int]) -> set[int]:
        async with self.world.database.write() as session:
            return await repository.mark_sending(session, owner.token, ids, self.world.clock.now(), LEASE)

    async def _finish(self, owner: Owner, settlements: list[Settlement]) -> int:
        async with self.world.database.write() as session:
            return await repository.finish(session, owner.token, settlements, self.world.clock.now())


def test_nothing_is_lost_and_nobody_finishes_twice(migrated_file: Path) -> None:
    Queue.empty_database = migrated_file.read_bytes()
    run_state_machine_as_test(
        Queue,
        settings=settings(
            # Shrinking a failure would take minutes: each try builds a database.
            phases=[Phase.generate],
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
