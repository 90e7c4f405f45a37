"""Rules of announcements: nothing goes out that a second person has not read in exactly these words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from redis.asyncio import Redis
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from notifier.announcements.chains import check_alone
from notifier.announcements.content import Content, clean, columns_of, content_of
from notifier.announcements.errors import (
    ApproverRefusedError,
    ContentChangedError,
    ContentRefusedError,
    KeyReusedError,
    RoleRefusedError,
    UnknownAnnouncementError,
)
from notifier.announcements.models import AnnouncementMoveRow, AnnouncementRow
from notifier.announcements.moves import CREATION, Actor, Deed, is_reserved, known, move, record
from notifier.announcements.publishing import put_out
from notifier.announcements.reminders import skip
from notifier.announcements.repository import by_key, get, moves, writers
from notifier.announcements.rules import House, check_for_review, check_in_time, prepared
from notifier.announcements.states import EDITABLE, MOVES, PUBLISHED, Action, AnnouncementState, Role
from notifier.announcements.view import Announcement, seen
from notifier.broadcasts.service import BroadcastState, set_state
from notifier.channels.registry import NAMES
from notifier.deliveries.signals import wake


class Announcements:
    """Takes announcements from draft to publication; each step is one unit of work under a lock.

    Every step but `draft` raises UnknownAnnouncementError for a number that does not exist, MoveRefusedError for a
    state that does not allow it, and RoleRefusedError for somebody who may not.
    """

    def __init__(self, database: Database, redis: Redis, clock: Clock, house: House) -> None:
        self._database = database
        self._redis = redis
        self._clock = clock
        self._house = house

    async def draft(self, content: Content, actor: Actor, key: str | None = None) -> Announcement:
        """Store a new announcement; the same `key` again is the same announcement again.

        Raises:
            PartRefusedError: a text or the author's name is empty or too long.
            ContentRefusedError: the parts of the content do not fit together.
            KeyReusedError: the key belongs to an announcement with another content.
        """
        author, created_hash = self._author(actor), content.hash()
        key = clean(key, "key") if key is not None else None
        async with self._database.write() as session:
            if key is not None and (before := await by_key(session, key)):
                return await _same(session, before, created_hash)
            ready = await self._prepared(session, content)
            row = AnnouncementRow(
                **columns_of(ready),
                state=AnnouncementState.DRAFT.value,
                version=1,
                created_by=author.name,
                created_at=self._clock.now(),
                created_hash=created_hash,
                idempotency_key=key,
            )
            try:
                async with session.begin_nested():
                    session.add(row)
            except IntegrityError:
                # The same request came twice at the same moment.
                before = await by_key(session, key or "")
                if before is None:
                    raise
                return await _same(session, before, created_hash)
            await record(session, row, None, Deed(CREATION, author, self._clock.now()))
            return await seen(session, row)

    async def edit(
        self, announcement_id: int, content: Content, actor: Actor, version: int | None = None
    ) -> Announcement:
        """Replace the content; whatever was approved is a draft again. `version` is the one that the author began from.

        Raises:
            ContentChangedError: somebody else edited it since.
            PartRefusedError, ContentRefusedError: as `draft` does.
        """
        author = self._author(actor)
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            corrects = replace(content, corrects=row.corrects_id, is_retraction=row.is_retraction)
            if version is not None and version != row.version:
                raise ContentChangedError(announcement_id)
            if AnnouncementState(row.state) in EDITABLE:
                for name, value in columns_of(await self._prepared(session, corrects, row.id)).items():
                    setattr(row, name, value)
                row.version += 1
                row.approved_hash = row.approved_at = row.approved_by = row.scheduled_at = None
            await move(session, row, Action.EDIT, author, self._clock.now())
            return await seen(session, row)

    async def submit(self, announcement_id: int, actor: Actor) -> Announcement:
        """Hand a draft over for approval.

        Raises:
            TooManyPartsError, ContentRefusedError: nobody needs to read what can never go out, nor two corrections of
                one announcement.
        """
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            await move(session, row, Action.SUBMIT, known(actor), self._clock.now())
            check_for_review(content_of(row), self._clock.now())
            if row.corrects_id is not None:
                # Locked, so that of two people who hand corrections over at once the second is told.
                await get(session, row.corrects_id, lock=True)
                await check_alone(session, row.corrects_id, row.id)
            return await seen(session, row)

    async def send_back(self, announcement_id: int, actor: Actor, reason: str) -> Announcement:
        """Return it to its author, who is told why.

        Raises:
            PartRefusedError: there is no reason.
        """
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            await move(session, row, Action.RETURN, known(actor), self._clock.now(), reason)
            row.approved_hash = row.approved_at = row.approved_by = row.scheduled_at = None
            return await seen(session, row)

    async def approve(self, announcement_id: int, actor: Actor, version: int | None = None) -> Announcement:
        """Approve the announcement in its present words; `version` is the one that the approver has read.

        Raises:
            ApproverRefusedError: the approver wrote or edited it, or is no person.
            ContentChangedError: it was edited since the approver read it.
            PartRefusedError: the approver's name is empty or too long.
        """
        approver = known(actor)
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            had_a_hand = {name.casefold() for name in await writers(session, row.id)}
            if approver.role is Role.PERSON and (approver.name.casefold() in had_a_hand or is_reserved(approver.name)):
                raise ApproverRefusedError(announcement_id, approver.name)
            await move(session, row, Action.APPROVE, approver, self._clock.now())
            if version is not None and version != row.version:
                raise ContentChangedError(announcement_id)
            row.approved_hash = content_of(row).hash()
            row.approved_at, row.approved_by = self._clock.now(), approver.name
            return await seen(session, row)

    async def schedule(self, announcement_id: int, actor: Actor, at: datetime) -> Announcement:
        """Let an approved announcement go out by itself at an aware moment, or at another one than before.

        Raises:
            ContentRefusedError: the moment is past, or the announcement is of no use by then.
        """
        now = self._clock.now()
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            await move(session, row, Action.SCHEDULE, known(actor), now)
            ends_at = content_of(row).ends_at
            if at <= now:
                raise ContentRefusedError("schedule_past")
            if ends_at and at >= ends_at:
                raise ContentRefusedError("schedule_too_late")
            row.scheduled_at = at
            return await seen(session, row)

    async def publish(self, announcement_id: int, actor: Actor) -> Announcement:
        """Send an approved announcement to its audience; published again, nothing more is sent.

        Raises:
            ContentChangedError: it is not what was approved.
            ContentRefusedError: it is out of date.
        """
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            if AnnouncementState(row.state) not in PUBLISHED:
                await move(session, row, Action.PUBLISH, known(actor), self._clock.now())
                await put_out(session, row, self._clock.now())
            published = await seen(session, row)
        await wake(self._redis, NAMES)
        return published

    async def pause(self, announcement_id: int, actor: Actor, reason: str | None = None) -> Announcement:
        """Halt the sending; what a worker holds already may still go out."""
        return await self._steer(announcement_id, Action.PAUSE, actor, reason)

    async def resume(self, announcement_id: int, actor: Actor, reason: str | None = None) -> Announcement:
        """Send the rest.

        Raises:
            ContentRefusedError: it is out of date.
        """
        resumed = await self._steer(announcement_id, Action.RESUME, actor, reason)
        await wake(self._redis, NAMES)
        return resumed

    async def cancel(self, announcement_id: int, actor: Actor, reason: str | None = None) -> Announcement:
        """Stop it for good; who has it already keeps it, for them a retraction is written."""
        return await self._steer(announcement_id, Action.CANCEL, actor, reason)

    async def show(self, announcement_id: int) -> Announcement:
        """Return an announcement as it stands."""
        async with self._database.read() as session:
            return await seen(session, await get(session, announcement_id))

    async def history(self, announcement_id: int) -> Sequence[AnnouncementMoveRow]:
        """Return everything that was done with an announcement, the oldest first."""
        async with self._database.read() as session:
            return await moves(session, (await get(session, announcement_id)).id)

    async def _steer(self, announcement_id: int, action: Action, actor: Actor, reason: str | None) -> Announcement:
        now = self._clock.now()
        async with self._database.write() as session:
            row = await get(session, announcement_id, lock=True)
            await move(session, row, action, known(actor), now, reason)
            if action is Action.RESUME:
                check_in_time(content_of(row), now)
            if action is Action.CANCEL:
                await skip(session, row.id, "cancelled")
            if row.broadcast_id is not None:
                await set_state(session, row.broadcast_id, BroadcastState(MOVES[action].target.value), now)
            return await seen(session, row)

    def _author(self, actor: Actor) -> Actor:
        author = known(actor)
        if author.role not in MOVES[Action.EDIT].by or (author.role is Role.PERSON and is_reserved(author.name)):
            raise RoleRefusedError(Action.EDIT)
        return author

    async def _prepared(self, session: AsyncSession, content: Content, own: int | None = None) -> Content:
        """Return the content as it is stored; a correction has the audience of what it corrects."""
        if content.corrects is not None:
            try:
                original = await get(session, content.corrects)
            except UnknownAnnouncementError as error:
                raise ContentRefusedError("unknown_original", str(content.corrects)) from error
            if original.broadcast_id is None:
                raise ContentRefusedError("original_not_published", str(content.corrects))
            await check_alone(session, content.corrects, own)
            content = replace(content, districts=tuple(original.districts), channels=tuple(original.channels))
        return prepared(content, self._house, self._clock.now())


async def _same(session: AsyncSession, row: AnnouncementRow, created_hash: str) -> Announcement:
    if row.created_hash != created_hash:
        raise KeyReusedError
    return await seen(session, row)
