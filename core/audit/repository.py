"""Queries on the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.models import AuditRow


@dataclass(frozen=True)
class Wanted:
    """Which deeds are looked for; `action` may be the beginning of one, such as "staff.", moments are in UTC."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


async def listed(session: AsyncSession, wanted: Wanted, limit: int, before_id: int | None = None) -> Sequence[AuditRow]:
    """Return deeds, the newest first; `before_id` continues an earlier list."""
    query = _matching(wanted).order_by(AuditRow.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(AuditRow.id < before_id)
    return (await session.scalars(query)).all()


async def actors(session: AsyncSession) -> Sequence[str]:
    """Return the names of everybody who did something."""
    return (await session.scalars(select(AuditRow.actor).distinct().order_by(AuditRow.actor))).all()


def _matching(wanted: Wanted) -> Select[AuditRow]:
    query = select(AuditRow)
    if wanted.actor:
        query = query.where(AuditRow.actor == wanted.actor)
    if wanted.action:
        query = query.where(AuditRow.action.startswith(wanted.action, autoescape=True))
    if wanted.subject:
        query = query.where(AuditRow.subject.contains(wanted.subject, autoescape=True))
    if wanted.since:
        query = query.where(AuditRow.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditRow.at < wanted.until)
    return query
