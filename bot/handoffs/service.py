"""Rules of messages left for the office: taken in once, worked on by people, read by nobody else."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoffs import repository
from bot.handoffs.errors import MoveRefusedError, PartRefusedError, TooManyAdditionsError, TooManyOpenError
from bot.handoffs.handoff import RESIDENT, Handoff, HandoffReply, NewHandoff, ReplyTo
from bot.handoffs.letters.reach import Reach
from bot.handoffs.letters.service import contact_place, enqueue, text_place
from bot.handoffs.letters.wording import MAX_SMS
from bot.handoffs.models import MAX_NAME, HandoffRow, HandoffStepRow
from bot.handoffs.opening import Opener, message_place
from bot.handoffs.reference import new_reference
from bot.handoffs.states import MOVES, HandoffState
from core.clock import Clock
from core.crypto import AddressVault

MAX_REPLY = 2000
"""Longest reply in characters."""

MAX_OPEN = 5
"""Messages that one sender may have waiting from the last day; more would keep others from being answered."""

MAX_ADDITIONS = 20
"""Additions of the resident to one message that are taken on within a day."""

_DAY = timedelta(days=1)
# A channel that delivers a message twice does so within minutes.
_SAME_AGAIN = timedelta(minutes=10)
_TRIES = 10
_LISTED = 200


class Handoffs:
    """Works inside the caller's unit of work; `prefix` begins the numbers of the city."""

    def __init__(self, vault: AddressVault, clock: Clock, prefix: str) -> None:
        self._vault = vault
        self._clock = clock
        self._opener = Opener(vault, clock)
        self.prefix = prefix

    async def may_leave(self, session: AsyncSession, owner: str) -> bool:
        """Whether a sender may leave one more message now."""
        since = self._clock.now() - _DAY
        return await repository.count_unfinished(session, self._digest(owner), since) < MAX_OPEN

    async def create(self, session: AsyncSession, new: NewHandoff) -> str:
        """Store a message and return its number; the same draft again returns the number it got before.

        Raises:
            TooManyOpenError: the sender has MAX_OPEN messages of the last day waiting.
        """
        if known := await repository.of_request(session, new.request_key):
            return known.reference
        if not await self.may_leave(session, new.owner):
            raise TooManyOpenError("too many messages of one sender wait")
        for _ in range(_TRIES):
            row = self._row(new, new_reference(self.prefix))
            if await repository.added(session, row):
                await self._log(session, row, RESIDENT)
                return row.reference
            if known := await repository.of_request(session, new.request_key):
                return known.reference
        message = "no free number for a message was found"
        raise RuntimeError(message)

    async def find(self, session: AsyncSession, reference: str) -> Handoff | None:
        """Return a message in clear, or None when there is none of that number."""
        row = await repository.find(session, reference)
        return await self._opener.handoff(session, row) if row else None

    async def is_owner(self, session: AsyncSession, reference: str, owner: str) -> bool:
        """Whether a sender wrote the message of that number."""
        row = await repository.find(session, reference)
        return row is not None and row.owner_digest == self._digest(owner)

    async def listed(self, session: AsyncSession, state: HandoffState) -> tuple[Handoff, ...]:
        """Return messages in a state, the longest waiting first, 200 at most."""
        rows = await repository.listed(session, state, _LISTED)
        return tuple([await self._opener.handoff(session, row) for row in rows])

    async def of_owner(self, session: AsyncSession, owner: str) -> tuple[Handoff, ...]:
        """Return every message of a sender, oldest first."""
        rows = await repository.of_owner(session, self._digest(owner))
        return tuple([await self._opener.handoff(session, row) for row in rows])

    async def newest(self, session: AsyncSession) -> int:
        """Return a number that changes with every step of any message; replies are worth looking for when it has."""
        return await repository.newest_step(session)

    async def replies(self, session: AsyncSession, owner: str, after: int) -> tuple[HandoffReply, ...]:
        """Return the replies to a sender's messages with a number above `after`, oldest first."""
        found = await repository.replies_after(session, self._digest(owner), after)
        return tuple(HandoffReply(step.id, row.reference, step.at, self._opener.text(step, row)) for step, row in found)

    async def assign(self, session: AsyncSession, reference: str, to: str, by: str) -> None:
        """Give a message to a person to work on.

        Raises:
            UnknownHandoffError: there is none of that number.
            MoveRefusedError: it is closed.
            PartRefusedError: a name is empty or too long.
        """
        row = await self._moved(session, reference, HandoffState.ASSIGNED)
        row.assignee = _name(to)
        await self._log(session, row, _name(by))

    async def reply(self, session: AsyncSession, reference: str, text: str, by: str) -> None:
        """Add a reply, which the resident sees with the number of the message, and queue it where it can be sent.

        Raises:
            UnknownHandoffError: there is none of that number.
            MoveRefusedError: nobody has taken it on, or it is closed.
            PartRefusedError: the reply or the name is empty or too long.
        """
        row = await self._moved(session, reference, HandoffState.ANSWERED)
        words, longest = text.strip(), longest_reply(row.channel, row.reply_to)
        if not words or len(words) > longest:
            raise PartRefusedError("reply", longest)
        number = await self._log(session, row, _name(by), self._vault.seal(words, text_place(row.reference)))
        if await self._opener.reach(session, row) is Reach.LETTER:
            await enqueue(session, self._clock, number, row.channel)

    async def add(self, session: AsyncSession, reference: str, text: str) -> None:
        """Add what the resident writes later; whoever works on an answered message has it before them again.

        Raises:
            UnknownHandoffError: there is none of that number.
            MoveRefusedError: it is closed.
            TooManyAdditionsError: MAX_ADDITIONS of the last day stand in it.
        """
        row = await repository.get_locked(session, reference)
        state = HandoffState(row.state)
        if state is HandoffState.CLOSED:
            raise MoveRefusedError(reference, state, state)
        now = self._clock.now()
        earlier = await repository.additions(session, row.id, now - _DAY)
        if any(step.at > now - _SAME_AGAIN and self._opener.text(step, row) == text for step in earlier):
            return
        if len(earlier) >= MAX_ADDITIONS:
            raise TooManyAdditionsError(reference)
        row.state = (HandoffState.ASSIGNED if state is HandoffState.ANSWERED else state).value
        row.changed_at, row.told_at = now, None
        await self._log(session, row, RESIDENT, self._vault.seal(text, text_place(row.reference)))

    async def close(self, session: AsyncSession, reference: str, by: str) -> None:
        """End a message; it is deleted when its time to be kept has passed.

        Raises:
            UnknownHandoffError: there is none of that number.
            MoveRefusedError: it is closed already.
            PartRefusedError: the name is empty or too long.
        """
        row = await self._moved(session, reference, HandoffState.CLOSED)
        await self._log(session, row, _name(by))

    async def erase(self, session: AsyncSession, owner: str) -> None:
        """Delete every message of a sender, answered or not."""
        await repository.erase(session, self._digest(owner))

    async def _moved(self, session: AsyncSession, reference: str, target: HandoffState) -> HandoffRow:
        row = await repository.get_locked(session, reference)
        if target not in MOVES[HandoffState(row.state)]:
            raise MoveRefusedError(reference, HandoffState(row.state), target)
        row.state, row.changed_at = target.value, self._clock.now()
        return row

    async def _log(self, session: AsyncSession, row: HandoffRow, by: str, text_sealed: bytes | None = None) -> int:
        step = HandoffStepRow(handoff_id=row.id, at=row.changed_at, by=by, state=row.state, text_sealed=text_sealed)
        session.add(step)
        await session.flush()
        return step.id

    def _row(self, new: NewHandoff, reference: str) -> HandoffRow:
        now = self._clock.now()
        row = HandoffRow(
            reference=reference,
            request_key=new.request_key,
            owner_digest=self._digest(new.owner),
            channel=new.channel,
            topic=new.topic,
            reply_to=new.reply_to,
            state=HandoffState.OPEN.value,
            created_at=now,
            changed_at=now,
        )
        row.text_sealed = self._vault.seal(new.text, message_place(row.reference))
        if new.contact is not None:
            row.contact_sealed = self._vault.seal(new.contact, contact_place(row.reference))
        return row

    def _digest(self, owner: str) -> str:
        return self._vault.digest(f"handoffs:{owner}")


def longest_reply(channel: str, way: ReplyTo) -> int:
    """Return how many characters a reply may have; by SMS every part costs."""
    return MAX_SMS if channel == "sms" and way == "here" else MAX_REPLY


def _name(name: str) -> str:
    words = name.strip()
    if not words or len(words) > MAX_NAME:
        raise PartRefusedError("name", MAX_NAME)
    return words
