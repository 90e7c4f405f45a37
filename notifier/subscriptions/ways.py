"""By which of a person's two addresses notifications come: what both asked for, sent to the ones that are chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from notifier.subscriptions.choices import choose_districts
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.service import Running, Subscriptions, SuppressedError
from notifier.subscriptions.suppression import reason_against
from notifier.subscriptions.topics import Origin, Topic

_CHOSEN = Origin("chat", "linked")
_LOCAL = "announcements"


@dataclass(frozen=True)
class Way:
    """An address of a person."""

    channel: str
    address: str = field(repr=False)


@dataclass(frozen=True)
class _Known:
    way: Way
    contact: ContactRow | None
    running: Sequence[Running]
    versions: dict[str, str]


class Ways:
    """Moves what a person gets to the chosen addresses, in the caller's unit of work."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions

    async def choose(self, session: AsyncSession, own: Way, other: Way, channels: Collection[str]) -> tuple[str, ...]:
        """Send what either address gets to those of `channels` and to no other; return the topics, none when none ran.

        Threshold, districts, quiet hours and a pause are those of `own`, where the person is writing, unless nothing
        comes there; the other address takes them over. Every topic keeps the version of the text that was agreed to.

        Raises:
            SuppressedError: the owner of the other address complained, and signs up again only by writing from it.
        """
        # Always in the same order, so that two choices at once do not wait for each other.
        ways = sorted((own, other), key=lambda way: way.channel)
        known = {way: await self._known(session, way) for way in ways}
        source = known[own] if known[own].running else known[other]
        versions = {**known[other].versions, **known[own].versions}
        topics = dict.fromkeys(entry.topic for way in (own, other) for entry in known[way].running)
        for way in ways:
            if way.channel in channels:
                await self._start(session, way, {topic: versions.get(topic, "") for topic in topics}, source)
            elif contact := known[way].contact:
                await self._subscriptions.stop(session, contact, topics.keys(), _CHOSEN)
        return tuple(topics)

    async def _known(self, session: AsyncSession, way: Way) -> _Known:
        contact = await self._subscriptions.contact(session, way.channel, way.address, lock=True)
        if contact is None:
            return _Known(way, None, (), {})
        running = await self._subscriptions.running_of(session, contact)
        return _Known(way, contact, running, await self._subscriptions.versions(session, contact))

    async def _start(self, session: AsyncSession, way: Way, topics: dict[str, str], source: _Known) -> None:
        digest = self._subscriptions.digest(way.channel, way.address)
        if way != source.way and await reason_against(session, way.channel, digest) == "complaint":
            raise SuppressedError("complaint")
        for topic, version in topics.items():
            await self._subscriptions.subscribe(
                session, way.channel, way.address, cast("Topic", topic), text_version=version, origin=_CHOSEN
            )
        contact = await self._subscriptions.contact(session, way.channel, way.address, lock=True)
        if contact is not None and source.contact is not None and way != source.way:
            await _take_over(session, contact, source.contact, source.running)


async def _take_over(session: AsyncSession, contact: ContactRow, like: ContactRow, running: Sequence[Running]) -> None:
    """Set a contact as another one is set."""
    contact.smog_level, contact.paused_until = like.smog_level, like.paused_until
    contact.quiet_from, contact.quiet_until = like.quiet_from, like.quiet_until
    districts = next((entry.districts for entry in running if entry.topic == _LOCAL), None)
    if districts is not None:
        await choose_districts(session, contact, districts)
    await session.flush()
