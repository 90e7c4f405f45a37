"""Rules of subscriptions: nobody gets anything without a consent that was logged, and a stop stops at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.crypto import AddressVault
from core.errors import HubError
from notifier.subscriptions.addresses import normalise
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionRow
from notifier.subscriptions.repository import add_contact, consents, districts_of, find_contact, running_subscriptions
from notifier.subscriptions.suppression import Reason, lift, reason_against, suppress
from notifier.subscriptions.topics import CHAT, EVERYTHING, Origin, Topic

__all__ = ["Running", "Subscriptions", "SuppressedError", "Topic"]


class SuppressedError(HubError):
    """The owner of the address wants nothing more, or it is gone; only the owner can sign it up again."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(f"This address is suppressed ({reason}): only its owner can sign it up again.")


@dataclass(frozen=True)
class Running:
    """A subscription that runs, for the whole city or, where `districts` names any, for these; `since` in UTC."""

    topic: str
    districts: tuple[str, ...]
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
        origin: Origin = CHAT,
    ) -> bool:
        """Start a subscription and log the consent to the text of that version; False when it runs already.

        Raises:
            AddressRefusedError: nothing can be sent to this address.
            SuppressedError: it was stopped, and somebody else than its owner wants to start it again.
        """
        normal = normalise(channel, address)
        reason = await reason_against(session, channel, self.digest(channel, normal))
        if reason and not origin.is_own:
            raise SuppressedError(reason)
        contact = await self._contact_for(session, channel, normal)
        if contact.state != "active":
            # It may have been erased.
            contact.address_sealed = self._sealed(channel, normal, contact.address_digest)
        return await self.start(session, contact, topic, text_version=text_version, origin=origin)

    async def start(
        self, session: AsyncSession, contact: ContactRow, topic: Topic, *, text_version: str, origin: Origin
    ) -> bool:
        """Do the same for a contact that is known and locked; its own sign-up undoes an earlier stop.

        Raises:
            SuppressedError: it was stopped, and somebody else than its owner wants to start it again.
        """
        if contact.state != "active":
            await self._reopen(session, contact, origin)
        running = await running_subscriptions(session, contact.id)
        if topic in {row.topic for row in running}:
            return False
        session.add(SubscriptionRow(contact_id=contact.id, topic=topic, created_at=self._clock.now()))
        self._log(session, contact, topic, "given", text_version, origin)
        if origin.is_own:
            await lift(session, contact.channel, contact.address_digest)
        await session.flush()
        return True

    async def unsubscribe(
        self, session: AsyncSession, channel: str, address: str, topic: Topic | None = None, origin: Origin = CHAT
    ) -> tuple[str, ...]:
        """End one topic, or (None) all of them and stop the contact; returns the topics that ended.

        An address without a contact that wants nothing is remembered, too, so that no list signs it up later; what
        staff did is in the log of consents even then.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        contact = await self.contact(session, channel, address, lock=True)
        if contact is not None:
            return await self.stop(session, contact, {topic} if topic else None, origin)
        if topic is None:
            await self._keep_off(session, channel, self.digest(channel, normalise(channel, address)), origin)
        return ()

    async def stop(
        self,
        session: AsyncSession,
        contact: ContactRow,
        topics: Collection[str] | None,
        origin: Origin,
        reason: Reason = "asked",
    ) -> tuple[str, ...]:
        """End these topics of a locked contact, or (None) all and suppress it: every way to unsubscribe ends here.

        Returns the topics that ended.
        """
        running = await running_subscriptions(session, contact.id)
        ended = [row for row in running if topics is None or row.topic in topics]
        versions = await self.versions(session, contact)
        await self._end(session, ended)
        for row in ended:
            self._log(session, contact, row.topic, "withdrawn", versions.get(row.topic, ""), origin)
        if topics is None:
            contact.state, contact.paused_until = "stopped", None
            await suppress(session, contact.channel, contact.address_digest, reason, self._clock.now())
        await session.flush()
        return tuple(row.topic for row in ended)

    async def erase(self, session: AsyncSession, channel: str, address: str) -> bool:
        """End everything and remove the address; only its keyed digest stays, with the proof of consents.

        Returns whether there was anything to end or remove.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        await self.unsubscribe(session, channel, address)
        contact = await self.contact(session, channel, address, lock=True)
        if contact is None:
            return False
        contact.address_sealed = self._sealed(channel, "", contact.address_digest)
        contact.link_digest = None
        await session.flush()
        return True

    async def contact(
        self, session: AsyncSession, channel: str, address: str, *, lock: bool = False
    ) -> ContactRow | None:
        """Return what is kept under an address, running or not; `lock` makes others who change it wait.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        return await find_contact(session, channel, self.digest(channel, normalise(channel, address)), lock=lock)

    async def running(self, session: AsyncSession, channel: str, address: str) -> tuple[Running, ...]:
        """Return what an address gets at present; nothing when it stopped or is gone.

        Raises:
            AddressRefusedError: no such address can exist.
        """
        contact = await self.contact(session, channel, address)
        return await self.running_of(session, contact) if contact else ()

    async def running_of(self, session: AsyncSession, contact: ContactRow) -> tuple[Running, ...]:
        """Return what a contact gets at present; nothing when it stopped or is gone."""
        if contact.state != "active":
            return ()
        rows = await running_subscriptions(session, contact.id)
        districts = await districts_of(session, [row.id for row in rows])
        return tuple(Running(row.topic, districts.get(row.id, ()), row.created_at) for row in rows)

    async def versions(self, session: AsyncSession, contact: ContactRow) -> dict[str, str]:
        """Return the text version under which each topic was last agreed to."""
        given = (row for row in await consents(session, contact.id) if row.action == "given")
        return {row.topic: row.text_version for row in given}

    def address(self, contact: ContactRow) -> str:
        """Return the address of a contact in clear, for the moment of sending.

        Raises:
            UnsealError: its key is unknown, or the row was tampered with.
        """
        return self._vault.open(contact.address_sealed, contact_place(contact.channel, contact.address_digest))

    def digest(self, channel: str, normal: str) -> str:
        """Return the keyed digest of an address in its one form."""
        return self._vault.digest(f"{channel}:{normal}")

    async def _keep_off(self, session: AsyncSession, channel: str, digest: str, origin: Origin) -> None:
        """Remember an unknown address that must get nothing, by its digest only."""
        if origin.is_own:
            await suppress(session, channel, digest, "asked", self._clock.now())
            return
        contact = await self._add(session, channel, "", digest, "stopped")
        self._log(session, contact, EVERYTHING, "withdrawn", "", origin)
        await self.stop(session, contact, None, origin)

    async def _reopen(self, session: AsyncSession, contact: ContactRow, origin: Origin) -> None:
        if not origin.is_own:
            raise SuppressedError("gone" if contact.state == "gone" else "asked")
        await self._end(session, await running_subscriptions(session, contact.id))
        contact.state, contact.paused_until = "active", None

    async def _contact_for(self, session: AsyncSession, channel: str, address: str) -> ContactRow:
        digest = self.digest(channel, address)
        known = await find_contact(session, channel, digest, lock=True)
        return known or await self._add(session, channel, address, digest, "active")

    async def _add(self, session: AsyncSession, channel: str, address: str, digest: str, state: str) -> ContactRow:
        sealed, now = self._sealed(channel, address, digest), self._clock.now()
        contact = ContactRow(channel=channel, address_sealed=sealed, address_digest=digest, state=state, created_at=now)
        return await add_contact(session, contact)

    def _sealed(self, channel: str, address: str, digest: str) -> bytes:
        return self._vault.seal(address, contact_place(channel, digest))

    async def _end(self, session: AsyncSession, rows: Sequence[SubscriptionRow]) -> None:
        for row in rows:
            row.ended_at = self._clock.now()
        # The old one must be over in the database before a new one of the same topic starts.
        await session.flush()

    def _log(
        self, session: AsyncSession, contact: ContactRow, topic: str, action: str, text_version: str, origin: Origin
    ) -> None:
        session.add(
            ConsentRow(
                contact_id=contact.id,
                topic=topic,
                action=action,
                at=self._clock.now(),
                text_version=text_version,
                channel=contact.channel,
                source=origin.source,
                evidence=origin.evidence,
            )
        )


def contact_place(channel: str, digest: str) -> str:
    """Return the context that ties a sealed address to its own row."""
    return f"contacts.address_sealed:{channel}:{digest}"
