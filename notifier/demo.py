"""What only the demo has: two subscribers, a smog episode at the press of a button, and a look at the outbox."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from content.sources.gios import Pollutant
from content.topics.air.repository import load_snapshot, save_snapshot
from content.topics.air.snapshot import Reading, Snapshot
from core.clock import Clock
from core.database import Database
from notifier.channels.log.models import OutboxRow
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.topics import TOPICS

# Nobody is reached: without credentials every channel writes to the outbox.
_SUBSCRIBERS: Final = (("sms", "+48600100200"), ("telegram", "100200300"))
_CONSENT = "demo"
_SMOG_LEVEL = 4
_SMOG_READINGS = {Pollutant.PM10: 148.2, Pollutant.PM25: 104.6}
_OUTBOX_SHOWN = 100


class Demo:
    """Plays the city of the demo; every value it makes up is marked as sample."""

    def __init__(self, database: Database, subscriptions: Subscriptions, clock: Clock, station_id: int) -> None:
        self._database = database
        self._subscriptions = subscriptions
        self._clock = clock
        self._station_id = station_id

    async def settle(self) -> None:
        """Sign the demo's two residents up for everything, unless they are already."""
        async with self._database.write() as session:
            for channel, address in _SUBSCRIBERS:
                for topic in TOPICS:
                    await self._subscriptions.subscribe(session, channel, address, topic, text_version=_CONSENT)

    async def make_smog(self) -> None:
        """Let the air turn bad, as sample data; while it is bad already nothing changes."""
        async with self._database.write() as session:
            known = await load_snapshot(session, self._station_id)
            if known is None or known.level != _SMOG_LEVEL:
                await save_snapshot(session, self._smog(known))

    async def outbox(self) -> Sequence[OutboxRow]:
        """Return the newest messages that would have been sent, the newest first."""
        async with self._database.read() as session:
            newest = select(OutboxRow).order_by(OutboxRow.id.desc()).limit(_OUTBOX_SHOWN)
            return (await session.scalars(newest)).all()

    def _smog(self, known: Snapshot | None) -> Snapshot:
        now = self._clock.now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        readings = tuple(
            Reading(pollutant, value, hour, level=_SMOG_LEVEL) for pollutant, value in _SMOG_READINGS.items()
        )
        others = [each for each in known.readings if each.pollutant not in _SMOG_READINGS] if known else []
        every = (*readings, *others)
        return Snapshot(self._station_id, _SMOG_LEVEL, hour, "PYL", every, fetched_at=now, sample=True)
