"""Rules of edited texts: what staff may change a text to, its history, and the way back."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from content.answer import Answer
from content.fields import fields_of, with_names
from content.text_versions.models import MAX_AUTHOR, MAX_NOTE, TextVersionRow
from content.text_versions.repository import history
from content.texts import TEXT, Texts, Wording
from core.clock import Clock
from core.errors import HubError

MAX_LENGTH = 1500
"""Longest text in characters: more is no answer for a phone screen (our own rule)."""

_SHORT = 60


class EditRefusedError(HubError):
    """A text cannot be changed in this way; the sentence is Polish and meant for whoever edits."""


@dataclass(frozen=True)
class Edit:
    """A change of one text; `seen` is the version the editor started from, 0 for the pack's own words."""

    intent: str
    name: str
    value: str
    author: str
    note: str = ""
    seen: int = 0


@dataclass(frozen=True)
class Version:
    """One version of a text; number 0 is the pack's own, which has no author and no moment (UTC)."""

    number: int
    value: str
    author: str | None = None
    note: str = ""
    at: datetime | None = None


class TextEditor:
    """Changes texts inside the caller's unit of work; processes follow with `Texts.refresh`."""

    def __init__(self, texts: Texts, clock: Clock) -> None:
        self._texts = texts
        self._clock = clock

    def limit(self, intent: str, name: str) -> int:
        """Return how long the text may be in characters: twice the pack's own words, at least 60."""
        return min(MAX_LENGTH, max(_SHORT, 2 * len(self._own(intent, name))))

    def preview(self, intent: str, name: str, value: str) -> Answer:
        """Return the answer as it would be, its fields shown by their names.

        Raises:
            EditRefusedError: the text may not be changed to this.
        """
        self.check(intent, name, value)
        wording = Wording(self._texts[intent].data, {name: with_names(value.strip())})
        return wording.answer() if name == TEXT else wording.variant(name)

    def check(self, intent: str, name: str, value: str) -> None:
        """Check what a text would be changed to.

        Raises:
            EditRefusedError: there is no such text, it is fixed, or the words break a rule.
        """
        own = self._own(intent, name)
        if name in self._texts[intent].data.fixed:
            raise EditRefusedError("Tego tekstu nie można zmienić w panelu. Zmienia się razem z wydaniem programu.")
        words = value.strip()
        if not words:
            raise EditRefusedError("Tekst jest pusty. Proszę wpisać treść.")
        limit = self.limit(intent, name)
        if len(words) > limit:
            message = f"Tekst jest za długi: liczba znaków to {len(words)}, a może być najwyżej {limit}."
            raise EditRefusedError(message)
        if any(_is_control(character) for character in words):
            raise EditRefusedError("Tekst zawiera niewidoczne znaki sterujące. Proszę wpisać go ręcznie.")
        _check_fields(words, own)

    async def edit(self, session: AsyncSession, edit: Edit) -> int:
        """Store a new version and return its number.

        Raises:
            EditRefusedError: the words break a rule, or somebody else changed the text since `seen`.
        """
        self.check(edit.intent, edit.name, edit.value)
        return await self._add(session, edit, edit.value.strip())

    async def restore(self, session: AsyncSession, edit: Edit, number: int) -> int:
        """Store an older version as the newest one and return its number; 0 brings the pack's own words back.

        The `value` of the edit is not used.

        Raises:
            EditRefusedError: there is no such version, its fields no longer fit, or the text was changed since `seen`.
        """
        versions = {version.number: version for version in await self.history(session, edit.intent, edit.name)}
        if number not in versions:
            raise EditRefusedError("Nie ma takiej wersji tego tekstu.")
        if number == 0:
            return await self._add(session, edit, None)
        self.check(edit.intent, edit.name, versions[number].value)
        return await self._add(session, edit, versions[number].value)

    async def history(self, session: AsyncSession, intent: str, name: str) -> tuple[Version, ...]:
        """Return every version, the newest first and the pack's own last."""
        own = self._own(intent, name)
        rows = await history(session, intent, name)
        edited = (
            Version(row.version, own if row.value is None else row.value, row.author, row.note, row.created_at)
            for row in rows
        )
        return (*edited, Version(0, own))

    async def _add(self, session: AsyncSession, edit: Edit, value: str | None) -> int:
        author, note = edit.author.strip(), edit.note.strip()
        if not author or len(author) > MAX_AUTHOR:
            raise EditRefusedError(f"Brakuje autora zmiany albo jego nazwa jest dłuższa niż {MAX_AUTHOR} znaków.")
        if len(note) > MAX_NOTE:
            raise EditRefusedError(f"Uwaga do zmiany może mieć najwyżej {MAX_NOTE} znaków.")
        known = await history(session, edit.intent, edit.name)
        latest = known[0].version if known else 0
        if latest != edit.seen:
            raise EditRefusedError(_CHANGED)
        row = TextVersionRow(
            intent=edit.intent,
            name=edit.name,
            version=latest + 1,
            value=value,
            author=author,
            note=note,
            created_at=self._clock.now(),
        )
        try:
            async with session.begin_nested():
                session.add(row)
        except IntegrityError as error:
            raise EditRefusedError(_CHANGED) from error
        return row.version

    def _own(self, intent: str, name: str) -> str:
        own = self._texts[intent].own(name) if intent in self._texts else None
        if own is None:
            raise EditRefusedError("Nie ma takiego tekstu.")
        return own


_CHANGED = "Ktoś zmienił ten tekst w międzyczasie. Proszę otworzyć go ponownie i nanieść zmianę jeszcze raz."


def _check_fields(words: str, own: str) -> None:
    fields, needed = fields_of(words), fields_of(own) or frozenset()
    if fields is None:
        raise EditRefusedError("Nawiasy klamrowe są niedomknięte albo zawierają coś innego niż nazwę pola.")
    if missing := needed - fields:
        raise EditRefusedError(f"Brakuje pól: {_listed(missing)}. Proszę wstawić je w tej samej postaci.")
    if unknown := fields - needed:
        allowed = f"można użyć tylko: {_listed(needed)}" if needed else "ten tekst nie ma pól"
        raise EditRefusedError(f"Nieznane pola: {_listed(unknown)} – {allowed}.")


def _listed(fields: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(fields))


def _is_control(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
