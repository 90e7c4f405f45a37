"""Changing what the assistant says, by those who may; each change stands in the audit log with the words before it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from content.answer import Answer
from content.text_versions.service import Edit, TextEditor, Version
from content.texts import Texts
from core.audit.service import Deed, record
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission


class EditedTexts:
    """Each change is one unit of work, and is said by this process at once.

    Every step raises EditRefusedError, whose sentence is Polish, where `TextEditor` does.
    """

    def __init__(self, database: Database, texts: Texts, clock: Clock) -> None:
        self._database = database
        self._texts = texts
        self._editor = TextEditor(texts, clock)
        self._clock = clock

    async def history(self, actor: Actor, intent: str, name: str) -> Sequence[Version]:
        """Return every version, the newest first and the pack's own last."""
        actor.require(Permission.READ_TEXTS)
        async with self._database.read() as session:
            return await self._editor.history(session, intent, name)

    def limit(self, intent: str, name: str) -> int:
        """Return how long a text may be in characters."""
        return self._editor.limit(intent, name)

    def preview(self, actor: Actor, intent: str, name: str, value: str) -> Answer:
        """Return the answer as it would be."""
        actor.require(Permission.READ_TEXTS)
        return self._editor.preview(intent, name, value)

    async def edit(self, actor: Actor, edit: Edit) -> None:
        """Store new words in the name of `actor`."""
        actor.require(Permission.EDIT_TEXTS)
        edit = replace(edit, author=actor.name)
        async with self._database.write() as session:
            before = (await self._editor.history(session, edit.intent, edit.name))[0]
            number = await self._editor.edit(session, edit)
            await self._log(session, "text.edited", edit, before, edit.value.strip(), number)
        await self._say()

    async def restore(self, actor: Actor, edit: Edit, number: int) -> None:
        """Return to an earlier version in the name of `actor`; 0 is the pack's own."""
        actor.require(Permission.EDIT_TEXTS)
        edit = replace(edit, author=actor.name)
        async with self._database.write() as session:
            before = (await self._editor.history(session, edit.intent, edit.name))[0]
            stored = await self._editor.restore(session, edit, number)
            after = (await self._editor.history(session, edit.intent, edit.name))[0]
            await self._log(session, "text.restored", edit, before, after.value, stored)
        await self._say()

    async def _say(self) -> None:
        async with self._database.read() as session:
            await self._texts.refresh(session)

    async def _log(
        self, session: AsyncSession, action: str, edit: Edit, before: Version, words: str, number: int
    ) -> None:
        deed = Deed(
            action,
            f"texts/{edit.intent}/{edit.name}",
            {"version": before.number, "text": before.value},
            {"version": number, "text": words, "note": edit.note},
        )
        await record(session, edit.author, deed, self._clock.now())
