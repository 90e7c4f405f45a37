"""Follows the official index and decides who must be told: once when it turns bad or worse, once when it is over."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from content.topics.air.snapshot import EXPIRES_AFTER, STALE_AFTER, Snapshot
from core.clock import Clock, warsaw
from core.logging import get_logger
from notifier.alerts.messages import AlertMessage, AlertWriter, Reading
from notifier.alerts.models import AlertEpisodeRow
from notifier.alerts.repository import open_episode, running_episode
from notifier.alerts.rules import AlertRules

_log = get_logger(__name__)

FORGOTTEN_AFTER = EXPIRES_AFTER
"""An episode without a reading for that long ends unsaid: nobody knows how the air is, so nothing is claimed."""


class AlertService:
    """Turns snapshots of a station into messages; sample data count only where `allow_sample` says so (the demo)."""

    def __init__(self, rules: AlertRules, writer: AlertWriter, clock: Clock, *, allow_sample: bool) -> None:
        self._rules = rules
        self._writer = writer
        self._clock = clock
        self._allow_sample = allow_sample

    async def evaluate(self, session: AsyncSession, snapshot: Snapshot) -> tuple[AlertMessage, ...]:
        """Follow the station's episode and return what is to be said now; the same snapshot again says nothing.

        Call it regularly with the last good snapshot, however old, in the unit of work that publishes the messages.
        """
        now = self._clock.now()
        reading = self._usable(snapshot, now)
        episode = await running_episode(session, snapshot.station_id)
        if episode and self._is_over_unsaid(episode, reading, now):
            await self._end(session, episode, now)
            episode = None
        if reading is None or (episode and reading.at <= episode.last_level_at):
            return ()
        if episode is None:
            return await self._begin(session, snapshot.station_id, reading, now)
        return await self._follow(session, episode, reading, now)

    def _usable(self, snapshot: Snapshot, now: datetime) -> Reading | None:
        """Return the official level when it is known, fresh and real."""
        if snapshot.level is None or snapshot.index_at is None or now - snapshot.index_at > STALE_AFTER:
            return None
        if snapshot.sample and not self._allow_sample:
            return None
        return Reading(snapshot.level, snapshot.index_at, snapshot.sample)

    def _is_over_unsaid(self, episode: AlertEpisodeRow, reading: Reading | None, now: datetime) -> bool:
        """Whether nothing was heard for too long, or samples gave way to measurements (or the other way round)."""
        changed_kind = reading is not None and reading.sample != episode.sample
        return changed_kind or now - episode.last_level_at > FORGOTTEN_AFTER

    async def _begin(
        self, session: AsyncSession, station_id: int, reading: Reading, now: datetime
    ) -> tuple[AlertMessage, ...]:
        if reading.level < self._rules.raise_from:
            return ()
        today = warsaw(now).date()
        episode = AlertEpisodeRow(
            station_id=station_id,
            sample=reading.sample,
            level=reading.level,
            started_at=reading.at,
            last_level_at=reading.at,
            calm_readings=0,
            alerted_level=reading.level,
            alerted_on=today,
        )
        if not await open_episode(session, episode):
            return ()
        _log.info("alert_episode_opened", episode=episode.id, level=reading.level, sample=reading.sample)
        return (self._writer.alert(episode.id, reading, now, today),)

    async def _follow(
        self, session: AsyncSession, episode: AlertEpisodeRow, reading: Reading, now: datetime
    ) -> tuple[AlertMessage, ...]:
        today = warsaw(now).date()
        episode.level, episode.last_level_at = reading.level, reading.at
        episode.calm_readings = episode.calm_readings + 1 if reading.level <= self._rules.clear_at else 0
        if episode.calm_readings >= self._rules.clear_after:
            await self._end(session, episode, now)
            return (self._writer.all_clear(episode.id, reading, now, today),)
        told = self._must_be_told(episode, reading, now, today)
        if told:
            episode.alerted_level, episode.alerted_on = reading.level, today
        await session.flush()
        return (self._writer.alert(episode.id, reading, now, today),) if told else ()

    def _must_be_told(self, episode: AlertEpisodeRow, reading: Reading, now: datetime, today: date) -> bool:
        """Whether it got worse than was said, or a new day began with the air still bad."""
        if reading.level < self._rules.raise_from:
            return False
        is_worse = reading.level > episode.alerted_level
        # Nobody is woken up only because midnight passed.
        is_new_morning = today > episode.alerted_on and warsaw(now).hour >= self._rules.repeat_from_hour
        return is_worse or is_new_morning

    async def _end(self, session: AsyncSession, episode: AlertEpisodeRow, now: datetime) -> None:
        episode.ended_at = now
        # It must be over in the database before the next one of the station opens.
        await session.flush()
        _log.info("alert_episode_ended", episode=episode.id)
