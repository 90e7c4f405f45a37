"""Queries on episodes of smog and on the messages about them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.alerts.episodes import Episode
from notifier.alerts.errors import UnknownAlertError
from notifier.alerts.models import AlertEpisodeRow, AlertMessageRow
from notifier.alerts.states import MessageState


async def running_episodes(session: AsyncSession, zone: str) -> dict[str, AlertEpisodeRow]:
    """Return the running episodes of a zone by kind, locked until the unit of work ends."""
    query = select(AlertEpisodeRow).where(AlertEpisodeRow.zone == zone, AlertEpisodeRow.ended_at.is_(None))
    return {row.kind: row for row in await session.scalars(query.order_by(AlertEpisodeRow.id).with_for_update())}


async def every_running(session: AsyncSession) -> Sequence[AlertEpisodeRow]:
    """Return the running episodes of every zone and kind, the oldest first."""
    running = select(AlertEpisodeRow).where(AlertEpisodeRow.ended_at.is_(None))
    return (await session.scalars(running.order_by(AlertEpisodeRow.id))).all()


async def followed_since(session: AsyncSession, kind: str) -> datetime | None:
    """Return the last hour that the longest waiting episode of a kind knows, None when none runs."""
    running = AlertEpisodeRow.kind == kind, AlertEpisodeRow.ended_at.is_(None)
    return await session.scalar(
        select(AlertEpisodeRow.measured_at).where(*running).order_by(AlertEpisodeRow.measured_at).limit(1)
    )


async def open_episode(session: AsyncSession, zone: str, episode: Episode) -> AlertEpisodeRow | None:
    """Store a new episode; None when another process opened one for the zone at the same time."""
    row = AlertEpisodeRow(zone=zone, **_columns(episode))
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return row


async def update_episode(session: AsyncSession, row: AlertEpisodeRow, episode: Episode) -> None:
    """Store how an episode went on."""
    for name, value in _columns(episode).items():
        setattr(row, name, value)
    await session.flush()


def episode_of(row: AlertEpisodeRow) -> Episode:
    """Return the episode that a row holds."""
    return Episode(
        row.kind,
        row.sample,
        row.started_at,
        row.measured_at,
        row.level,
        frozenset(row.raised),
        {rule: datetime.fromisoformat(moment) for rule, moment in row.seen.items()},
        row.calm,
        row.told_level,
        row.told_on,
    )


async def message(session: AsyncSession, message_id: int) -> AlertMessageRow:
    """Return a message, locked until the unit of work ends.

    Raises:
        UnknownAlertError: there is none of that number.
    """
    found = await session.get(AlertMessageRow, message_id, with_for_update=True)
    if found is None:
        raise UnknownAlertError(message_id)
    return found


async def held_messages(session: AsyncSession) -> Sequence[AlertMessageRow]:
    """Return what waits for a person, the oldest first, locked until the unit of work ends."""
    query = select(AlertMessageRow).where(AlertMessageRow.state == MessageState.HELD.value)
    return (await session.scalars(query.order_by(AlertMessageRow.id).with_for_update())).all()


async def sent_messages(session: AsyncSession, episode_id: int) -> Sequence[AlertMessageRow]:
    """Return what went out about an episode, the oldest first."""
    query = select(AlertMessageRow).where(
        AlertMessageRow.episode_id == episode_id, AlertMessageRow.state == MessageState.SENT.value
    )
    return (await session.scalars(query.order_by(AlertMessageRow.sent_at, AlertMessageRow.id))).all()


async def latest_sent(session: AsyncSession, limit: int, *, sample: bool) -> Sequence[AlertMessageRow]:
    """Return the newest messages that went out, for the feeds; samples only where they are all there is (the demo)."""
    query = select(AlertMessageRow).where(AlertMessageRow.state == MessageState.SENT.value)
    if not sample:
        query = query.where(AlertMessageRow.sample.is_(False))
    return (
        await session.scalars(query.order_by(AlertMessageRow.sent_at.desc(), AlertMessageRow.id.desc()).limit(limit))
    ).all()


async def by_identifier(session: AsyncSession, identifier: str) -> AlertMessageRow | None:
    """Return the message that went out under a CAP identifier."""
    return await session.scalar(select(AlertMessageRow).where(AlertMessageRow.identifier == identifier))


def _columns(episode: Episode) -> dict[str, object]:
    return asdict(episode) | {
        "raised": sorted(episode.raised),
        "seen": {rule: moment.isoformat() for rule, moment in episode.seen.items()},
    }
