"""Texts that staff change: said at once in every process, with a history, and never broken."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from content.gaps import Reason, gaps
from content.pack_file import PackError
from content.text_versions.models import TextVersionRow
from content.text_versions.service import Edit, EditRefusedError, TextEditor
from content.texts import Texts
from core.database import Database
from tests.fakes import FrozenClock

DAY = date(2026, 11, 23)
ANSWERS = """
help:
  text: Pomagam w sprawach miasta.
  more:
    measured: "Pomiar: {moment}, {station}."
    consent: Zgoda.
  buttons: [office_contact]
  fixed: [consent]
thanks:
  text: Proszę bardzo.
  thin: true
"""


@pytest.fixture
async def _tables(database: Database) -> None:
    table = TextVersionRow.metadata.tables[TextVersionRow.__tablename__]
    async with database.engine.begin() as connection:
        await connection.run_sync(TextVersionRow.metadata.create_all, tables=[table])


@pytest.fixture
def load(tmp_path: Path) -> Callable[[], Texts]:
    """Return the texts of one more process."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "conversation.yml").write_text(ANSWERS, encoding="utf-8")
    return lambda: Texts(tmp_path)


@pytest.fixture
def texts(load: Callable[[], Texts]) -> Texts:
    return load()


@pytest.fixture
def editor(texts: Texts, clock: FrozenClock, _tables: None) -> TextEditor:
    return TextEditor(texts, clock)


async def _edit(editor: TextEditor, database: Database, value: str, seen: int = 0, name: str = "text") -> int:
    async with database.write() as session:
        return await editor.edit(session, Edit("help", name, value, author="Anna", note="prościej", seen=seen))


async def _refresh(texts: Texts, database: Database) -> bool:
    async with database.read() as session:
        return await texts.refresh(session)


async def test_two_processes_say_an_edit_after_their_next_look(
    load: Callable[[], Texts], editor: TextEditor, database: Database
) -> None:
    one, two = load(), load()
    kept, say = two["help"], two["help"].say
    await _edit(editor, database, "Pomagam mieszkańcom.")
    await _edit(editor, database, "{station}: {moment}.", name="measured")
    assert one["help"].answer().text == "Pomagam w sprawach miasta."
    for texts in (one, two):
        assert await _refresh(texts, database)
        assert texts["help"].answer().text == "Pomagam mieszkańcom."
    # A topic keeps its wording from the start of the process.
    assert kept.text == "Pomagam mieszkańcom."
    assert say("measured", moment="20:00", station="stacja") == "stacja: 20:00."
    assert not await _refresh(one, database)


async def test_the_history_leads_back_to_every_version_and_to_the_packs_own_words(
    texts: Texts, editor: TextEditor, database: Database, clock: FrozenClock
) -> None:
    assert await _edit(editor, database, "Pierwsza zmiana.") == 1
    clock.advance(timedelta(hours=1))
    assert await _edit(editor, database, "Druga zmiana.", seen=1) == 2
    back = Edit("help", "text", "", author="Jan", seen=2)
    async with database.write() as session:
        assert await editor.restore(session, back, 1) == 3
    await _refresh(texts, database)
    assert texts["help"].text == "Pierwsza zmiana."
    async with database.write() as session:
        assert await editor.restore(session, Edit("help", "text", "", author="Jan", seen=3), 0) == 4
    await _refresh(texts, database)
    assert texts["help"].text == "Pomagam w sprawach miasta."
    async with database.read() as session:
        history = await editor.history(session, "help", "text")
    assert [(version.number, version.author) for version in history] == [
        *((4, "Jan"), (3, "Jan"), (2, "Anna"), (1, "Anna"), (0, None))
    ]
    assert history[2].at == clock.now()
    assert history[2].note == "prościej"


async def test_whoever_did_not_see_the_newest_version_is_refused(editor: TextEditor, database: Database) -> None:
    await _edit(editor, database, "Zmiana Anny.")
    with pytest.raises(EditRefusedError, match="Ktoś zmienił ten tekst w międzyczasie"):
        await _edit(editor, database, "Zmiana Jana.")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("measured", "Pomiar: {moment}.", "Brakuje pól: {station}"),
        ("measured", "{moment} {station} {wynik}", "Nieznane pola: {wynik} – można użyć tylko: {moment}, {station}"),
        ("measured", "{moment} {station", "Nawiasy klamrowe są niedomknięte"),
        ("measured", "{moment:>999999999} {station}", "Nawiasy klamrowe"),
        ("measured", "{moment!r} {station}", "Nawiasy klamrowe"),
        ("measured", "{moment.__class__} {station} {moment}", "Nawiasy klamrowe"),
        ("measured", "{0} {station} {moment}", "Nawiasy klamrowe"),
        ("text", "  \n ", "Tekst jest pusty"),
        ("text", "a" * 61, "może być najwyżej 60"),
        ("text", "Pomoc\x07", "znaki sterujące"),
        ("text", "Pomoc\u202e", "znaki sterujące"),
        ("text", "{moment}", "Nieznane pola: {moment} – ten tekst nie ma pól"),
        ("consent", "Inna zgoda.", "nie można zmienić w panelu"),
        ("nic", "Tekst.", "Nie ma takiego tekstu"),
    ],
)
def test_a_text_that_would_break_an_answer_is_refused_with_a_reason(
    texts: Texts, clock: FrozenClock, name: str, value: str, told: str
) -> None:
    with pytest.raises(EditRefusedError) as refusal:
        TextEditor(texts, clock).check("help", name, value)
    assert told in str(refusal.value)


async def test_a_refused_edit_changes_nothing(texts: Texts, editor: TextEditor, database: Database) -> None:
    with pytest.raises(EditRefusedError):
        await _edit(editor, database, "Pomiar: {moment}.", name="measured")
    assert not await _refresh(texts, database)


@pytest.mark.parametrize(("author", "note"), [("", ""), ("A" * 81, ""), ("Anna", "n" * 201)])
async def test_an_edit_has_an_author_and_a_short_note(
    editor: TextEditor, database: Database, author: str, note: str
) -> None:
    with pytest.raises(EditRefusedError):
        async with database.write() as session:
            await editor.edit(session, Edit("help", "text", "Pomoc.", author, note))


def test_the_preview_shows_the_answer_with_its_fields_named(texts: Texts, clock: FrozenClock) -> None:
    editor = TextEditor(texts, clock)
    preview = editor.preview("help", "measured", "Stacja {station}, {moment}")
    assert preview.text == "Stacja [station], [moment]"
    assert [button.payload for button in preview.buttons] == ["office_contact"]
    assert texts["help"].say("measured", moment="1", station="2") == "Pomiar: 1, 2."


async def test_an_edit_that_no_longer_fits_a_new_release_is_left_out_and_listed(
    load: Callable[[], Texts], editor: TextEditor, database: Database, tmp_path: Path
) -> None:
    await _edit(editor, database, "{station} {moment}", name="measured")
    path = tmp_path / "answers" / "conversation.yml"
    path.write_text(ANSWERS.replace("{moment}, ", "{moment}, {level}, "), encoding="utf-8")
    newer = load()
    await _refresh(newer, database)
    assert newer["help"].say("measured", moment="1", level="2", station="3") == "Pomiar: 1, 2, 3."
    found = gaps(newer, DAY)
    assert [(gap.reason, gap.item) for gap in found] == [
        (Reason.THIN, "thanks"),
        (Reason.UNFIT_EDIT, "help.measured"),
    ]


def test_a_wrong_file_of_answers_is_told_with_its_line(load: Callable[[], Texts], tmp_path: Path) -> None:
    path = tmp_path / "answers" / "conversation.yml"
    path.write_text(ANSWERS.replace("thin: true", "thim: true"), encoding="utf-8")
    with pytest.raises(PackError, match=r"answers/conversation\.yml:11: thanks\.thim: "):
        load()
