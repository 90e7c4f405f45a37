"""What staff see of alerts before they decide: what runs, what waits, what went out and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.alerts.air import AirState, StoredAir
from notifier.alerts.decisions import Decisions
from notifier.alerts.errors import UnknownAlertError
from notifier.alerts.models import AlertEpisodeRow, AlertMessageRow
from notifier.alerts.release import audience, is_severe
from notifier.alerts.repository import Wanted, every_running, listed_messages, sent_messages
from notifier.alerts.states import MessageState
from notifier.audience.preview import Draft, Preview, Previews
from notifier.deliveries.clock import server_time
from notifier.deliveries.counts import DeliveryCount, delivery_counts

_BEFORE, _MOST = timedelta(hours=24), timedelta(days=7)
"""How much of the air is shown before an episode began, and at most altogether."""

_MOST_HELD = 100

Outcomes = Mapping[int, Sequence[DeliveryCount]]
"""By number of the message."""


@dataclass(frozen=True)
class RunningEpisode:
    """An episode with the air since a day before it began; without air where it follows an official notice."""

    row: AlertEpisodeRow
    hours: Sequence[AirState]


@dataclass(frozen=True)
class OpenedAlert:
    """A message, what became of its deliveries, and for one that waits whom it would reach now."""

    row: AlertMessageRow
    episode: AlertEpisodeRow
    outcomes: Sequence[DeliveryCount]
    preview: Preview | None


class AlertOffice:
    """Reads for those who may; `decisions` takes what they decide."""

    def __init__(
        self, database: Database, clock: Clock, decisions: Decisions, previews: Previews, air: StoredAir
    ) -> None:
        self.decisions = decisions
        self._database = database
        self._clock = clock
        self._previews = previews
        self._air = air

    async def held(self, actor: Actor) -> Sequence[AlertMessageRow]:
        """Return what waits for a person, the oldest first."""
        actor.require(Permission.READ_ALERTS)
        async with self._database.read() as session:
            waiting = await listed_messages(session, Wanted(MessageState.HELD), _MOST_HELD)
        return waiting[::-1]

    async def running(self, actor: Actor) -> Sequence[RunningEpisode]:
        """Return the episodes that run, the oldest first."""
        actor.require(Permission.READ_ALERTS)
        async with self._database.read() as session:
            rows = await every_running(session)
        return [RunningEpisode(row, await self._hours(row) if row.seen else ()) for row in rows]

    async def listed(
        self, actor: Actor, wanted: Wanted, limit: int, before_id: int | None = None
    ) -> tuple[Sequence[AlertMessageRow], Outcomes]:
        """Return messages, the newest first, and what became of each."""
        actor.require(Permission.READ_ALERTS)
        async with self._database.read() as session:
            rows = await listed_messages(session, wanted, limit, before_id)
            return rows, await _outcomes(session, rows)

    async def open(self, actor: Actor, message_id: int) -> OpenedAlert:
        """Return a message.

        Raises:
            UnknownAlertError: there is none of that number.
        """
        actor.require(Permission.READ_ALERTS)
        async with self._database.read() as session:
            row = await session.get(AlertMessageRow, message_id)
            if row is None:
                raise UnknownAlertError(message_id)
            episode = await session.get_one(AlertEpisodeRow, row.episode_id)
            became = (await _outcomes(session, [row])).get(row.id, ())
            preview = await self._preview(session, row) if row.state == MessageState.HELD else None
        return OpenedAlert(row, episode, became, preview)

    async def _preview(self, session: AsyncSession, row: AlertMessageRow) -> Preview:
        now = await server_time(session, self._clock.now())
        wanted = audience(row, await sent_messages(session, row.episode_id))
        texts = {"sms": f"{row.title}\n{row.sms}", "telegram": f"{row.title}\n{row.body}"}
        return await self._previews.preview(session, wanted, Draft(texts, is_severe(row)), now)

    async def _hours(self, row: AlertEpisodeRow) -> Sequence[AirState]:
        last = _whole_hour(max(row.measured_at, self._clock.now()))
        return await self._air(max(_whole_hour(row.started_at) - _BEFORE, last - _MOST), last)


async def _outcomes(session: AsyncSession, rows: Sequence[AlertMessageRow]) -> Outcomes:
    broadcasts = {row.broadcast_id: row.id for row in rows if row.broadcast_id is not None}
    found: dict[int, list[DeliveryCount]] = {}
    for each in await delivery_counts(session, broadcasts):
        found.setdefault(broadcasts[each.broadcast_id], []).append(each)
    return found


def _whole_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
