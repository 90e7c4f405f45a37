"""A message for the office, from „chcę człowieka” to its number, by buttons and by words, on every channel."""

import re

import pytest
from sqlalchemy import text

from bot.assistant import Reply
from bot.handoffs.handoff import Handoff
from bot.handoffs.reference import find_reference
from bot.handoffs.service import MAX_OPEN
from bot.handoffs.states import HandoffState
from bot.sms.renderer import render
from core.sms_text import to_gsm
from tests.bot.flows.desk import ACCOUNT, PHONE, Desk

# The queries have tests of their own on both engines.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MATTER = "Od tygodnia nie świeci lampa przy przystanku."


async def _waiting(desk: Desk) -> tuple[Handoff, ...]:
    async with desk.database.read() as session:
        return await desk.handoffs.listed(session, HandoffState.OPEN)


def _titles(reply: Reply) -> list[str]:
    return [button.title for button in reply.answers[0].buttons]


async def _everything_stored(desk: Desk) -> str:
    """Return every value of every table as one text."""
    stored = []
    async with desk.database.read() as session:
        for table in ("conversations", "turns", "handoffs", "handoff_steps"):
            stored += [str(tuple(row)) for row in await session.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608
    return "\n".join(stored)


@pytest.mark.parametrize("sender", [None, PHONE, ACCOUNT])
async def test_by_words_alone_the_message_arrives_with_its_contact(desk: Desk, sender: str | None) -> None:
    said = await desk.told("chcę człowieka", "powietrze", MATTER, "600 000 000", "wyślij", sender=sender)
    handoff = (await _waiting(desk))[0]
    assert find_reference("LG", said) == handoff.reference
    assert (handoff.topic, handoff.text, handoff.reply_to) == ("air", MATTER, "phone")
    assert handoff.contact == "+48600000000"


async def test_by_buttons_alone_but_for_the_matter_itself(desk: Desk) -> None:
    asked = await desk.say("chcę człowieka")
    assert asked.step.decision == "handoff"
    assert _titles(asked)[:5] == ["Powietrze", "Dotacje", "Ładowarki", "Wydarzenia", "Inne"]
    await desk.say(press="human_handoff?topic=other")
    where = await desk.say(MATTER)
    assert "Bez kontaktu" in _titles(where)
    assert "Tutaj" not in _titles(where)
    await desk.say(press="human_handoff?reply=none")
    done = await desk.say(press="human_handoff?confirm=yes")
    assert "Numer sprawy: LG-" in done.answers[0].text
    assert [(each.topic, each.contact) for each in await _waiting(desk)] == [("other", None)]


@pytest.mark.parametrize("sender", [PHONE, ACCOUNT])
async def test_where_the_channel_knows_the_sender_the_answer_may_come_back_there(desk: Desk, sender: str) -> None:
    await desk.told("chcę człowieka", "5", MATTER, "human_handoff?reply=here", "tak", sender=sender)
    assert [(each.reply_to, each.contact) for each in await _waiting(desk)] == [("here", sender)]


async def test_what_was_written_is_nowhere_in_clear(desk: Desk) -> None:
    secret = "Kowalska 512 345 678"
    await desk.told("chcę człowieka", "inne", f"Proszę o telefon: {secret}, chodzi o lampę.")
    assert "512 345 678" not in await _everything_stored(desk)
    await desk.told("jan.kowalski@example.pl", "wyślij")
    stored = await _everything_stored(desk)
    assert len(await _waiting(desk)) == 1
    assert "512 345 678" not in stored
    assert "jan.kowalski" not in stored


async def test_the_last_look_shows_the_contact_only_in_part(desk: Desk) -> None:
    said = await desk.told("chcę człowieka", "dotacje", MATTER, "600 000 123")
    assert said.startswith("Temat: Dotacje. Odpowiedź: telefon z końcówką 123.")
    assert "600" not in said


@pytest.mark.parametrize("attempt", ["600 000", "jan@poczta", "numer 123456"])
async def test_a_contact_that_reaches_nobody_is_asked_for_again(desk: Desk, attempt: str) -> None:
    said = await desk.told("chcę człowieka", "dotacje", MATTER, attempt)
    assert said.startswith("To nie jest poprawny numer telefonu ani adres e-mail.")
    assert (await desk.told("bez kontaktu")).startswith("Temat: Dotacje. Odpowiedź: bez kontaktu.")


async def test_too_little_to_help_with_is_asked_about(desk: Desk) -> None:
    assert (await desk.told("chcę człowieka", "dotacje", "pomoc")).startswith("To za mało")
    assert (await desk.told(MATTER)).startswith("Jak odpowiedzieć?")


@pytest.mark.parametrize("word", ["anuluj", "Inna sprawa", "coś innego", "wróć"])
@pytest.mark.parametrize("step", [0, 1, 2, 3])
async def test_it_can_be_ended_at_every_step_and_says_that_nothing_was_sent(desk: Desk, step: int, word: str) -> None:
    await desk.told("chcę człowieka", *("dotacje", MATTER, "bez kontaktu")[:step])
    assert re.search("nic nie zostało wysłane|nie została wysłana", await desk.told(word))
    assert not await _waiting(desk)
    await desk.told("wyślij")
    assert not await _waiting(desk)


async def test_no_at_the_last_look_sends_nothing(desk: Desk) -> None:
    said = await desk.told("chcę człowieka", "dotacje", MATTER, "bez kontaktu", "nie")
    assert said == "Wiadomość nie została wysłana."
    assert not await _waiting(desk)


async def test_pressed_twice_it_is_one_message(desk: Desk) -> None:
    await desk.told("chcę człowieka", "dotacje", MATTER, "bez kontaktu")
    await desk.told("human_handoff?confirm=yes", "human_handoff?confirm=yes")
    assert len(await _waiting(desk)) == 1


async def test_danger_comes_before_the_form(desk: Desk) -> None:
    said = await desk.told("chcę człowieka", "dotacje", "czuje gaz w klatce")
    assert "112" in said.splitlines()[0]
    assert not await _waiting(desk)


async def test_another_question_at_the_first_step_is_answered_and_the_form_waits(desk: Desk) -> None:
    said = await desk.told("chcę człowieka", "jakie sa dotacje")
    assert not said.startswith("Proszę wybrać jeden temat")
    assert (await desk.told("human_handoff?topic=air")).startswith("Temat: Powietrze.")


async def test_a_command_is_not_taken_for_the_message(desk: Desk) -> None:
    await desk.told("chcę człowieka", "dotacje", "/ladowarki")
    assert (await desk.told(MATTER)).startswith("Jak odpowiedzieć?")


async def test_the_sixth_message_of_a_day_is_refused_kindly(desk: Desk) -> None:
    for _ in range(MAX_OPEN):
        await desk.told("chcę człowieka", "dotacje", MATTER, "bez kontaktu", "tak", sender=ACCOUNT)
    said = await desk.told("chcę człowieka", sender=ACCOUNT)
    assert said.startswith(f"Limit nowych spraw na dobę ({MAX_OPEN}) jest wyczerpany.")
    assert len(await _waiting(desk)) == MAX_OPEN


@pytest.mark.parametrize(
    "odd", ["\u202e\x00\x07", "😀😀😀😀😀😀😀😀😀😀😀", "<script>alert(1)</script>", "'; DROP TABLE handoffs;--"]
)
async def test_odd_texts_break_nothing(desk: Desk, odd: str) -> None:
    await desk.told("chcę człowieka", "dotacje", odd)
    await desk.told("bez kontaktu", "tak")
    assert all(each.text for each in await _waiting(desk))


async def test_every_question_fits_two_sms(desk: Desk) -> None:
    for said in ("chcę człowieka", "powietrze", MATTER, "bez kontaktu", "tak"):
        answer = (await desk.say(said, sender=PHONE)).answers[0]
        assert " ".join(to_gsm(answer.text).split()) in render(answer).text
