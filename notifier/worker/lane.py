"""The loop of one channel."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from core.clock import warsaw
from core.logging import get_logger
from core.stopping import until
from notifier.channels.base import (
    Channel,
    Found,
    Misconfigured,
    NotFound,
    Outcome,
    RecipientGone,
    Rejected,
    Throttled,
)
from notifier.deliveries.inquiries import Inquiries, Question
from notifier.deliveries.repository import Claimed, Settlement
from notifier.deliveries.settlement import SURE_AFTER, after_look_up, still_doubtful
from notifier.deliveries.signals import Pause, WakeUps
from notifier.staff_notices.texts import NoticeKind
from notifier.worker.ledger import Answer, Ledger
from notifier.worker.pace import DEFAULT_PACE, Pace, Sizes
from notifier.worker.sender import Sender, Watch
from notifier.worker.tools import Tools

_log = get_logger(__name__)
_T = TypeVar("_T")

_POLL_SECONDS = 1.5
# After a pause that the provider asked for, replies to residents have its first second for themselves.
_REPLIES_FIRST = timedelta(seconds=1)
_CAPS = {
    "spend_cap": NoticeKind.SPEND_CAP,
    "number_cap": NoticeKind.NUMBER_CAP,
    "range_cap": NoticeKind.NUMBER_CAP,
}


class Lane:
    """Claims and sends what is due on one channel; any number of processes may run the same lane."""

    def __init__(self, tools: Tools, channel: Channel, pace: Pace = DEFAULT_PACE) -> None:
        self._tools = tools
        self._channel = channel
        self._pause = Pause(tools.redis, channel.name)
        self._rests_until = datetime.min.replace(tzinfo=UTC)
        self._ledger = Ledger(tools, channel, pace)
        # Set when there may be something to do: by a wake-up or by an answer.
        self._news = asyncio.Event()
        watch = Watch(self._heed, self._cap_reached, self._is_resting)
        self._sender = Sender(tools, channel, pace, self._ledger, watch, self._news)
        limits, is_billed_by_parts = tools.limits.get(channel.name), channel.name in tools.budgets
        self._sizes = Sizes(pace, limits, is_billed_by_parts=is_billed_by_parts)
        self._asking = asyncio.Semaphore(pace.concurrency)
        self.inquiries = Inquiries(tools.database, tools.clock, channel, tools.open_address)
        self.is_misconfigured = False
        self._told = set[tuple[NoticeKind, str, date]]()

    @property
    def name(self) -> str:
        """Return the channel's name."""
        return self._channel.name

    @property
    def rests_until(self) -> datetime | None:
        """Return until when the provider wants nothing, None when it does not say so."""
        return self._rests_until if self._rests_until > self._tools.clock.now() else None

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until `stop` is set, or until the provider refuses our account."""
        listening = asyncio.create_task(self._safe(self._listen()))
        try:
            while not stop.is_set() and not self.is_misconfigured:
                self._news.clear()
                if not await self._safe(self._send_batch(stop)):
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_POLL_SECONDS):
                            await until(stop, self._news.wait())
            await self._safe(self._sender.land())
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self) -> None:
        wake_ups = WakeUps(self._tools.redis, self._channel.name)
        try:
            while True:
                await wake_ups.wait(_POLL_SECONDS)
                self._news.set()
        finally:
            await wake_ups.close()

    async def _safe(self, work: Coroutine[None, None, _T]) -> _T | None:
        try:
            return await work
        except Exception as error:
            # The lane goes on; what was claimed is due again when its lease ends.
            _log.error("a lane failed", channel=self._channel.name, error=type(error).__name__, exc_info=error)
            return None

    async def step(self, stop: asyncio.Event) -> int:
        """Claim and send one batch to its end; return how many deliveries were claimed."""
        count = await self._send_batch(stop)
        await self._sender.land()
        return count

    async def _send_batch(self, stop: asyncio.Event) -> int:
        """Claim a batch and begin its calls; return how many deliveries were claimed."""
        self._rests_until = await self._pause.until() + _REPLIES_FIRST
        if self._is_resting():
            await self._sender.send((), 0, stop)
            return 0
        claim = await self._ledger.claim(self._sizes.batch)
        waiting = await self._cleared(claim.waiting)
        started = self._tools.clock.monotonic()
        await self._sender.send(waiting, self._sizes.wave, stop)
        self._sizes.took(len(waiting), self._tools.clock.monotonic() - started)
        return claim.count

    def _is_resting(self) -> bool:
        return self.is_misconfigured or self._rests_until > self._tools.clock.now()

    async def _cleared(self, claimed: Sequence[Claimed]) -> Sequence[Claimed]:
        """Ask the provider for the alerts that it may have got already; return what is to be sent."""
        doubtful = [delivery for delivery in claimed if delivery.was_started]
        if not doubtful or not self._channel.can_look_up:
            return claimed
        settled = zip(doubtful, await asyncio.gather(*(self._asked(one) for one in doubtful)), strict=True)
        known = [Answer(delivery, settlement) for delivery, settlement in settled if settlement]
        await self._ledger.turn(known, ())
        done = {answer.delivery.id for answer in known}
        return [delivery for delivery in claimed if delivery.id not in done]

    async def _asked(self, delivery: Claimed) -> Settlement | None:
        """Return what became of a doubtful alert; None when the provider surely never got it."""
        now, started_at = self._tools.clock.now(), delivery.sending_at or self._tools.clock.now()
        if now - started_at < SURE_AFTER:
            return still_doubtful(delivery, "no_answer_recorded", now)
        question = Question(delivery.id, delivery.broadcast, delivery.contact, started_at)
        async with self._asking:
            sighting = await self.inquiries.ask(question)
        match sighting:
            case Found() as found:
                return after_look_up(delivery, found, self._ledger.paid(delivery))
            case NotFound():
                return None
        return still_doubtful(delivery, "provider_not_asked", now)

    async def _heed(self, outcome: Outcome) -> None:
        """Rest when the provider asks for it, stop when it refuses our account."""
        match outcome:
            case Throttled(until_):
                self._rests_until = max(self._rests_until, until_ + _REPLIES_FIRST)
                await self._pause.begin(until_, self._tools.clock.now())
            case Misconfigured(code) if not self.is_misconfigured:
                self.is_misconfigured = True
                _log.critical(
                    "channel stopped: correct its settings and restart", channel=self._channel.name, code=code
                )
                await self._notice(NoticeKind.CHANNEL_STOPPED, code=code)
            case Rejected(code, needs_staff=True) | RecipientGone(code, needs_staff=True):
                await self._notice(NoticeKind.PROVIDER_REFUSAL, about=f":{code}", code=code)

    async def _cap_reached(self, code: str) -> None:
        if kind := _CAPS.get(code):
            await self._notice(kind)

    async def _notice(self, kind: NoticeKind, about: str = "", **fields: object) -> None:
        """Tell staff, once a day."""
        told = kind, about, warsaw(self._tools.clock.now()).date()
        if told in self._told:
            return
        self._told.add(told)
        _log.warning("staff should know", channel=self.name, notice=kind)
        if self._tools.notices:
            await self._tools.notices.tell_daily(kind, f"{self.name}{about}", channel=self.name, **fields)
