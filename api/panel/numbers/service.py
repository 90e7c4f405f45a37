"""Figures for those who may read them; what comes from here may be shown as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from api.panel.desk import Desk
from bot.statistics import repository as talk_counts
from bot.statistics.figures import AnswerTimes, Cases, Talks
from bot.statistics.repository import RatingCount
from content.sources.status import SourceStatus, statuses
from core.period import Period
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


async def talks(used: Desk, actor: Actor, period: Period) -> TalkFigures:
    """Return what residents asked and how they were served."""
    actor.require(Permission.READ_NUMBERS)
    async with used.database.read() as session:
        return TalkFigures(
            Talks.of(await talk_counts.turns(session, period), period.length),
            await talk_counts.ratings(session, period),
            AnswerTimes(await talk_counts.answer_times(session, period)),
            Cases(
                await talk_counts.handoffs(session, period),
                await talk_counts.first_replies(session, period),
            ),
            await _complete_since(used, session),
        )


async def reach(used: Desk, actor: Actor, period: Period) -> ReachFigures:
    """Return who wants messages and what became of those sent; a district without subscribers counts too."""
    actor.require(Permission.READ_NUMBERS)
    # They see the exact audience of announcements anyway.
    exact = actor.may(Permission.WRITE_ANNOUNCEMENTS) or actor.may(Permission.APPROVE_ANNOUNCEMENTS)
    async with used.database.read() as session:
        by_district = await reach_counts.subscribers_by_district(session)
        return ReachFigures(
            headcounts(await reach_counts.subscribers_by_channel(session), exact=exact),
            headcounts(await reach_counts.subscribers_by_topic(session), exact=exact),
            headcounts(dict.fromkeys(used.newsroom.districts, 0) | dict(by_district), exact=exact),
            headcounts(await reach_counts.changes_of_mind(session, period), exact=exact),
            await _sent(session, period),
            await reach_counts.spending(session, period),
        )


async def sent(used: Desk, actor: Actor, period: Period) -> Sent:
    """Return the broadcasts of a period and what became of their deliveries."""
    actor.require(Permission.READ_NUMBERS)
    async with used.database.read() as session:
        return await _sent(session, period)


async def sources(used: Desk, actor: Actor) -> Sequence[SourceStatus]:
    """Return how each source of live data is doing."""
    actor.require(Permission.READ_NUMBERS)
    async with used.database.read() as session:
        return await statuses(session)


async def _complete_since(used: Desk, session: AsyncSession) -> datetime:
    kept = next(each for each in await used.retention.read(session) if each.kind.name == _TALKS)
    # A longer period does not bring back what went under the shorter one: then the oldest talk left tells.
    oldest = await talk_counts.complete_since(session) if kept.changed_at else None
    return max(filter(None, (used.clock.now() - timedelta(days=kept.days), oldest)))


async def _sent(session: AsyncSession, period: Period) -> Sent:
    return Sent(await reach_counts.published(session, period), await reach_counts.deliveries(session, period))
