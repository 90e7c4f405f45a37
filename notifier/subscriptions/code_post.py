"""The SMS that carry the codes of the sign-up on the web."""

import asyncio

from content.texts import Wording
from core.clock import Clock
from core.database import Database
from notifier.channels.base import Channel, OutgoingMessage, Receipt, Unanswered
from notifier.spending.budget import Budget
from notifier.subscriptions.sign_up import CODE_DIGITS, CODE_LASTS, Purse


class CodePost:
    """Sends codes by SMS while the resident already sees the next page; so nobody learns from the time it takes."""

    def __init__(self, channel: Channel, wording: Wording, clock: Clock, database: Database, budget: Budget) -> None:
        self._channel = channel
        self._wording = wording
        self._clock = clock
        self._database = database
        self.purse = Purse(budget, channel.parts(self._message("0" * CODE_DIGITS)))
        self._on_their_way: set[asyncio.Task[object]] = set()

    async def send(self, number: str, code: str) -> None:
        """Start sending; a failure is logged by the channel, and the resident asks for another code."""
        sending = asyncio.create_task(self._deliver(number, code))
        self._on_their_way.add(sending)
        sending.add_done_callback(self._on_their_way.discard)

    async def close(self) -> None:
        """Return when every code is with the provider, or was refused."""
        await asyncio.gather(*self._on_their_way)

    async def _deliver(self, number: str, code: str) -> None:
        outcome = await self._channel.send(number, self._message(code))
        if isinstance(outcome, Receipt | Unanswered):
            return
        async with self._database.write() as session:
            await self.purse.budget.give_back(session, self.purse.parts, self._clock.now())

    def _message(self, code: str) -> OutgoingMessage:
        minutes = int(CODE_LASTS.total_seconds() // 60)
        title, body = self._wording.say("code_title", code=code), self._wording.say("code", minutes=minutes)
        return OutgoingMessage(title, body, delivery_id=0, expires_at=self._clock.now() + CODE_LASTS)
