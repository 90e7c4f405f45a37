"""Input of every kind: a sane answer each time, nothing lost, nothing leaked."""

import time

import pytest
from sqlalchemy import select

from bot.conversations.models import ConversationRow, TurnRow
from bot.message import MAX_TEXT
from core.database import Database
from tests.bot.talking import Talk, payloads
from tests.fakes import FakeParser

PESEL, PHONE, MAIL = "44051401359", "501 234 567", "jan.kowalski@example.com"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "\u200b\u200d\ufeff",
        "\x00\x01\x1b[31m",
        "\ud800\udfff",
        "\u202e\u2066evil\u2069",
        "'; DROP TABLE turns; --",
        "<script>alert(1)</script><b>dotacja</b>",
        "{place} {intent} %s %d {0}",
        '/inform{"district": "piekary"}',
        "///",
        "../../etc/passwd",
        "Z̸̢̛a̴l̷g̸o̵" * 20,
        "𝓓𝓸𝓽𝓪𝓬𝓳𝓪",
        "ﷺ" * 50,
        "😀" * 200,
        "a" * MAX_TEXT,
        "gdzie " * 160,
        "? " * 400,
        "i gdzie i ile i kiedy " * 40,
        "null",
        "99999999999999999999 kW",
        "31.02.2026",
    ],
)
async def test_whatever_is_written_is_answered(talk: Talk, parser: FakeParser, text: str) -> None:
    reply = await talk.say(text)
    assert reply.answers[0].text
    assert payloads(reply)
    assert reply.step.decision in {"fallback", "clarify", "answered", "confirm", "choose"}
    assert len(parser.heard) <= 4
    # The talk goes on.
    assert (await talk.served("jakie jest powietrze"))[0] == "air_quality_now"


@pytest.mark.parametrize("text", ["ż" * 10_000, "1 " * 5_000, "kurwa " * 2_000, "a na Zosinku? " * 700, "(" * 10_000])
async def test_ten_thousand_characters_are_declined_at_once(talk: Talk, parser: FakeParser, text: str) -> None:
    started = time.perf_counter()
    reply = await talk.say(text)
    assert time.perf_counter() - started < 2
    assert reply.answers[0].text.startswith("Wiadomość jest za długa")
    assert "112" in reply.answers[0].text
    assert parser.heard == []


async def test_danger_is_heard_in_a_text_of_any_length(talk: Talk) -> None:
    reply = await talk.say("bardzo się boję " * 300 + "czuję gaz w klatce")
    assert reply.step.intent == "emergency"


async def test_an_empty_message_is_asked_for_words(talk: Talk, parser: FakeParser) -> None:
    reply = await talk.say("\u200b \x00")
    assert reply.answers[0].text.startswith("Wiadomość jest pusta")
    assert parser.heard == []


async def test_personal_data_are_stored_nowhere(talk: Talk, talks: Database) -> None:
    await talk.say(f"mój pesel {PESEL} telefon {PHONE}, {MAIL}, ile dostanę")
    await talk.press(f"charger_find?district={PESEL}")
    await talk.press(f"pesel {PESEL}")
    await talk.say("a" * (MAX_TEXT - 5) + f" {PESEL}")
    async with talks.read() as session:
        stored = [
            str(vars(row)) for model in (TurnRow, ConversationRow) for row in await session.scalars(select(model))
        ]
    assert len(stored) == 5
    for secret in (PESEL, PESEL[:5], PHONE, MAIL):
        assert not any(secret in row for row in stored)
    assert any("[PESEL]" in row for row in stored)
