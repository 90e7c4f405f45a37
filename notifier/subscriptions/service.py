"""Rules of subscriptions: nobody gets anything without a consent that was logged, and a stop stops at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.crypto import AddressVault
from notifier.subscriptions.addresses import normalise
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionRow
from notifier.subscriptions.repository import add_contact, consents, find_contact, running_subscriptions

Topic = Literal["smog", "announcements"]


@dataclass(frozen=True)
class Running:
    """A subscription that runs, for the whole city or for a district; `since` in UTC."""

    topic: str
    district: str | None
    since: datetime


class Subscriptions:
    """Starts and ends subscriptions inside the caller's unit of work; addresses may come in any usual form."""

    def __init__(self, vault: AddressVault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    async def subscribe(
        self,
        session: AsyncSession,
        channel: str,
        address: str,
        topic: Topic,
        *,
        text_version: str,
        district: str | None = None,
    ) -> bool:
        """Start a subscription and log the consent to the text of that version; False when it runs already.

        Raises:
            AddressRefusedError: nothing can be sent to this address.
        """
        contact = await self._contact_for(session, channel, normalise(channel, address))
        running = await running_subscriptions(session, contact.id)
        if contact.state != "active":
            await self._end(session, running)
            contact.state, running = "active", ()
            # It may have been erased.
            contact.address_sealed = self._sealed(channel, normalise(channel, address), contact.address_digest)
        current = next((subscription for subscription in running if subscription.topic == topic), None)
        if current:
            current.district = district
            await session.flush()
            return False
        now = self._clock.now()
        session.add(SubscriptionRow(contact_id=contact.id, topic=topic, district=district, created_at=now))
        self._log(session, contact, topic, "given", text_version)
        await session.flush()
        return True

    async def unsubscribe(
        self, session: AsyncSession, channel: str, address: str, topic: Topic | None = None
    ) -> tuple[str, ...]:
        """End one topic, or (None) all of them and stop the contact; returns the topics that ended.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        contact = await self._find(session, channel, address, lock=True)
        if contact is None:
            return ()
        ended = [row for row in await running_subscriptions(session, contact.id) if topic in {None, row.topic}]
        versions = await self._versions(session, contact)
        await self._end(session, ended)
        for row in ended:
            self._log(session, contact, row.topic, "withdrawn", versions[row.topic])
        if topic is None:
            contact.state = "stopped"
        await session.flush()
        return tuple(row.topic for row in ended)

    async def erase(self, session: AsyncSession, channel: str, address: str) -> bool:
        """End everything and remove the address; only its keyed digest stays, with the proof of consents.

        Returns whether there was anything to end or remove.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        await self.unsubscribe(session, channel, address)
        contact = await self._find(session, channel, address, lock=True)
        if contact is None:
            return False
        contact.state = "stopped"
        contact.address_sealed = self._sealed(channel, "", contact.address_digest)
        await session.flush()
        return True

    async def contact(self, session: AsyncSession, channel: str, address: str) -> ContactRow | None:
        """Return what is kept under an address, running or not.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        return await self._find(session, channel, address)

    async def running(self, session: AsyncSession, channel: str, address: str) -> tuple[Running, ...]:
        """Return what an address gets at present; nothing when it stopped or is gone.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        contact = await self._find(session, channel, address)
        if contact is None or contact.state != "active":
            return ()
        rows = await running_subscriptions(session, contact.id)
        return tuple(Running(row.topic, row.district, row.created_at) for row in rows)

    def address(self, contact: ContactRow) -> str:
        """Return the address of a contact in clear, for the moment of sending.

        Raises:
            UnsealError: its key is unknown, or the row was tampered with.
        """
        return self._vault.open(contact.address_sealed, _place(contact.channel, contact.address_digest))

    async def _find(
        self, session: AsyncSession, channel: str, address: str, *, lock: bool = False
    ) -> ContactRow | None:
        return await find_contact(session, channel, self._digest(channel, normalise(channel, address)), lock=lock)

    async def _contact_for(self, session: AsyncSession, channel: str, address: str) -> ContactRow:
        digest = self._digest(channel, address)
        known = await find_contact(session, channel, digest, lock=True)
        if known:
            return known
        contact = ContactRow(
            channel=channel,
            address_sealed=self._sealed(channel, address, digest),
            address_digest=digest,
            state="active",
            created_at=self._clock.now(),
        )
        return await add_contact(session, contact)

    def _sealed(self, channel: str, address: str, digest: str) -> bytes:
        return self._vault.seal(address, _place(channel, digest))

    def _digest(self, channel: str, address: str) -> str:
        return self._vault.digest(f"{channel}:{address}")

    async def _end(self, session: AsyncSession, rows: Sequence[SubscriptionRow]) -> None:
        for row in rows:
            row.ended_at = self._clock.now()
        # The old one must be over in the database before a new one of the same topic starts.
        await session.flush()

    async def _versions(self, session: AsyncSession, contact: ContactRow) -> dict[str, str]:
        """Return the text version under which each topic was last agreed to."""
        given = (row for row in await consents(session, contact.id) if row.action == "given")
        return {row.topic: row.text_version for row in given}

    def _log(self, session: AsyncSession, contact: ContactRow, topic: str, action: str, text_version: str) -> None:
        session.add(
            ConsentRow(
                contact_id=contact.id,
                topic=topic,
                action=action,
                at=self._clock.now(),
                text_version=text_version,
                channel=contact.channel,
            )
        )


def _place(channel: str, digest: str) -> str:
    """Return the context that ties a sealed address to its own row."""
    return f"contacts.address_sealed:{channel}:{digest}"
