"""The city's own channels in Telegram: addresses such as @miasto_info, to which the bot posts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, record
from core.clock import Clock
from core.errors import HubError
from notifier.subscriptions.models import ConsentRow, ContactRow
from notifier.subscriptions.service import Subscriptions, Topic
from notifier.subscriptions.suppression import end_gone
from notifier.subscriptions.topics import Origin

_TELEGRAM = "telegram"
_TEXT = "city_channel"
"""In the log of consents, in the place of the version of a text: nobody had to read one."""


class NoSuchChannelError(HubError):
    """The city has no channel of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is no channel of the city: `hub channel list` shows those there are.")


@dataclass(frozen=True)
class CityChannel:
    """A channel by its name in Telegram, and what goes there: nothing once it was removed or lost."""

    name: str
    topics: tuple[str, ...]


class CityChannels:
    """Adds and removes channels inside the caller's unit of work; whether the bot may post is asked before."""

    def __init__(self, subscriptions: Subscriptions, clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._clock = clock

    async def add(self, session: AsyncSession, name: str, topics: Collection[Topic], by: str) -> tuple[str, ...]:
        """Post these topics to a channel, also to one that was lost before; return everything that goes there then."""
        origin = Origin("staff", by, of_the_city=True)
        for topic in topics:
            await self._subscriptions.subscribe(session, _TELEGRAM, name, topic, text_version=_TEXT, origin=origin)
        running = await self._topics(session, name)
        await self._record(session, "channel.added", name, by, list(running))
        return running

    async def remove(self, session: AsyncSession, name: str, by: str) -> None:
        """Post nothing more to a channel.

        Raises:
            NoSuchChannelError: the city has none of that name.
        """
        contact = await self._named(session, name)
        if contact is None:
            raise NoSuchChannelError(name)
        await self._subscriptions.stop(session, contact, None, Origin("staff", by, of_the_city=True))
        await self._record(session, "channel.removed", self._subscriptions.address(contact), by, [])

    async def lost(self, session: AsyncSession, name: str) -> bool:
        """End a channel that the bot was taken off; return whether it was one of the city's and on."""
        contact = await self._named(session, name)
        if contact is None or contact.state != "active":
            return False
        await end_gone(session, [contact.id], self._clock.now())
        return True

    async def listed(self, session: AsyncSession) -> Sequence[CityChannel]:
        """Return every channel that was ever added, in the order of their names."""
        names = sorted([self._subscriptions.address(contact) for contact in await self._contacts(session)])
        return [CityChannel(name, await self._topics(session, name)) for name in names]

    async def _named(self, session: AsyncSession, name: str) -> ContactRow | None:
        """Return the contact of a channel; Telegram tells no capital from a small letter."""
        contacts = await self._contacts(session)
        wanted = name.lower()
        return next((each for each in contacts if self._subscriptions.address(each).lower() == wanted), None)

    async def _contacts(self, session: AsyncSession) -> Sequence[ContactRow]:
        added = select(ConsentRow.contact_id).where(ConsentRow.text_version == _TEXT, ConsentRow.action == "given")
        query = select(ContactRow).where(ContactRow.channel == _TELEGRAM, ContactRow.id.in_(added))
        return (await session.scalars(query)).all()

    async def _topics(self, session: AsyncSession, name: str) -> tuple[str, ...]:
        return tuple(entry.topic for entry in await self._subscriptions.running(session, _TELEGRAM, name))

    async def _record(self, session: AsyncSession, action: str, name: str, by: str, topics: list[str]) -> None:
        await record(session, by, Deed(action, f"channels/{name}", after={"topics": topics}), self._clock.now())
