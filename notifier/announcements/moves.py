"""Moves an announcement by the table, and writes down who did it, when and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.audit import service as audit
from notifier.announcements.content import clean, content_of
from notifier.announcements.errors import MoveRefusedError, RoleRefusedError
from notifier.announcements.models import AnnouncementMoveRow, AnnouncementRow
from notifier.announcements.states import MOVES, Action, AnnouncementState, Role

CREATION = "draft"
"""The action of the first row of every history."""


@dataclass(frozen=True)
class Actor:
    """Who does something; a name alone makes nobody a person."""

    name: str
    role: Role = Role.PERSON


KEY_HOLDER = Actor("API", Role.KEY)
"""Whoever holds the API key."""
SYSTEM = Actor("system", Role.SYSTEM)
"""The product itself, at a set time."""


@dataclass(frozen=True)
class Deed:
    """Something that was done: what, by whom, when (UTC) and why."""

    action: str
    actor: Actor
    at: datetime
    reason: str | None = None


_RESERVED = frozenset({KEY_HOLDER.name.casefold(), SYSTEM.name.casefold()})


def known(actor: Actor) -> Actor:
    """Return the actor with a clean name.

    Raises:
        PartRefusedError: the name is empty or too long.
    """
    return Actor(clean(actor.name, "name"), actor.role)


def is_reserved(name: str) -> bool:
    """Whether a name is that of a key or of the product, so that no person may act under it."""
    return name.casefold() in _RESERVED


async def move(
    session: AsyncSession, row: AnnouncementRow, action: Action, actor: Actor, now: datetime, reason: str | None = None
) -> None:
    """Make one move of the table and write it down.

    Raises:
        MoveRefusedError: the table has no such move from the present state.
        RoleRefusedError: it is for somebody else to make.
    """
    line, state = MOVES[action], AnnouncementState(row.state)
    if actor.role not in line.by:
        raise RoleRefusedError(action)
    if state not in line.sources:
        raise MoveRefusedError(row.id, state, action)
    row.state = line.target.value
    await record(session, row, state, Deed(action.value, actor, now, reason))


async def record(session: AsyncSession, row: AnnouncementRow, before: AnnouncementState | None, deed: Deed) -> None:
    """Add a deed to the history of an announcement and to the audit log; `before` is its state until then.

    Raises:
        PartRefusedError: the reason is empty or too long.
    """
    reason = clean(deed.reason, "reason") if deed.reason is not None else None
    session.add(
        AnnouncementMoveRow(
            announcement_id=row.id,
            at=deed.at,
            actor=deed.actor.name,
            role=deed.actor.role.value,
            action=deed.action,
            from_state=before.value if before else None,
            to_state=row.state,
            reason=reason,
            version=row.version,
            content_hash=content_of(row).hash(),
        )
    )
    after: audit.State = {"title": row.title, "version": row.version, "reason": reason}
    told = audit.Deed(f"announcement.{deed.action}", f"announcements/{row.id}", after=after)
    await audit.record(session, deed.actor.name, told, deed.at)
