"""Follows the air of a zone and makes the messages: when it turns bad or worse, once a day, and when it is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, warsaw
from core.logging import get_logger
from notifier.alerts.air import AirState, OfficialNotice
from notifier.alerts.episodes import (
    AIR,
    Episode,
    advance,
    fresh,
    is_forgotten,
    is_over,
    must_be_told,
    noticed,
    standing_notices,
)
from notifier.alerts.messages import AlertText, AlertWriter
from notifier.alerts.models import AlertEpisodeRow, AlertMessageRow
from notifier.alerts.release import send, withdraw
from notifier.alerts.repository import (
    episode_of,
    open_episode,
    running_episodes,
    sent_messages,
    update_episode,
)
from notifier.alerts.rules import AlertLevel, AlertRules, NoticeRule
from notifier.alerts.states import MessageState

_log = get_logger(__name__)

Messages = tuple[AlertMessageRow, ...]


class AlertService:
    """Turns states of the air into messages; sample data count only where `allow_sample` says so (the demo)."""

    def __init__(self, rules: AlertRules, writer: AlertWriter, clock: Clock, *, allow_sample: bool) -> None:
        self._rules = rules
        self._writer = writer
        self._clock = clock
        self._allow_sample = allow_sample

    async def evaluate(self, session: AsyncSession, states: Sequence[AirState]) -> Messages:
        """Follow the episodes of one zone through the hours given, the oldest first; return the messages made.

        Call it regularly with what is known, however old; the same states again make nothing new. Of hours that were
        missed only the newest is told of. A message is sent at once, or held for a person, as its level says.
        """
        if not states:
            return ()
        now = self._clock.now()
        usable = fresh(states, now, allow_sample=self._allow_sample)
        newest = states[-1]
        running = await running_episodes(session, newest.zone)
        air = await self._unless_unsaid(session, running.get(AIR), usable, now)
        made = await self._follow(session, air, usable, now) if usable else ()
        if newest.sample and not self._allow_sample:
            return made
        notices = standing_notices(newest, self._rules, now)
        for kind, row in running.items():
            if kind != AIR and kind not in notices:
                await self._end(session, row, now)
        for kind, notice in notices.items():
            made += await self._pass_on(session, running.get(kind), notice, newest, now)
        return made

    async def _unless_unsaid(
        self, session: AsyncSession, row: AlertEpisodeRow | None, usable: Sequence[AirState], now: datetime
    ) -> AlertEpisodeRow | None:
        """End an episode that nothing is heard of, or whose samples gave way to measurements; else return it."""
        if row is None:
            return None
        changed_kind = bool(usable) and usable[-1].sample != row.sample
        if changed_kind or is_forgotten(episode_of(row), now):
            await self._end(session, row, now)
            return None
        return row

    async def _follow(
        self, session: AsyncSession, row: AlertEpisodeRow | None, states: Sequence[AirState], now: datetime
    ) -> Messages:
        known = episode_of(row) if row else None
        episode = known
        for state in states:
            episode = advance(episode, state, self._rules)
        if episode is None or episode == known:
            return ()
        if row is None:
            row = await open_episode(session, states[-1].zone, episode) if episode.level else None
            if row is None:
                return ()
            _log.info("alert_episode_opened", episode=row.id, level=episode.level, sample=episode.sample)
        await update_episode(session, row, episode)
        if is_over(episode, self._rules):
            return await self._all_clear(session, row, episode, states[-1], now)
        if not must_be_told(episode, now, self._rules):
            return ()
        text = self._writer.alert(episode, states[-1])
        return await self._tell(session, row, episode, self._rules.levels[episode.level], text)

    async def _pass_on(
        self,
        session: AsyncSession,
        row: AlertEpisodeRow | None,
        notice: OfficialNotice,
        state: AirState,
        now: datetime,
    ) -> Messages:
        rule = self._rules.notices[notice.kind]
        if row and notice.at <= row.measured_at:
            return ()
        episode = noticed(episode_of(row) if row else None, notice, rule.level, sample=state.sample)
        row = row or await open_episode(session, state.zone, episode)
        if row is None or not must_be_told(episode, now, self._rules):
            return ()
        await update_episode(session, row, episode)
        return await self._tell(session, row, episode, rule, self._writer.notice(notice, sample=state.sample))

    async def _tell(
        self,
        session: AsyncSession,
        row: AlertEpisodeRow,
        episode: Episode,
        rule: AlertLevel | NoticeRule,
        text: AlertText,
    ) -> Messages:
        now = self._clock.now()
        today = warsaw(now).date()
        await update_episode(session, row, episode.told(today))
        await withdraw(session, row.id, now)
        message = self._message(row, str(episode.level), text, now)
        message.level, message.severity = episode.level, rule.severity
        if rule.release.hold:
            message.decide_by = now + rule.release.hold
            message.at_deadline = rule.release.at_deadline or message.at_deadline
        session.add(message)
        await session.flush()
        if not rule.release.hold:
            await send(session, message, now)
        return (message,)

    async def _all_clear(
        self, session: AsyncSession, row: AlertEpisodeRow, episode: Episode, state: AirState, now: datetime
    ) -> Messages:
        """End the episode; those who heard of it hear that it is over, and of what nobody heard nothing is said."""
        await withdraw(session, row.id, now)
        await self._end(session, row, now)
        if not await sent_messages(session, row.id):
            return ()
        message = self._message(row, "clear", self._writer.all_clear(episode, state), now)
        session.add(message)
        await session.flush()
        await send(session, message, now)
        return (message,)

    def _message(self, row: AlertEpisodeRow, what: str, text: AlertText, now: datetime) -> AlertMessageRow:
        return AlertMessageRow(
            episode_id=row.id,
            # The same key always means the same message, whoever makes it.
            key=f"alert:{row.id}:{what}:{warsaw(now).date().isoformat()}",
            state=MessageState.HELD.value,
            severity="minor",
            sample=row.sample,
            title=text.title,
            body=text.body,
            sms=text.sms,
            measured_at=row.measured_at,
            created_at=now,
            expires_at=now + self._rules.lasts,
            decide_by=now,
            at_deadline="send",
            references=[],
        )

    async def _end(self, session: AsyncSession, row: AlertEpisodeRow, now: datetime) -> None:
        row.ended_at = now
        # It must be over in the database before the next one of its kind opens.
        await session.flush()
        await withdraw(session, row.id, now)
        _log.info("alert_episode_ended", episode=row.id, kind=row.kind)
