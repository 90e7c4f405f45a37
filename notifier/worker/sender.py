"""Makes calls at the provider's pace: answers are recorded together with the stamp of the calls that follow them."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from structlog.contextvars import bound_contextvars

from core.logging import get_logger
from core.stopping import until
from notifier.channels.base import Channel, Outcome, Retryable
from notifier.deliveries.repository import Claimed, Settlement
from notifier.deliveries.settlement import after_call, capped, given_back
from notifier.limits.port import Recipient
from notifier.worker.ledger import Answer, Ledger, Stamped
from notifier.worker.pace import Pace
from notifier.worker.tools import Tools

_log = get_logger(__name__)

# How long an answer waits for others to be recorded with.
_GATHER_SECONDS = 0.02


@dataclass(frozen=True)
class Watch:
    """What the lane wants to hear of, and says: every outcome, every cap that was reached, whether it must rest."""

    heed: Callable[[Outcome], Awaitable[None]]
    capped: Callable[[str], Awaitable[None]]
    is_resting: Callable[[], bool]


class Sender:
    """Sends over one channel; `landed` is set with every answer.

    At no moment are more calls open or unrecorded than the pace's concurrency: so many may repeat after a kill.
    """

    def __init__(
        self, tools: Tools, channel: Channel, pace: Pace, ledger: Ledger, watch: Watch, landed: asyncio.Event
    ) -> None:
        self._tools = tools
        self._channel = channel
        self._pace = pace
        self._ledger = ledger
        self._watch = watch
        self._landed = landed
        self._limits = tools.limits.get(channel.name)
        self._in_the_air = 0
        self._calls = set[asyncio.Task[None]]()
        self._answers: list[Answer] = []

    async def send(self, waiting: Sequence[Claimed], wave: int, stop: asyncio.Event) -> None:
        """Begin the calls of a batch, a wave at a time; on `stop` or when the lane must rest the rest is given back.

        The last calls may still be in the air: their answers are recorded with the next batch, or by `land`.
        """
        queue = deque(waiting)
        try:
            while queue and not self._must_end(stop):
                room = await self._room(min(wave, len(queue)))
                await self._launch([queue.popleft() for _ in range(room)], stop)
        finally:
            self._give_back(queue)
            await self._turn()

    async def land(self) -> None:
        """Wait for the calls in the air and record their answers."""
        await self._until_in_the_air(0)
        await self._turn()

    async def _turn(self, wave: Sequence[Claimed] = ()) -> Stamped:
        """Record the answers that came and stamp a wave; return the calls that may begin, and until when."""
        answers = list(self._answers)
        if not answers and not wave:
            return Stamped()
        try:
            stamped = await self._ledger.turn(answers, wave)
        except Exception:
            # The answers are kept for the next turn, too: a database that was away for seconds costs nobody anything.
            self._give_back(wave)
            raise
        del self._answers[: len(answers)]
        if stamped.capped:
            await self._watch.capped("spend_cap")
        return stamped

    def _give_back(self, deliveries: Iterable[Claimed]) -> None:
        """Let deliveries for which no call was made wait in the queue again, from the next turn on."""
        self._answers += [Answer(delivery, given_back(delivery)) for delivery in deliveries]

    async def _room(self, wanted: int) -> int:
        """Wait until some calls may begin, as many as are worth it unless answers come slowly; return how many."""
        most = self._pace.concurrency
        with suppress(TimeoutError):
            async with asyncio.timeout(_GATHER_SECONDS):
                await self._until_in_the_air(most - min(wanted, self._pace.worth_recording))
        await self._until_in_the_air(most - 1)
        return min(wanted, most - self._in_the_air)

    async def _until_in_the_air(self, count: int) -> None:
        while self._in_the_air > count:
            self._landed.clear()
            await self._landed.wait()

    def _must_end(self, stop: asyncio.Event) -> bool:
        return stop.is_set() or self._watch.is_resting()

    async def _launch(self, wave: Sequence[Claimed], stop: asyncio.Event) -> None:
        stamped = await self._turn(wave)
        calls = deque(stamped.calls)
        self._in_the_air += len(calls)
        try:
            while calls:
                await self._begin(calls[0], stamped.at_latest, stop)
                calls.popleft()
        finally:
            for delivery in calls:
                self._land(delivery, given_back(delivery))

    async def _begin(self, delivery: Claimed, at_latest: float, stop: asyncio.Event) -> None:
        """Begin a call when its turn comes, or settle the delivery without one."""
        try:
            address = self._tools.open_address(delivery.contact)
        except Exception as error:
            _log.error("address cannot be opened", delivery=delivery.id, error=type(error).__name__)
            self._land(delivery, self._outcome(delivery, Retryable("address_unreadable")))
            return
        settlement = await self._refused(delivery, address, stop)
        # This process may have been stopped, or waited for its turn, until another one took over.
        if settlement is None and self._tools.clock.monotonic() >= at_latest:
            settlement = given_back(delivery)
        if settlement:
            self._land(delivery, settlement)
            return
        call = asyncio.create_task(self._call(delivery, address))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _refused(self, delivery: Claimed, address: str, stop: asyncio.Event) -> Settlement | None:
        """Wait for the call's turn; return what becomes of a delivery that gets none."""
        if self._limits and not self._must_end(stop):
            recipient = Recipient(address, delivery.contact.address_digest)
            refused = await until(stop, self._limits.admit(recipient, self._ledger.parts(delivery)))
            if refused:
                await self._watch.capped(refused.code)
                return capped(delivery, refused.code, refused.wait, self._tools.clock.now())
        return given_back(delivery) if self._must_end(stop) else None

    async def _call(self, delivery: Claimed, address: str) -> None:
        began = self._tools.clock.monotonic()
        with bound_contextvars(delivery=delivery.id, broadcast=delivery.broadcast.id):
            outcome = await self._channel.send(address, self._ledger.message(delivery))
        took = self._tools.clock.monotonic() - began
        self._tools.metrics.called(self._channel.name, type(outcome).__name__.lower(), took)
        try:
            await self._watch.heed(outcome)
        finally:
            self._land(delivery, self._outcome(delivery, outcome))

    def _outcome(self, delivery: Claimed, outcome: Outcome) -> Settlement:
        now, jitter = self._tools.clock.now(), self._tools.jitter
        return after_call(delivery, outcome, now, jitter, can_look_up=self._channel.can_look_up)

    def _land(self, delivery: Claimed, settlement: Settlement) -> None:
        self._answers.append(Answer(delivery, settlement, self._ledger.paid(delivery)))
        self._in_the_air -= 1
        self._landed.set()
