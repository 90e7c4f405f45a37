"""Rules of replies that are sent: queued with the reply itself, worked on under a lease, given up after a day."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoffs.letters import repository
from bot.handoffs.letters.letter import Claimed, LetterState, Trouble
from bot.handoffs.letters.models import LetterRow
from bot.handoffs.letters.reach import address_in, has_stopped
from bot.handoffs.letters.wording import letter_text
from content.texts import Texts
from core.clock import Clock
from core.crypto import AddressVault, UnsealError
from core.database import Database
from notifier.subscriptions.service import Subscriptions

LEASE = timedelta(minutes=1)
"""How long a process has for one call; far longer than a call may take."""

GIVEN_UP_AFTER = timedelta(days=1)
"""An answer of the office that has not got through by then is for somebody to carry on in another way."""

_INTENT = "human_handoff"
_RETRIES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800))
_LOOKS = tuple(timedelta(seconds=seconds) for seconds in (20, 120, 600, 3600))


@dataclass(frozen=True)
class Ready:
    """A letter that may be sent now, in clear."""

    claimed: Claimed
    address: str = field(repr=False)
    text: str = field(repr=False)


def text_place(reference: str) -> str:
    """Return the context that ties the sealed text of a step to its message."""
    return f"handoff_steps.text_sealed:{reference}"


def contact_place(reference: str) -> str:
    """Return the context that ties a sealed contact to its message."""
    return f"handoffs.contact_sealed:{reference}"


async def enqueue(session: AsyncSession, clock: Clock, step_id: int, channel: str) -> None:
    """Queue the reply of a step, in the unit of work in which it is written."""
    now = clock.now()
    row = LetterRow(
        step_id=step_id,
        channel=channel,
        state=LetterState.WAITING.value,
        created_at=now,
        due_at=now,
        attempts=0,
        parts=0,
    )
    session.add(row)
    await session.flush()


class Letters:
    """Hands out letters one by one and records what became of each; every step is one unit of work."""

    def __init__(self, database: Database, vault: AddressVault, clock: Clock, texts: Texts) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._wording = texts[_INTENT]
        self._subscriptions = Subscriptions(vault, clock)

    async def take(self, channels: Collection[str]) -> Ready | None:
        """Take the letter that is due longest; one that may not be sent is settled. None when nothing is due."""
        while True:
            now = self._clock.now()
            async with self._database.write() as session:
                taken = await repository.claim(session, channels, now, now + LEASE)
                if taken is None:
                    return None
                claimed = await repository.load(session, taken)
                if ready := await self._ready(session, claimed):
                    return ready

    async def begin(self, session: AsyncSession, ready: Ready, parts: int) -> None:
        """Note that the call begins, in the caller's unit of work, in which it is also paid for."""
        values = {"sending_at": self._clock.now(), "attempts": ready.claimed.attempts + 1, "parts": parts}
        await repository.change(session, ready.claimed.id, values)

    async def accepted(self, ready: Ready, provider_id: str, *, can_look_up: bool) -> None:
        """Note that the provider has it; where it can be asked, it is asked later whether it arrived."""
        now = self._clock.now()
        due = now + _LOOKS[0] if can_look_up else None
        await self._change(
            ready, state=LetterState.SENT, provider_id=provider_id, finished_at=now, due_at=due, attempts=0
        )

    async def delivered(self, ready: Ready) -> None:
        """Note that it arrived."""
        await self._change(ready, state=LetterState.DELIVERED, finished_at=self._clock.now())

    async def failed(self, ready: Ready, trouble: Trouble, code: str | None = None) -> None:
        """Note that it will not arrive."""
        await self._change(ready, state=LetterState.FAILED, trouble=trouble, code=code, finished_at=self._clock.now())

    async def wait(
        self, ready: Ready, trouble: Trouble, code: str, at_least: timedelta = timedelta(0), *, doubtful: bool = False
    ) -> None:
        """Let it wait for another try; `doubtful` when the last one may have got through.

        A day after it was written no further try is made.
        """
        tried = min(ready.claimed.attempts, len(_RETRIES) - 1)
        due = self._clock.now() + max(at_least, _RETRIES[tried])
        if due > ready.claimed.created_at + GIVEN_UP_AFTER:
            await self.failed(ready, Trouble.TOO_LATE, code)
            return
        sending = {} if doubtful else {"sending_at": None}
        await self._change(ready, settled=False, due_at=due, trouble=trouble, code=code, **sending)

    async def look_later(self, ready: Ready) -> None:
        """Ask the provider again later whether a sent one arrived, a few times at most."""
        looks = ready.claimed.attempts + 1
        due = self._clock.now() + _LOOKS[looks] if looks < len(_LOOKS) else None
        await self._change(ready, settled=False, attempts=looks, due_at=due)

    async def _ready(self, session: AsyncSession, claimed: Claimed) -> Ready | None:
        """Return a letter in clear; one that cannot or may not be sent is settled instead."""
        try:
            text = self._vault.open(claimed.text_sealed, text_place(claimed.reference))
            contact = self._vault.open(claimed.contact_sealed or b"", contact_place(claimed.reference))
        except UnsealError:
            await self._settle(session, claimed, Trouble.UNREADABLE)
            return None
        address = address_in(contact)
        is_new = claimed.state is LetterState.WAITING and claimed.sending_at is None
        if is_new and await has_stopped(session, self._subscriptions, claimed.channel, address, claimed.left_at):
            await self._settle(session, claimed, Trouble.STOPPED)
            return None
        return Ready(claimed, address, letter_text(self._wording, claimed.channel, claimed.reference, text))

    async def _settle(self, session: AsyncSession, claimed: Claimed, trouble: Trouble) -> None:
        values = {
            "state": LetterState.FAILED,
            "trouble": trouble,
            "finished_at": self._clock.now(),
            "due_at": None,
            "sending_at": None,
        }
        await repository.change(session, claimed.id, values)

    async def _change(self, ready: Ready, *, settled: bool = True, **values: object) -> None:
        over = {"due_at": None, "sending_at": None, "trouble": None, "code": None} if settled else {}
        async with self._database.write() as session:
            await repository.change(session, ready.claimed.id, {**over, **values})
