"""Turns readings of a zone into stored episodes and messages, each sent at once or held for a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, warsaw
from core.logging import get_logger
from notifier.alerts.air import AirState
from notifier.alerts.course import Course, News, Step
from notifier.alerts.messages import AlertWriter
from notifier.alerts.models import AlertEpisodeRow, AlertMessageRow
from notifier.alerts.release import send, withdraw
from notifier.alerts.repository import episode_of, open_episode, running_episodes, sent_messages, update_episode
from notifier.alerts.rules import AlertRules
from notifier.alerts.states import MessageState

_log = get_logger(__name__)


class AlertService:
    """Follows the episodes by the rules, in the caller's unit of work; for `allow_sample` see `Course`."""

    def __init__(self, rules: AlertRules, writer: AlertWriter, clock: Clock, *, allow_sample: bool) -> None:
        self._course = Course(rules, writer, allow_sample=allow_sample)
        self._lasts = rules.lasts
        self._clock = clock

    async def evaluate(self, session: AsyncSession, states: Sequence[AirState]) -> Sequence[AlertMessageRow]:
        """Follow the episodes of one zone through the hours given, the oldest first; return the messages made.

        Call it regularly with what is known, however old; the same states again make nothing new.
        """
        if not states:
            return ()
        now, zone = self._clock.now(), states[-1].zone
        rows = await running_episodes(session, zone)
        running = {kind: episode_of(row) for kind, row in rows.items()}
        made = []
        for step in self._course.steps(running, states, now):
            row = rows.pop(step.episode.kind, None)
            row = await self._store(session, zone, row, step, now)
            if row and step.news and (message := await self._tell(session, row, step.news, now)):
                made.append(message)
        return made

    async def _store(
        self, session: AsyncSession, zone: str, row: AlertEpisodeRow | None, step: Step, now: datetime
    ) -> AlertEpisodeRow | None:
        """Store how an episode stands; None when another process opened it at the same time."""
        if row:
            await update_episode(session, row, step.episode)
        elif row := await open_episode(session, zone, step.episode):
            _log.info("alert_episode_opened", episode=row.id, kind=row.kind, level=row.level, sample=row.sample)
        if row and step.is_end:
            row.ended_at = now
            # It must be over in the database before the next one of its kind opens.
            await session.flush()
            _log.info("alert_episode_ended", episode=row.id, kind=row.kind)
        if row and (step.is_end or step.news):
            await withdraw(session, row.id, now)
        return row

    async def _tell(
        self, session: AsyncSession, row: AlertEpisodeRow, news: News, now: datetime
    ) -> AlertMessageRow | None:
        """Make a message; that an episode is over is told only where something of it went out."""
        if news.level is None and not await sent_messages(session, row.id):
            return None
        hold = news.release.hold
        message = AlertMessageRow(
            episode_id=row.id,
            # The same key always means the same message, whoever makes it.
            key=f"alert:{row.id}:{news.level or 'clear'}:{warsaw(now).date().isoformat()}",
            state=MessageState.HELD.value,
            level=news.level,
            severity=news.severity,
            sample=row.sample,
            title=news.text.title,
            body=news.text.body,
            sms=news.text.sms,
            measured_at=row.measured_at,
            created_at=now,
            expires_at=now + self._lasts,
            decide_by=now + (hold or timedelta()),
            at_deadline=news.release.at_deadline or "send",
            references=[],
        )
        session.add(message)
        await session.flush()
        if not hold:
            await send(session, message, now)
        return message
