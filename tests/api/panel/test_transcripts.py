"""Masked conversations: search, ratings, one of them from beginning to end."""

from datetime import timedelta

import pytest

from bot.conversations.models import ConversationRow, TurnRow
from bot.ratings.models import RatingRow
from core.staff.permissions import Role
from tests.api.panel.conftest import Panel, words

EVIL = "<script>alert(1)</script>"


async def _talk(panel: Panel, *asked: str, channel: str = "web", decision: str = "answered") -> list[int]:
    """Store a conversation and return the ids of its turns."""
    now = panel.clock.now()
    async with panel.desk.database.write() as session:
        row = ConversationRow(digest=f"{asked}", channel=channel, started_at=now, last_turn_at=now, context={})
        session.add(row)
        await session.flush()
        turns = [
            TurnRow(
                conversation_id=row.id,
                at=now,
                asked=text,
                intent="air_quality_now",
                confidence=0.91,
                decision=decision,
                answered=f"Odpowiedź: {text}",
            )
            for text in asked
        ]
        session.add_all(turns)
        await session.flush()
        return [turn.id for turn in turns]


async def _rate(panel: Panel, turn: int, *, helpful: bool, comment: str | None = None) -> None:
    async with panel.desk.database.write() as session:
        reason = None if helpful else "wrong"
        session.add(RatingRow(turn_id=turn, helpful=helpful, reason=reason, comment=comment, at=panel.clock.now()))


async def test_conversations_are_found_by_words_whatever_their_capitals(staff_panel: Panel) -> None:
    await _talk(staff_panel, "Śmieci na Piekarach")
    await _talk(staff_panel, "jakie powietrze")
    browser = await staff_panel.visit(Role.ANALYST)
    page = words((await browser.get("/panel/rozmowy?slowa=%C5%9Bmieci")).text)
    assert "Śmieci na Piekarach" in page
    assert "jakie powietrze" not in page


@pytest.mark.parametrize("sought", ["100%25", "_", "%27%20OR%201=1", "%00", "%5C"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_signs_that_mean_something_to_a_database_are_only_signs(staff_panel: Panel, sought: str) -> None:
    await _talk(staff_panel, "jakie powietrze")
    answer = await (await staff_panel.visit(Role.ANALYST)).get(f"/panel/rozmowy?slowa={sought}")
    assert answer.status_code in {200, 400}
    assert "jakie powietrze" not in answer.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_words_that_were_not_kept_are_said_to_be_so(staff_panel: Panel) -> None:
    (turn,) = await _talk(staff_panel, "[air_quality_now]")
    browser = await staff_panel.visit(Role.EDITOR)
    for path in ("", "/1"):
        page = words((await browser.get(f"/panel/rozmowy{path}")).text)
        assert "(Jakie jest teraz powietrze: słowa mieszkańca nie są zapisywane)" in page, turn
        assert "Naucz asystenta" not in page


async def test_answers_that_did_not_help_have_a_list_of_their_own(staff_panel: Panel) -> None:
    (bad,) = await _talk(staff_panel, "gdzie ładowarka")
    (good,) = await _talk(staff_panel, "jakie powietrze")
    await _rate(staff_panel, bad, helpful=False, comment=f"To stary adres {EVIL}")
    await _rate(staff_panel, good, helpful=True)
    browser = await staff_panel.visit(Role.ANALYST)
    assert "1 odpowiedź oceniona jako niepomocna w ostatnich 7 dniach" in words((await browser.get("/panel")).text)
    page = (await browser.get("/panel/rozmowy?ocena=niepomocne")).text
    assert "gdzie ładowarka" in page
    assert "nieprawda" in page
    assert "To stary adres" in page
    assert EVIL not in page
    assert "jakie powietrze" not in page


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_list_is_filtered_by_channel_outcome_and_day(staff_panel: Panel) -> None:
    await _talk(staff_panel, "z telegrama", channel="telegram")
    await _talk(staff_panel, "nie wiem co", decision="fallback")
    staff_panel.clock.advance(timedelta(days=1))
    await _talk(staff_panel, "nazajutrz")
    browser = await staff_panel.visit(Role.ANALYST)

    async def found(address: str) -> str:
        return (await browser.get(f"/panel/rozmowy?{address}")).text.partition('id="found"')[2]

    assert "z telegrama" in await found("kanal=telegram")
    assert "nazajutrz" not in await found("kanal=telegram")
    assert "nie wiem co" in await found("wynik=fallback")
    assert "nazajutrz" in await found("od=2026-11-24")
    assert "z telegrama" not in await found("od=2026-11-24")
    assert "nazajutrz" not in await found("do=2026-11-23")
    assert "nazajutrz" in await found("od=wczoraj&do=0000-00-00")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_older_ones_follow_on_the_next_page(staff_panel: Panel) -> None:
    await _talk(staff_panel, *(f"pytanie {number:02}" for number in range(35)))
    browser = await staff_panel.visit(Role.ANALYST)
    first = (await browser.get("/panel/rozmowy?slowa=pytanie")).text
    assert "pytanie 34" in first
    assert "pytanie 04" not in first
    assert 'href="/panel/rozmowy?slowa=pytanie&amp;przed=6"' in first
    assert "pytanie 04" in (await browser.get("/panel/rozmowy?slowa=pytanie&przed=6")).text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_conversation_is_read_in_its_order(staff_panel: Panel) -> None:
    await _talk(staff_panel, "jakie powietrze", EVIL)
    browser = await staff_panel.visit(Role.ANALYST)
    page = (await browser.get("/panel/rozmowy/1")).text
    assert EVIL not in page
    text = words(page)
    assert text.index("jakie powietrze") < text.index("Odpowiedź: jakie powietrze") < text.index("Odpowiedź: <script>")
    assert "Jakie jest teraz powietrze (91%)" in text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["2", "0", "-1", "abc", "9" * 30, "1e3"])
async def test_a_conversation_that_is_not_there_is_told(staff_panel: Panel, path: str) -> None:
    answer = await (await staff_panel.visit(Role.ANALYST)).get(f"/panel/rozmowy/{path}")
    assert answer.status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_answers_that_did_not_help_are_found_by_topic_and_reason_and_lead_to_where_they_are_mended(
    staff_panel: Panel,
) -> None:
    (turn,) = await _talk(staff_panel, "czy mogę biegać")
    await _talk(staff_panel, "jakie powietrze")
    await _rate(staff_panel, turn, helpful=False, comment="nie o to pytam")
    browser = await staff_panel.visit(Role.EDITOR)
    for query in ("powod=wrong", "temat=air&ocena=niepomocne", "temat=air_quality_now&powod=wrong"):
        page = (await browser.get(f"/panel/rozmowy?{query}")).text
        assert "czy mogę biegać" in page
        assert "jakie powietrze" not in page
        assert 'href="/panel/teksty/air_quality_now"' in page
    for query in ("powod=unclear", "temat=charging", "temat=nie_ma"):
        assert "Nie ma takich rozmów." in (await browser.get(f"/panel/rozmowy?{query}")).text
