"""A phone and a Telegram account of one person: linked by a code that Telegram shows and the phone texts back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from redis.exceptions import RedisError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from core.clock import Clock
from core.crypto import AddressVault
from core.ratelimit import Claim, Rate, RateLimiter
from core.secrets import new_code
from notifier.subscriptions.addresses import normalise
from notifier.subscriptions.models import LinkCodeRow, LinkedAddressesRow

PHONE, CHAT = "sms", "telegram"
CODE_LASTS = timedelta(minutes=10)
CODE_DIGITS = 6
TRIES = Rate(every=timedelta(hours=6), burst=5)
"""Codes that one number may try."""
ALL_TRIES = Rate(every=timedelta(seconds=30), burst=60)
"""Codes that all numbers together may try: with a hundred codes open, a guess is right once in ten thousand."""


@dataclass(frozen=True)
class Linked:
    """The other address of a person, and since when (UTC) it is known to be theirs."""

    channel: str
    address: str = field(repr=False)
    since: datetime


class OnePerson:
    """Links and parts addresses inside the caller's unit of work; each belongs to one pair at most."""

    def __init__(self, vault: AddressVault, limiter: RateLimiter, clock: Clock) -> None:
        self._vault = vault
        self._limiter = limiter
        self._clock = clock

    async def code_for(self, session: AsyncSession, chat: str) -> str:
        """Return a new code for a Telegram account; the one before stops working.

        Raises:
            AddressRefusedError: a group is nobody's account.
        """
        chat = normalise(CHAT, chat)
        digest, code = self._digest(CHAT, chat), await self._unused_code(session)
        await session.execute(delete(LinkCodeRow).where(LinkCodeRow.chat_digest == digest))
        session.add(
            LinkCodeRow(
                chat_digest=digest,
                chat_sealed=self._vault.seal(chat, link_code_place(digest)),
                code_digest=self._code(code),
                expires_at=self._clock.now() + CODE_LASTS,
            )
        )
        await session.flush()
        return code

    async def may_try(self, phone: str) -> bool:
        """Count a try of a number; False when there were too many, or when they cannot be counted."""
        number = Claim(f"link:{self._digest(PHONE, normalise(PHONE, phone))}", TRIES)
        try:
            return (await self._limiter.reserve([number, Claim("link:all", ALL_TRIES)])).granted
        except RedisError:
            return False

    async def link(self, session: AsyncSession, phone: str, code: str) -> bool:
        """Link a number, proved by its SMS, to the account that was shown the code; False for any code that is none.

        Ask `may_try` first.
        """
        found = select(LinkCodeRow).where(LinkCodeRow.code_digest == self._code(code)).with_for_update()
        shown = await session.scalar(found)
        if shown is None or shown.expires_at <= self._clock.now():
            return False
        phone = normalise(PHONE, phone)
        chat = self._vault.open(shown.chat_sealed, link_code_place(shown.chat_digest))
        await session.delete(shown)
        for channel, address in ((PHONE, phone), (CHAT, chat)):
            await self.part(session, channel, address)
        session.add(self._pair(phone, chat))
        await session.flush()
        return True

    async def other(self, session: AsyncSession, channel: str, address: str) -> Linked | None:
        """Return the other address of whoever has this one, None when it is linked to none.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        own = self._digest(channel, normalise(channel, address))
        row = await session.scalar(select(LinkedAddressesRow).where(_column(channel) == own))
        if row is None:
            return None
        if channel == PHONE:
            chat = self._vault.open(row.chat_sealed, linked_chat_place(row.chat_digest))
            return Linked(CHAT, chat, row.linked_at)
        phone = self._vault.open(row.phone_sealed, linked_phone_place(row.phone_digest))
        return Linked(PHONE, phone, row.linked_at)

    async def part(self, session: AsyncSession, channel: str, address: str) -> None:
        """Make two persons of what was one; an address that is linked to none is left as it is.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        own = self._digest(channel, normalise(channel, address))
        await session.execute(delete(LinkedAddressesRow).where(_column(channel) == own))
        await session.execute(delete(LinkCodeRow).where(LinkCodeRow.chat_digest == own))

    async def _unused_code(self, session: AsyncSession) -> str:
        now = self._clock.now()
        await session.execute(delete(LinkCodeRow).where(LinkCodeRow.expires_at <= now))
        while True:
            code = new_code(CODE_DIGITS)
            taken = select(LinkCodeRow.chat_digest).where(LinkCodeRow.code_digest == self._code(code))
            if await session.scalar(taken) is None:
                return code

    def _pair(self, phone: str, chat: str) -> LinkedAddressesRow:
        phone_digest, chat_digest = self._digest(PHONE, phone), self._digest(CHAT, chat)
        return LinkedAddressesRow(
            phone_digest=phone_digest,
            phone_sealed=self._vault.seal(phone, linked_phone_place(phone_digest)),
            chat_digest=chat_digest,
            chat_sealed=self._vault.seal(chat, linked_chat_place(chat_digest)),
            linked_at=self._clock.now(),
        )

    def _digest(self, channel: str, normal: str) -> str:
        return self._vault.digest(f"{channel}:{normal}")

    def _code(self, code: str) -> str:
        return self._vault.digest(f"link_code:{code}")


def _column(channel: str) -> InstrumentedAttribute[str]:
    return LinkedAddressesRow.phone_digest if channel == PHONE else LinkedAddressesRow.chat_digest


def link_code_place(chat_digest: str) -> str:
    """Return the context that ties the sealed account of a code to its own row."""
    return f"link_codes:{chat_digest}"


def linked_phone_place(phone_digest: str) -> str:
    """Return the context that ties the sealed phone of a pair to its own row."""
    return f"linked_addresses.phone:{phone_digest}"


def linked_chat_place(chat_digest: str) -> str:
    """Return the context that ties the sealed account of a pair to its own row."""
    return f"linked_addresses.chat:{chat_digest}"
