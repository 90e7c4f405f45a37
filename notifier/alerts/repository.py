"""Queries on episodes of smog and on the messages about them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.alerts.episodes import Episode
from notifier.alerts.errors import UnknownAlertError
from notifier.alerts.models import AlertEpisodeRow, AlertMessageRow
from notifier.alerts.states import MessageState


@dataclass(frozen=True)
class Wanted:
    """Which messages are looked for; `level` 0 asks for all-clears, moments are in UTC."""

    state: MessageState | None = None
    level: int | None = None
    since: datetime | None = None
    until: datetime | None = None


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


async def listed_messages(
    session: AsyncSession, wanted: Wanted, limit: int, before_id: int | None = None
) -> Sequence[AlertMessageRow]:
    """Return messages, the newest first; `before_id` continues an earlier list."""
    query = _matching(wanted).order_by(AlertMessageRow.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(AlertMessageRow.id < before_id)
    return (await session.scalars(query)).all()


def that_went_out(*, samples: bool) -> Select[AlertMessageRow]:
    """Return the query of everything that went out; samples only where they are all there is (the demo)."""
    sent = select(AlertMessageRow).where(AlertMessageRow.state == MessageState.SENT.value)
    return sent if samples else sent.where(AlertMessageRow.sample.is_(False))


async def latest_sent(session: AsyncSession, limit: int, *, samples: bool) -> Sequence[AlertMessageRow]:
    """Return the newest messages that went out, for the feeds."""
    newest = that_went_out(samples=samples).order_by(AlertMessageRow.sent_at.desc(), AlertMessageRow.id.desc())
    return (await session.scalars(newest.limit(limit))).all()


async def by_identifier(session: AsyncSession, identifier: str, *, samples: bool) -> AlertMessageRow | None:
    """Return the message that went out under a CAP identifier."""
    return await session.scalar(that_went_out(samples=samples).where(AlertMessageRow.identifier == identifier))


def _columns(episode: Episode) -> dict[str, object]:
    return asdict(episode) | {
        "raised": sorted(episode.raised),
        "seen": {rule: moment.isoformat() for rule, moment in episode.seen.items()},
    }


def _matching(wanted: Wanted) -> Select[AlertMessageRow]:
    query = select(AlertMessageRow)
    if wanted.state:
        query = query.where(AlertMessageRow.state == wanted.state.value)
    if wanted.level == 0:
        query = query.where(AlertMessageRow.level.is_(None))
    elif wanted.level is not None:
        query = query.where(AlertMessageRow.level == wanted.level)
    if wanted.since:
        query = query.where(AlertMessageRow.created_at >= wanted.since)
    if wanted.until:
        query = query.where(AlertMessageRow.created_at < wanted.until)
    return query
