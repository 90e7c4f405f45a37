"""`hub texts …`: staff see what the assistant says, change it, and return to earlier words."""

import sys
from textwrap import indent

from content.fields import fields_of
from content.format import polish_moment
from content.text_versions.editing import EditedTexts
from content.text_versions.service import Edit, EditRefusedError, TextEditor, Version
from content.texts import TEXT
from core.errors import HubError
from core.settings import Settings
from core.staff.actor import Actor
from core.staff.permissions import Permission
from hub.commands.base import CommandBase, command_base, named


async def show(settings: Settings, intent: str) -> None:
    """Print every text of an intent, with what an editor must know about it."""
    async with command_base(settings) as desk, desk.database.read() as session:
        if intent not in desk.texts:
            known = ", ".join(name for names in desk.texts.topics.values() for name in names)
            message = f"Nie ma tekstów o nazwie „{intent}”. Są: {known}."
            raise EditRefusedError(message)
        wording = desk.texts[intent]
        for name, words in {TEXT: wording.text, **wording.more}.items():
            newest = (await _editor(desk).history(session, intent, name))[0]
            print(f"{name} ({'; '.join(_notes(desk, intent, name, newest))})\n{indent(words.strip(), '  ')}\n")


async def edit(settings: Settings, intent: str, name: str, author: str) -> None:
    """Read new words from stdin, store them as the newest version and print how they will look."""
    words = _typed()
    async with command_base(settings) as desk:
        texts, editor = _edited(desk), _author(author)
        seen = (await texts.history(editor, intent, name))[0].number
        await texts.edit(editor, Edit(intent, name, words, editor.name, seen=seen))
        preview = texts.preview(editor, intent, name, words).text
    _print_stored(seen + 1, preview)


async def history(settings: Settings, intent: str, name: str) -> None:
    """Print every version of a text, the newest first."""
    async with command_base(settings) as desk, desk.database.read() as session:
        versions = await _editor(desk).history(session, intent, name)
    for version in versions:
        made = f"{version.author}, {polish_moment(version.at)}" if version.at else "z plików miasta"
        print(f"wersja {version.number} ({made})\n{indent(version.value.strip(), '  ')}\n")


async def restore(settings: Settings, intent: str, name: str, number: int, author: str) -> None:
    """Store an older version as the newest one; 0 brings back the words of the city pack."""
    async with command_base(settings) as desk:
        texts, editor = _edited(desk), _author(author)
        seen = (await texts.history(editor, intent, name))[0].number
        await texts.restore(editor, Edit(intent, name, "", editor.name, seen=seen), number)
        words = (await texts.history(editor, intent, name))[0].value
    _print_stored(seen + 1, words)


def _editor(desk: CommandBase) -> TextEditor:
    return TextEditor(desk.texts, desk.clock)


def _edited(desk: CommandBase) -> EditedTexts:
    return EditedTexts(desk.database, desk.texts, desk.clock)


def _author(name: str) -> Actor:
    return named(name, Permission.READ_TEXTS, Permission.EDIT_TEXTS)


def _typed() -> str:
    if sys.stdin.isatty():
        print("Proszę wpisać nową treść. Koniec: Enter i Ctrl-D.", file=sys.stderr)
    try:
        # With the mark and the line ends that editors on Windows write.
        return sys.stdin.buffer.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise HubError("Treść nie jest zapisana w UTF-8. Proszę zapisać ją w UTF-8 i spróbować ponownie.") from error


def _print_stored(number: int, words: str) -> None:
    print(f"Zapisano wersję {number}. Asystent użyje jej w ciągu kilku sekund:\n{indent(words.strip(), '  ')}")


def _notes(desk: CommandBase, intent: str, name: str, newest: Version) -> list[str]:
    """Return what an editor must know about a text."""
    wording = desk.texts[intent]
    if name in wording.data.fixed:
        return ["tego tekstu nie można zmienić"]
    notes = [f"wersja {newest.number}", f"najwięcej znaków: {_editor(desk).limit(intent, name)}"]
    if fields := fields_of(wording.own(name) or ""):
        notes.append("pola: " + ", ".join(f"{{{field}}}" for field in sorted(fields)))
    if (intent, name) in desk.texts.unfit:
        notes.append("zmiana nie jest używana, bo ma inne pola niż ten program; poniżej tekst z plików miasta")
    return notes
