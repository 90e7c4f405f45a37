"""Carries replies of the office to residents: over the channels of this process, at the pace of their limits."""

import asyncio
from collections.abc import Collection, Mapping

from bot.handoffs.letters.letter import LetterState, Trouble
from bot.handoffs.letters.service import Letters, Ready
from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from core.stopping import rest
from notifier.channels.base import (
    Channel,
    Fate,
    Found,
    Inquiry,
    NotFound,
    Outcome,
    OutgoingMessage,
    Receipt,
    RecipientGone,
    RecipientStopped,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)
from notifier.limits.port import Limits, Recipient
from notifier.spending.budget import Budget, next_day

_log = get_logger(__name__)

# Whoever answers sees within seconds that the answer went out.
_LOOK_SECONDS = 2.0


class LetterCarrier:
    """Sends one letter after the other; any number of processes may do so."""

    def __init__(
        self,
        letters: Letters,
        database: Database,
        clock: Clock,
        channels: Collection[Channel],
        *,
        limits: Mapping[str, Limits],
        budgets: Mapping[str, Budget],
    ) -> None:
        self._letters = letters
        self._database = database
        self._clock = clock
        self._channels = {channel.name: channel for channel in channels}
        self._limits = limits
        self._budgets = budgets

    async def run(self, stop: asyncio.Event) -> None:
        """Carry letters until `stop` is set; the call in the air is finished first."""
        while not stop.is_set():
            try:
                while not stop.is_set() and await self.step():
                    pass
            except Exception as error:
                _log.error("replies of the office wait", error=type(error).__name__, exc_info=error)
            await rest(stop, _LOOK_SECONDS)

    async def step(self) -> bool:
        """Do what is due with one letter; False when nothing is."""
        ready = await self._letters.take(self._channels)
        if ready is None:
            return False
        channel = self._channels[ready.claimed.channel]
        if ready.claimed.state is LetterState.SENT:
            await self._see(ready, channel)
        elif ready.claimed.sending_at is None or await self._may_send_again(ready, channel):
            await self._send(ready, channel)
        return True

    async def _send(self, ready: Ready, channel: Channel) -> None:
        message = _message(ready)
        parts = channel.parts(message)
        limits = self._limits.get(channel.name)
        # Counted under a name of its own: an alert must not be held back because the office answered.
        refused = limits and await limits.admit(Recipient(ready.address, f"letter:{ready.claimed.reference}"), parts)
        if refused:
            await self._letters.wait(ready, Trouble.LIMIT, refused.code, refused.wait)
        elif not await self._begin(ready, parts):
            await self._letters.wait(ready, Trouble.SPEND_CAP, "spend_cap", next_day(self._clock.now()))
        else:
            await self._heed(ready, channel, await channel.send(ready.address, message), parts)

    async def _begin(self, ready: Ready, parts: int) -> bool:
        """Pay for the call and note that it begins; False when the budget of the day does not allow it."""
        budget = self._budgets.get(ready.claimed.channel)
        async with self._database.write() as session:
            if budget and not await budget.take(session, parts, self._clock.now()):
                return False
            await self._letters.begin(session, ready, parts)
        return True

    async def _heed(self, ready: Ready, channel: Channel, outcome: Outcome, parts: int) -> None:
        match outcome:
            case Receipt(provider_id):
                await self._letters.accepted(ready, provider_id, can_look_up=channel.can_look_up)
                return
            case Unanswered(code):
                await self._letters.wait(ready, Trouble.AWAY, code, doubtful=True)
                return
            case Retryable(code, after):
                await self._letters.wait(ready, Trouble.AWAY, code, after)
            case Throttled(until):
                await self._letters.wait(ready, Trouble.LIMIT, "throttled", until - self._clock.now())
            case RecipientStopped(code):
                await self._letters.failed(ready, Trouble.STOPPED, code)
            case RecipientGone(code):
                await self._letters.failed(ready, Trouble.GONE, code)
            case Rejected(code):
                await self._letters.failed(ready, Trouble.REFUSED, code)
            case _:
                await self._letters.wait(ready, Trouble.ACCOUNT, outcome.code)
        await self._give_back(ready, parts)

    async def _give_back(self, ready: Ready, parts: int) -> None:
        if budget := self._budgets.get(ready.claimed.channel):
            async with self._database.write() as session:
                await budget.give_back(session, parts, self._clock.now())

    async def _may_send_again(self, ready: Ready, channel: Channel) -> bool:
        """Whether a letter whose call was never answered is to be sent again; the provider is asked where it can be."""
        if not channel.can_look_up or ready.claimed.sending_at is None:
            # Rather twice than never.
            return True
        match await channel.look_up(Inquiry(ready.address, _message(ready), ready.claimed.sending_at)):
            case Found() as found:
                await self._letters.accepted(ready, found.provider_id, can_look_up=True)
                return False
            case NotFound():
                # It was paid for and never sent; the next try pays anew.
                await self._give_back(ready, ready.claimed.parts)
                return True
            case Unanswered(code):
                await self._letters.wait(ready, Trouble.AWAY, code, doubtful=True)
                return False

    async def _see(self, ready: Ready, channel: Channel) -> None:
        """Ask the provider what became of a letter that it has."""
        inquiry = Inquiry(ready.address, _message(ready), ready.claimed.created_at, ready.claimed.provider_id)
        match await channel.look_up(inquiry):
            case Found(fate=Fate.DELIVERED):
                await self._letters.delivered(ready)
            case Found(fate=Fate.FAILED, code=code):
                await self._letters.failed(ready, Trouble.REFUSED, code)
            case _:
                await self._letters.look_later(ready)


def _message(ready: Ready) -> OutgoingMessage:
    # It stands for itself, without a title and without a delivery of the notifier.
    return OutgoingMessage("", ready.text, 0)
