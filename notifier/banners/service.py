"""Rules of banners: short, for a set time, approved by a second person, taken down at once by anybody at work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from content.plain_text import plain_line
from core.audit.service import Deed, State, record
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.errors import PermissionRefusedError
from core.staff.permissions import Permission
from notifier.banners.errors import BannerRefusedError, Fault, OwnBannerError, UnknownBannerError
from notifier.banners.models import MAX_TEXT, BannerRow

LONGEST = timedelta(days=14)
"""A banner that stays longer is read by nobody."""
_LISTED = 30


class Level(StrEnum):
    """How urgent a banner is; a page says it in words, too."""

    INFO = "info"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True)
class NewBanner:
    """A banner as it is written; moments are aware."""

    text: str
    level: str
    starts_at: datetime
    ends_at: datetime


class Banners:
    """Each step is one unit of work with its record in the audit log."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def current(self) -> BannerRow | None:
        """Return the banner that is shown now: of several the most urgent one, of these the newest."""
        now = self._clock.now()
        shown = select(BannerRow).where(
            BannerRow.approved_at.is_not(None),
            BannerRow.withdrawn_at.is_(None),
            BannerRow.starts_at <= now,
            BannerRow.ends_at > now,
        )
        async with self._database.read() as session:
            rows = (await session.scalars(shown)).all()
        urgency = list(Level)
        return max(rows, key=lambda row: (urgency.index(Level(row.level)), row.id), default=None)

    async def listed(self, actor: Actor) -> Sequence[BannerRow]:
        """Return the latest banners, the newest first."""
        actor.require(Permission.READ_ANNOUNCEMENTS)
        async with self._database.read() as session:
            return (await session.scalars(select(BannerRow).order_by(BannerRow.id.desc()).limit(_LISTED))).all()

    async def between(self, actor: Actor, start: datetime, end: datetime) -> Sequence[BannerRow]:
        """Return the approved banners that begin between two moments, the earliest first."""
        actor.require(Permission.READ_ANNOUNCEMENTS)
        query = select(BannerRow).where(
            BannerRow.approved_at.is_not(None), BannerRow.starts_at >= start, BannerRow.starts_at < end
        )
        async with self._database.read() as session:
            return (await session.scalars(query.order_by(BannerRow.starts_at))).all()

    async def propose(self, actor: Actor, new: NewBanner) -> int:
        """Write a banner that another person can approve; return its number.

        Raises:
            BannerRefusedError: text, level or times are not right.
        """
        actor.require(Permission.WRITE_ANNOUNCEMENTS)
        text, now = _checked(new, self._clock.now()), self._clock.now()
        row = BannerRow(
            text=text,
            level=new.level,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
            created_at=now,
            created_by=actor.name,
        )
        async with self._database.write() as session:
            session.add(row)
            await session.flush()
            after = {"text": text, "level": new.level, "from": _iso(row.starts_at), "to": _iso(row.ends_at)}
            await self._log(session, actor, "banner.proposed", row, after)
        return row.id

    async def approve(self, actor: Actor, number: int) -> None:
        """Let a banner be shown in its time.

        Raises:
            UnknownBannerError: there is none that waits for approval.
            OwnBannerError: it is the approver's own.
        """
        actor.require(Permission.APPROVE_ANNOUNCEMENTS)
        async with self._database.write() as session:
            row = await self._open(session, number)
            if row.approved_at is not None:
                raise UnknownBannerError
            if row.created_by.casefold() == actor.name.casefold():
                raise OwnBannerError
            row.approved_at, row.approved_by = self._clock.now(), actor.name
            await self._log(session, actor, "banner.approved", row, {"text": row.text})

    async def withdraw(self, actor: Actor, number: int) -> None:
        """Take a banner down, or drop one that was not approved yet.

        Raises:
            UnknownBannerError: there is none that is shown or will be.
        """
        if not (actor.may(Permission.WRITE_ANNOUNCEMENTS) or actor.may(Permission.APPROVE_ANNOUNCEMENTS)):
            raise PermissionRefusedError(Permission.WRITE_ANNOUNCEMENTS)
        async with self._database.write() as session:
            row = await self._open(session, number)
            row.withdrawn_at, row.withdrawn_by = self._clock.now(), actor.name
            await self._log(session, actor, "banner.withdrawn", row, {"text": row.text})

    async def _open(self, session: AsyncSession, number: int) -> BannerRow:
        row = await session.scalar(select(BannerRow).where(BannerRow.id == number).with_for_update())
        if row is None or row.withdrawn_at is not None or row.ends_at <= self._clock.now():
            raise UnknownBannerError
        return row

    async def _log(self, session: AsyncSession, actor: Actor, action: str, row: BannerRow, after: State) -> None:
        await record(session, actor.name, Deed(action, f"banners/{row.id}", after=after), self._clock.now())


def _checked(new: NewBanner, now: datetime) -> str:
    text = plain_line(new.text)
    faults: dict[Fault, bool] = {
        "empty": not text,
        "too_long": len(text) > MAX_TEXT,
        "level": new.level not in set(Level),
        "ends_before_start": new.ends_at <= new.starts_at,
        "past": new.ends_at <= now,
        "too_long_time": new.ends_at - max(new.starts_at, now) > LONGEST,
    }
    for fault, is_there in faults.items():
        if is_there:
            raise BannerRefusedError(fault)
    return text


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
