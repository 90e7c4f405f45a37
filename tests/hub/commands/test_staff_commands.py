"""Staff read and answer the messages of residents, and change what the assistant says."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.assistant import Assistant
from bot.handoffs.handoff import NewHandoff
from bot.handoffs.service import Handoffs
from bot.message import IncomingMessage
from core.audit.models import AuditRow
from core.clock import SystemClock
from core.database import Database
from core.settings import Settings
from hub.bootstrap import address_vault
from tests.hub.conftest import Hub

PHONE = "+48512345678"


@pytest.fixture
async def left(hub: Hub, tmp_path: Path) -> str:
    """The number of a message that was left a moment ago, to be answered by phone."""
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    new = NewHandoff("key", "web", "air", "conversation:secret", "Czuję dym wieczorami.", "phone", PHONE)
    async with database.write() as session:
        number = await Handoffs(address_vault(Settings()), SystemClock(), "LG").create(session, new)
    await database.close()
    return number


async def test_from_the_residents_message_to_the_answer_of_the_office(
    assistant: Assistant, database: Database, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))

    async def said(text: str, sender: str = "sms:+48512345678") -> str:
        reply = await assistant.reply(IncomingMessage("sms", text=text, sender=sender), None)
        return reply.answers[0].text

    for text in ("chcę człowieka", "Powietrze", "Sąsiad pali śmieci przy szkole.", "tutaj"):
        await said(text)
    found = re.search(r"LG-\w{5}", await said("wyślij"))
    assert found
    number = found.group()

    listed = await hub("messages", "list")
    assert re.search(rf"{number} +czeka .* Powietrze +SMS +w tej rozmowie +nikt", listed.out)
    assert "Sąsiad" not in listed.out
    assert "512345678" not in listed.out

    shown = await hub("messages", "show", number.removeprefix("LG-").lower())
    assert "Sąsiad pali śmieci przy szkole." in shown.out
    assert "Jak odpowiedzieć: w tej rozmowie (SMS +48512345678)" in shown.out

    replied = await hub("messages", "reply", number, "Straż miejska sprawdzi to w piątek.", "--by", "Anna")
    assert replied.code == 0
    assert "Zostanie wysłana do mieszkańca" in replied.out
    assert "Odpowiedź urzędu: Straż miejska sprawdzi to w piątek." in await said(f"co ze sprawą {number}")
    assert "Straż" not in await said(f"co ze sprawą {number}", sender="sms:+48600000000")

    await hub("messages", "close", number, "--by", "Anna")
    assert "zakończona" in await said(number)
    assert number not in (await hub("messages", "list")).out
    assert re.search(
        rf"{number} +zakończona .* Anna \(konsola\)", (await hub("messages", "list", "--state", "closed")).out
    )


async def test_staff_are_told_to_phone_where_a_phone_call_is_awaited(hub: Hub, left: str) -> None:
    replied = await hub("messages", "reply", left, "Proszę zadzwonić.", "--by", "Anna")
    shown = await hub("messages", "show", left)

    assert f"telefon {PHONE}. Program sam nie dzwoni" in replied.out
    assert "Prowadzi: Anna (konsola)" in shown.out
    assert (
        re.findall(r"(\w[\w ]*) \((\w+(?: \(konsola\))?)\)\n", shown.out)[-3:]
        == [
            ("czeka", "mieszkaniec"),
            ("w toku", "Anna (konsola)"),
            ("z odpowiedzią", "Anna (konsola)"),
        ]
        or shown.out
    )


async def test_a_second_answer_leaves_the_message_with_whoever_has_it(hub: Hub, left: str) -> None:
    await hub("messages", "reply", left, "Pierwsza odpowiedź.", "--by", "Anna")
    await hub("messages", "reply", left, "Druga odpowiedź.", "--by", "Jan")
    shown = (await hub("messages", "show", left)).out

    assert "Prowadzi: Anna (konsola)" in shown
    assert shown.index("Pierwsza odpowiedź.") < shown.index("Druga odpowiedź.")


async def test_what_cannot_be_done_is_told_in_polish_and_changes_nothing(hub: Hub, left: str) -> None:
    before = await hub("messages", "show", left)
    for words, told in (
        (("show", "LG-7K3M3"), "nie jest numerem sprawy"),
        (("show", "LG-22222"), "Nie ma sprawy o tym numerze"),
        (("reply", left, "  ", "--by", "Anna"), "Odpowiedź jest pusta albo dłuższa niż 2000 znaków."),
        (("reply", left, "Dzień dobry", "--by", " "), "Nazwa po --by jest pusta albo dłuższa niż 60 znaków."),
        (("close", left, "--by", "x" * 81), "Nazwa po --by jest pusta"),
    ):
        refused = await hub("messages", *words)
        assert refused.code == 1
        assert told in refused.err
    assert await hub("messages", "show", left) == before


async def test_a_closed_message_takes_no_answer(hub: Hub, left: str) -> None:
    await hub("messages", "close", left, "--by", "Anna")
    refused = await hub("messages", "reply", left, "Jeszcze jedno.", "--by", "Anna")

    assert (refused.code, refused.err) == (1, "Ta sprawa jest już zakończona. Nie można jej zmienić.")


async def test_a_message_sealed_with_a_lost_key_is_told_as_such(
    hub: Hub, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENCRYPTION_KEYS", "another-key-" * 4)
    refused = await hub("messages", "show", left)

    assert refused.code == 1
    assert "ENCRYPTION_KEYS brakuje jej klucza" in refused.err


async def test_help_warns_of_personal_data(hub: Hub) -> None:
    assert "WARNING" in (await hub("messages", "show", "--help")).out


async def test_a_text_is_changed_and_brought_back(hub: Hub) -> None:
    own = (await hub("texts", "show", "greet")).out
    assert own.startswith("text (wersja 0; najwięcej znaków: ")

    edited = await hub("texts", "edit", "greet", "text", "--by", "Anna", typed="\ufeffDzień dobry!\r\nW czym pomóc?\n")
    assert edited.out.startswith("Zapisano wersję 1.")
    assert (await hub("texts", "show", "greet")).out.startswith("text (wersja 1;")
    assert "  Dzień dobry!\n  W czym pomóc?\n" in (await hub("texts", "show", "greet")).out

    history = (await hub("texts", "history", "greet", "text")).out
    assert re.findall(r"^wersja (\d) \((\w+)", history, re.MULTILINE) == [("1", "Anna"), ("0", "z")]

    await hub("texts", "restore", "greet", "text", "0", "--by", "Jan")
    restored = (await hub("texts", "show", "greet")).out
    assert restored.replace("wersja 2", "wersja 0") == own


async def test_fields_are_listed_and_a_text_without_them_is_refused(hub: Hub) -> None:
    shown = (await hub("texts", "show", "human_handoff")).out
    assert re.search(r"^state_unknown \(wersja 0; najwięcej znaków: \d+; pola: \{reference\}\)$", shown, re.MULTILINE)

    refused = await hub("texts", "edit", "human_handoff", "state_unknown", "--by", "Anna", typed="Nie znam tej sprawy.")
    assert (refused.code, refused.err) == (1, "Brakuje pól: {reference}. Proszę wstawić je w tej samej postaci.")
    assert (await hub("texts", "show", "human_handoff")).out == shown


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("edit", "greet", "text", "--by", "Anna"), "", "Tekst jest pusty."),
        (("edit", "greet", "text", "--by", "Anna"), "Zażółć".encode("cp1250"), "UTF-8"),
        (("edit", "greet", "text", "--by", ""), "Dzień dobry", "Nazwa po --by jest pusta"),
        (("edit", "alerts_subscribe", "consent", "--by", "Anna"), "Zgoda", "nie można zmienić"),
        (("edit", "greet", "nonsense", "--by", "Anna"), "Dzień dobry", "Nie ma takiego tekstu."),
        (("restore", "greet", "text", "7", "--by", "Anna"), "", "Nie ma takiej wersji"),
        (("history", "nonsense", "text"), "", "Nie ma takiego tekstu."),
        (("show", "nonsense"), "", "Są: air_quality_now,"),
    ],
)
async def test_a_change_that_is_refused_says_why(
    hub: Hub, words: tuple[str, ...], typed: str | bytes, told: str
) -> None:
    refused = await hub("texts", *words, typed=typed)

    assert refused.code == 1
    assert told in refused.err


async def test_an_argument_in_another_encoding_is_refused(hub: Hub, left: str) -> None:
    refused = await hub("messages", "reply", left, "Dzie\udcf1 dobry", "--by", "Anna")

    assert refused.code == 2
    assert "UTF-8" in refused.err


async def test_what_is_done_at_the_console_stands_in_the_audit_log_as_in_the_panel(
    hub: Hub, left: str, tmp_path: Path
) -> None:
    await hub("messages", "show", left)
    await hub("messages", "reply", left, "Tajna odpowiedź.", "--by", "Anna")
    await hub("messages", "close", left, "--by", "Anna")
    await hub("texts", "edit", "greet", "text", "--by", "Jan", typed="Dzień dobry!")
    await hub("texts", "restore", "greet", "text", "0", "--by", "Jan")

    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    async with database.read() as session:
        rows = (await session.scalars(select(AuditRow).order_by(AuditRow.id))).all()
    await database.close()
    assert [(row.actor, row.action) for row in rows] == [
        ("konsola", "handoff.opened"),
        ("Anna (konsola)", "handoff.answered"),
        ("Anna (konsola)", "handoff.opened"),
        ("Anna (konsola)", "handoff.closed"),
        ("Jan (konsola)", "text.edited"),
        ("Jan (konsola)", "text.restored"),
    ]
    assert "Tajna" not in str([(row.before, row.after) for row in rows])
    assert rows[4].after == {"version": 1, "text": "Dzień dobry!", "note": ""}
