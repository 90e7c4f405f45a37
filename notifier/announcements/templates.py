"""Templates: words and audience kept under a name, to start the next announcement from."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, record
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.announcements.content import Content, clean, columns_of
from notifier.announcements.errors import TemplateExistsError, UnknownTemplateError
from notifier.announcements.models import AnnouncementTemplateRow
from notifier.announcements.rules import House, prepared


class Templates:
    """Keeps templates; each step is one unit of work with its record in the audit log."""

    def __init__(self, database: Database, clock: Clock, house: House) -> None:
        self._database = database
        self._clock = clock
        self._house = house

    async def listed(self, actor: Actor) -> Sequence[AnnouncementTemplateRow]:
        """Return every template by name."""
        actor.require(Permission.READ_ANNOUNCEMENTS)
        async with self._database.read() as session:
            query = select(AnnouncementTemplateRow).order_by(AnnouncementTemplateRow.folded)
            return (await session.scalars(query)).all()

    async def content(self, actor: Actor, template_id: int) -> Content:
        """Return what an announcement starts with.

        Raises:
            UnknownTemplateError: there is none of that number.
        """
        actor.require(Permission.WRITE_ANNOUNCEMENTS)
        async with self._database.read() as session:
            row = await _found(session, template_id)
        return Content(row.title, row.body, dict(row.variants), tuple(row.districts), tuple(row.channels))

    async def save(self, actor: Actor, name: str, content: Content) -> str:
        """Keep the words and the audience of an announcement, not its dates; return the name as it is kept.

        Raises:
            PartRefusedError: the name is empty or too long.
            TemplateExistsError: there is one of that name.
        """
        actor.require(Permission.WRITE_ANNOUNCEMENTS)
        kept = clean(name, "template")
        lasting = replace(content, expires_at=None, corrects=None, is_retraction=False)
        columns = columns_of(prepared(lasting, self._house, self._clock.now()))
        row = AnnouncementTemplateRow(
            folded=kept.casefold(),
            name=kept,
            **{name: columns[name] for name in ("title", "body", "variants", "districts", "channels")},
            created_at=self._clock.now(),
            created_by=actor.name,
        )
        try:
            async with self._database.write() as session:
                session.add(row)
                await session.flush()
                deed = Deed("announcement.template_saved", f"announcement_templates/{row.id}", after={"name": kept})
                await record(session, actor.name, deed, self._clock.now())
        except IntegrityError as error:
            raise TemplateExistsError(kept) from error
        return kept

    async def delete(self, actor: Actor, template_id: int) -> None:
        """Delete a template; what was written from it stays.

        Raises:
            UnknownTemplateError: there is none of that number.
        """
        actor.require(Permission.WRITE_ANNOUNCEMENTS)
        async with self._database.write() as session:
            row = await _found(session, template_id)
            deed = Deed("announcement.template_deleted", f"announcement_templates/{row.id}", before={"name": row.name})
            await session.delete(row)
            await record(session, actor.name, deed, self._clock.now())


async def _found(session: AsyncSession, template_id: int) -> AnnouncementTemplateRow:
    row = await session.get(AnnouncementTemplateRow, template_id)
    if row is None:
        raise UnknownTemplateError
    return row
