"""The resident's own page: everything that is on and how, changed or stopped by whoever holds its token."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.crypto import AddressVault
from core.database import Database
from core.errors import HubError
from notifier.subscriptions.addresses import masked
from notifier.subscriptions.choices import (
    Choices,
    choices_of,
    choose_districts,
    choose_quiet_hours,
    choose_threshold,
    pause,
)
from notifier.subscriptions.links import Links
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.quiet import QuietHours
from notifier.subscriptions.service import Running, Subscriptions, SuppressedError
from notifier.subscriptions.suppression import reason_against
from notifier.subscriptions.topics import Origin, Topic

_LINK = Origin("link")


class UnknownLinkError(HubError):
    """The token was never given out, or has been replaced, or its owner was erased."""

    def __init__(self) -> None:
        super().__init__("There is no such page: ask for a new link.")


class NoAnnouncementsError(HubError):
    """Districts limit announcements, and those are not on."""

    def __init__(self) -> None:
        super().__init__("Districts are chosen for announcements: turn these on first.")


class Changes(TypedDict, total=False):
    """What is to be other than before; what is left out stays.

    `topics` are all that shall be on, each with the version of the text that the resident has read (it counts for those
    that are not on yet); none at all stops everything. `paused_until` is an aware moment.
    """

    topics: Mapping[Topic, str]
    districts: Collection[str]
    level: int | None
    quiet: QuietHours | None
    paused_until: datetime | None


@dataclass(frozen=True)
class Overview:
    """What a contact gets and what it chose; its address is masked, because a link may be passed on."""

    channel: str
    address: str
    running: tuple[Running, ...]
    choices: Choices


class OwnPage:
    """Shows and changes what belongs to a token; each step is a unit of work of its own.

    Every step raises UnknownLinkError for a token that opens nothing.
    """

    def __init__(self, database: Database, vault: AddressVault, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._subscriptions = Subscriptions(vault, clock)
        self._links = Links(vault)

    async def show(self, token: str) -> Overview:
        """Return everything that is on and how."""
        async with self._database.read() as session:
            return await self._overview(session, await self._owner(session, token))

    async def change(self, token: str, changes: Changes) -> Overview:
        """Change what is named and return how it is then; all of it, or nothing when a part is refused.

        Raises:
            ChoiceRefusedError: a level, a pause or a number of districts that cannot be.
            NoAnnouncementsError: districts were chosen without announcements.
            SuppressedError: who complained gets nothing again before writing to us.
        """
        async with self._database.write() as session:
            contact = await self._owner(session, token, lock=True)
            if "topics" in changes:
                await self._set_topics(session, contact, changes["topics"])
            if "districts" in changes and not await choose_districts(session, contact, changes["districts"]):
                raise NoAnnouncementsError
            if "level" in changes:
                choose_threshold(contact, changes["level"])
            if "quiet" in changes:
                choose_quiet_hours(contact, changes["quiet"])
            if "paused_until" in changes:
                pause(contact, changes["paused_until"], self._clock.now())
            await session.flush()
            return await self._overview(session, contact)

    async def stop(self, token: str) -> tuple[str, ...]:
        """Stop everything and return the topics that ended; the link still opens the page."""
        async with self._database.write() as session:
            contact = await self._owner(session, token, lock=True)
            return await self._subscriptions.stop(session, contact, None, _LINK)

    async def _set_topics(self, session: AsyncSession, contact: ContactRow, wanted: Mapping[Topic, str]) -> None:
        on = {entry.topic for entry in await self._subscriptions.running_of(session, contact)}
        if not wanted:
            await self._subscriptions.stop(session, contact, None, _LINK)
            return
        new = {topic: version for topic, version in wanted.items() if topic not in on}
        if new and await reason_against(session, contact.channel, contact.address_digest) == "complaint":
            raise SuppressedError("complaint")
        for topic, version in new.items():
            await self._subscriptions.start(session, contact, topic, text_version=version, origin=_LINK)
        if ended := on - wanted.keys():
            await self._subscriptions.stop(session, contact, ended, _LINK)

    async def _owner(self, session: AsyncSession, token: str, *, lock: bool = False) -> ContactRow:
        contact = await self._links.owner(session, token, lock=lock)
        if contact is None:
            raise UnknownLinkError
        return contact

    async def _overview(self, session: AsyncSession, contact: ContactRow) -> Overview:
        return Overview(
            contact.channel,
            masked(contact.channel, self._subscriptions.address(contact)),
            await self._subscriptions.running_of(session, contact),
            choices_of(contact, self._clock.now()),
        )
