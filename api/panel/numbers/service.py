"""Figures for those who may read them; what comes from here may be shown as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.statistics import repository as talk_counts
from bot.statistics.figures import AnswerTimes, Cases, Talks
from bot.statistics.repository import RatingCount
from content.sources.status import SourceStatus, statuses
from core.clock import Clock
from core.database import Database
from core.period import Period
from core.retention.service import Retention
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.statistics import repository as reach_counts
from notifier.statistics.figures import Sent
from notifier.statistics.headcount import Headcount, headcounts

_TALKS = "conversations"
"""The kind of data under which their period is kept."""


@dataclass(frozen=True)
class TalkFigures:
    """The talks of a period; before `complete_since` (UTC) some may be deleted already."""

    talks: Talks
    ratings: Sequence[RatingCount]
    times: AnswerTimes
    cases: Cases
    complete_since: datetime


@dataclass(frozen=True)
class ReachFigures:
    """Subscribers as they are now; changes, deliveries and payments of a period."""

    channels: Mapping[str, Headcount]
    topics: Mapping[str, Headcount]
    districts: Mapping[str, Headcount]
    changes: Mapping[tuple[str, str], Headcount]
    sent: Sent
    spending: Mapping[date, Mapping[str, int]]


class Numbers:
    """Counts what is stored."""

    def __init__(self, database: Database, clock: Clock, retention: Retention) -> None:
        self._database = database
        self._clock = clock
        self._retention = retention

    async def talks(self, actor: Actor, period: Period) -> TalkFigures:
        """Return what residents asked and how they were served."""
        actor.require(Permission.READ_NUMBERS)
        async with self._database.read() as session:
            return TalkFigures(
                Talks.of(await talk_counts.turns(session, period), period.length),
                await talk_counts.ratings(session, period),
                AnswerTimes(await talk_counts.answer_times(session, period)),
                Cases(
                    await talk_counts.handoffs(session, period),
                    await talk_counts.first_replies(session, period),
                ),
                await self._complete_since(session),
            )

    async def reach(self, actor: Actor, period: Period, districts: Sequence[str]) -> ReachFigures:
        """Return who wants messages and what became of those sent; a district without subscribers counts too."""
        actor.require(Permission.READ_NUMBERS)
        exact = _knows_audiences(actor)
        async with self._database.read() as session:
            by_district = await reach_counts.subscribers_by_district(session)
            return ReachFigures(
                headcounts(await reach_counts.subscribers_by_channel(session), exact=exact),
                headcounts(await reach_counts.subscribers_by_topic(session), exact=exact),
                headcounts(dict.fromkeys(districts, 0) | dict(by_district), exact=exact),
                headcounts(await reach_counts.changes_of_mind(session, period), exact=exact),
                await _sent(session, period),
                await reach_counts.spending(session, period),
            )

    async def sent(self, actor: Actor, period: Period) -> Sent:
        """Return the broadcasts of a period and what became of their deliveries."""
        actor.require(Permission.READ_NUMBERS)
        async with self._database.read() as session:
            return await _sent(session, period)

    async def sources(self, actor: Actor) -> Sequence[SourceStatus]:
        """Return how each source of live data is doing."""
        actor.require(Permission.READ_NUMBERS)
        async with self._database.read() as session:
            return await statuses(session)

    async def _complete_since(self, session: AsyncSession) -> datetime:
        kept = next(each for each in await self._retention.read(session) if each.kind.name == _TALKS)
        # A longer period does not bring back what went under the shorter one: then the oldest talk left tells.
        oldest = await talk_counts.complete_since(session) if kept.changed_at else None
        return max(filter(None, (self._clock.now() - timedelta(days=kept.days), oldest)))


async def _sent(session: AsyncSession, period: Period) -> Sent:
    return Sent(await reach_counts.published(session, period), await reach_counts.deliveries(session, period))


def _knows_audiences(actor: Actor) -> bool:
    """Whether somebody sees the exact audience of announcements anyway."""
    return actor.may(Permission.WRITE_ANNOUNCEMENTS) or actor.may(Permission.APPROVE_ANNOUNCEMENTS)
