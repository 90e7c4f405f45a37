"""Sends a sample to the contact of whoever asks for it, never to anybody else, and a few an hour at most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.models import AuditRow
from core.audit.service import Deed, record
from core.clock import Clock
from core.crypto import AddressVault
from core.database import Database
from core.sms_text import segments, to_gsm
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.samples.contacts import contacts_of, in_one_form, keep, shown
from notifier.samples.errors import ContactRefusedError, SampleNotSentError, TooManySamplesError
from notifier.spending.budget import Budget
from notifier.staff_notices.post import Way

AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), 10
_SENT = "announcement.sample_sent"
_SMS = "sms"

Ways = Mapping[str, Callable[[str], Way]]
"""By channel: returns the way to an address."""


@dataclass(frozen=True)
class Sample:
    """What is tried out: the number of the announcement, and title and text as they come on the channel."""

    announcement_id: int
    title: str
    text: str


class Samples:
    """Keeps staff's own contacts and sends samples to them; SMS are paid from the budget of the day."""

    def __init__(self, database: Database, clock: Clock, vault: AddressVault, ways: Ways, budget: Budget) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._ways = ways
        self._budget = budget

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the channels over which samples can be sent here."""
        return tuple(self._ways)

    async def contacts(self, actor: Actor) -> Mapping[str, str]:
        """Return somebody's own contacts by channel, masked."""
        if actor.account_id is None:
            return {}
        async with self._database.read() as session:
            known = await contacts_of(session, self._vault, actor.account_id)
        return {channel: shown(channel, address) for channel, address in known.items()}

    async def send(self, actor: Actor, channel: str, address: str, sample: Sample) -> str:
        """Send a sample to `address`, or where that is empty to the contact kept; return the contact masked.

        Raises:
            ContactRefusedError: nothing can be sent there, or no contact is kept.
            TooManySamplesError: there were enough in the last hour.
            SampleNotSentError: the provider did not take it, or the day's cap is reached.
        """
        actor.require(Permission.READ_ANNOUNCEMENTS)
        if actor.account_id is None or channel not in self._ways:
            raise ContactRefusedError(channel)
        parts = segments(to_gsm(f"{sample.title}\n{sample.text}")) if channel == _SMS else 0
        async with self._database.write() as session:
            to = await self._contact(session, actor.account_id, channel, address)
            await self._log(session, actor, channel, sample)
            is_paid = not parts or await self._budget.take(session, parts, self._clock.now())
        if not is_paid or not await self._ways[channel](to).send(sample.title, sample.text):
            await self._give_back(parts if is_paid else 0)
            raise SampleNotSentError
        return shown(channel, to)

    async def _contact(self, session: AsyncSession, account_id: int, channel: str, address: str) -> str:
        if not address.strip():
            kept = (await contacts_of(session, self._vault, account_id)).get(channel)
            if kept is None:
                raise ContactRefusedError(channel)
            return kept
        to = in_one_form(channel, address)
        await keep(session, self._vault, account_id, channel, to)
        return to

    async def _log(self, session: AsyncSession, actor: Actor, channel: str, sample: Sample) -> None:
        """Write the sample down, which is also how they are counted."""
        now = self._clock.now()
        lately = select(func.count()).where(
            AuditRow.actor == actor.name, AuditRow.action == _SENT, AuditRow.at > now - AN_HOUR
        )
        if (await session.scalar(lately) or 0) >= MOST_AN_HOUR:
            raise TooManySamplesError
        deed = Deed(_SENT, f"announcements/{sample.announcement_id}", after={"channel": channel})
        await record(session, actor.name, deed, now)

    async def _give_back(self, parts: int) -> None:
        if parts:
            async with self._database.write() as session:
                await self._budget.give_back(session, parts, self._clock.now())
