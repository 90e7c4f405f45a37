"""Queries of teaching."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import TurnRow
from bot.meaning.ladder import ANSWER_FROM, Decision
from bot.ratings.models import RatingRow
from bot.teaching.models import PassedOverRow, TaughtRow, TrainingRow

_NOT_ANSWERED: tuple[Decision, ...] = ("fallback", "confirm", "choose", "clarify")
# Without any confidence the model was not asked: it was away, or the message could not be read.
_NOT_ASKED = 0.0


@dataclass(frozen=True)
class MissedTurn:
    """A turn that did not go well; `helpful` is what the resident thought of it, None where they did not say."""

    id: int
    at: datetime
    asked: str
    intent: str
    decision: str
    helpful: bool | None


async def missed_turns(session: AsyncSession, since: datetime, limit: int) -> list[MissedTurn]:
    """Return turns that were not answered, answered unsurely or rated as not helpful, the newest first."""
    columns = (TurnRow.id, TurnRow.at, TurnRow.asked, TurnRow.intent, TurnRow.decision, RatingRow.helpful)
    unsure = (TurnRow.decision == "answered") & (TurnRow.confidence < ANSWER_FROM)
    not_answered = TurnRow.decision.in_(_NOT_ANSWERED) & (TurnRow.confidence > _NOT_ASKED)
    missed = or_(not_answered, unsure, RatingRow.helpful.is_(False))
    query = select(*columns).outerjoin(RatingRow, RatingRow.turn_id == TurnRow.id)
    query = query.where(TurnRow.at >= since, missed).order_by(TurnRow.id.desc()).limit(limit)
    return [MissedTurn(*row) for row in await session.execute(query)]


async def settled_digests(session: AsyncSession) -> set[str]:
    """Return the digests of sentences that were taught or passed over."""
    taught = await session.scalars(select(TaughtRow.digest).where(TaughtRow.withdrawn_at.is_(None)))
    return {*taught, *await session.scalars(select(PassedOverRow.digest))}


async def taught(session: AsyncSession, intent: str = "") -> Sequence[TaughtRow]:
    """Return the sentences in use, those of one intent or of all, the newest first."""
    query = select(TaughtRow).where(TaughtRow.withdrawn_at.is_(None)).order_by(TaughtRow.id.desc())
    return (await session.scalars(query.where(TaughtRow.intent == intent) if intent else query)).all()


async def taught_by_ids(session: AsyncSession, ids: Sequence[int]) -> Sequence[TaughtRow]:
    """Return sentences that a training taught, whether they are in use or were withdrawn since."""
    known = {row.id: row for row in await session.scalars(select(TaughtRow))} if ids else {}
    return [known[each] for each in ids if each in known]


async def open_training(session: AsyncSession) -> TrainingRow | None:
    """Return the training that is queued or running, locked until the unit of work ends."""
    return await session.scalar(select(TrainingRow).where(TrainingRow.is_open).with_for_update())


async def trainings(session: AsyncSession, limit: int) -> Sequence[TrainingRow]:
    """Return trainings, the newest first."""
    return (await session.scalars(select(TrainingRow).order_by(TrainingRow.id.desc()).limit(limit))).all()


async def move(session: AsyncSession, before: str, after: str, by: str, at: datetime, model: str | None = None) -> None:
    """Bring trainings, those of one model or all, from a state that a person can decide on to another."""
    moved = update(TrainingRow).where(TrainingRow.state == before)
    moved = moved if model is None else moved.where(TrainingRow.model == model)
    await session.execute(moved.values(state=after, decided_by=by, decided_at=at))


async def end_abandoned(session: AsyncSession, now: datetime) -> None:
    """End the training whose process died."""
    dead = update(TrainingRow).where(TrainingRow.state == "running", TrainingRow.leased_until < now)
    await session.execute(dead.values(state="interrupted", is_open=False, ended_at=now))


async def last_promoted(session: AsyncSession) -> TrainingRow | None:
    """Return the training whose model was put in service last and stayed."""
    query = select(TrainingRow).where(TrainingRow.state == "promoted").order_by(TrainingRow.decided_at.desc())
    return await session.scalar(query.limit(1))


async def prolong(session: AsyncSession, training_id: int, until: datetime) -> bool:
    """Say that a training's process lives; False when the training is no longer its own."""
    running = update(TrainingRow).where(TrainingRow.id == training_id, TrainingRow.state == "running")
    return (await session.scalar(running.values(leased_until=until).returning(TrainingRow.id))) is not None
