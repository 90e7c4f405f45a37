"""A phone and a Telegram account that are one person's: shown, erased, and followed to what is kept under the other."""

from contextlib import suppress

from sqlalchemy.ext.asyncio import AsyncSession

from bot.personal_data.person import Person
from bot.personal_data.service import Kept
from content.format import polish_date
from core.clock import warsaw
from core.secrets import keyed_digest
from notifier.subscriptions.addresses import AddressRefusedError
from notifier.subscriptions.one_person import Linked, OnePerson


class LinkHolder:
    """Keeps that two addresses belong together."""

    def __init__(self, one_person: OnePerson) -> None:
        self._one_person = one_person

    async def export(self, session: AsyncSession, person: Person) -> Kept | None:
        """Return since when which other address is linked; never the address."""
        linked = await _linked(self._one_person, session, person)
        if linked is None:
            return None
        since = polish_date(warsaw(linked.since).date())
        return Kept(f"link_{linked.channel}", {"since": since})

    async def erase(self, session: AsyncSession, person: Person) -> bool:
        """Part the two addresses."""
        if person.sender:
            with suppress(AddressRefusedError):
                await self._one_person.part(session, *person.address)
        return False


class LinkedPeople:
    """Finds a person under the other of two linked addresses; `secret_key` is the one of the assistant."""

    def __init__(self, secret_key: str, one_person: OnePerson) -> None:
        self._secret_key = secret_key
        self._one_person = one_person

    async def __call__(self, session: AsyncSession, person: Person) -> Person | None:
        """Return the person under the other address, None when none is linked."""
        linked = await _linked(self._one_person, session, person)
        if linked is None:
            return None
        sender = f"{linked.channel}:{linked.address}"
        return Person(keyed_digest(self._secret_key, sender), sender)


async def _linked(one_person: OnePerson, session: AsyncSession, person: Person) -> Linked | None:
    if not person.sender:
        return None
    with suppress(AddressRefusedError):
        return await one_person.other(session, *person.address)
    return None
