"""Conversations as residents have them, on the database, over a fake model."""

from datetime import timedelta

import pytest

from bot.assistant import Assistant, Reply
from bot.conversations.repository import transcript
from bot.message import IncomingMessage
from content.answer import Coordinates
from core.database import Database
from core.secrets import keyed_digest
from core.settings import Settings
from hub.retention import retention
from tests.fakes import FakeParser, FrozenClock

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SECRET = Settings().secret_key.get_secret_value()


async def _say(assistant: Assistant, text: str, conversation: str | None = None) -> Reply:
    return await assistant.reply(IncomingMessage("web", text=text), conversation)


async def _press(assistant: Assistant, payload: str, conversation: str | None = None) -> Reply:
    return await assistant.reply(IncomingMessage("web", button=payload), conversation)


def _intent(reply: Reply) -> tuple[str, str]:
    return reply.step.intent, reply.step.decision


async def test_a_question_with_a_place_is_answered_for_that_place(assistant: Assistant) -> None:
    reply = await _say(assistant, "gdzie naladuje auto na Chojnowskiej")
    assert _intent(reply) == ("charger_find", "answered")
    assert [entity.id for entity in reply.entities] == ["chojnowska"]
    assert {place.name for place in reply.answers[0].places} == {"Lidl", "GreenWay"}


async def test_a_fragment_completes_the_question_before_it(assistant: Assistant) -> None:
    first = await _say(assistant, "jakie powietrze na Piekarach")
    second = await _say(assistant, "a na Zosinku?", first.conversation)
    assert _intent(second) == ("air_quality_now", "answered")
    assert [entity.id for entity in second.entities] == ["zosinek"]
    assert "Zosinek" in second.answers[0].text


async def test_small_talk_between_does_not_lose_the_question(assistant: Assistant) -> None:
    first = await _say(assistant, "jakie powietrze na Piekarach")
    await _say(assistant, "dziękuję", first.conversation)
    third = await _say(assistant, "a na Zosinku?", first.conversation)
    assert _intent(third) == ("air_quality_now", "answered")


async def test_after_half_an_hour_the_question_is_forgotten(assistant: Assistant, clock: FrozenClock) -> None:
    first = await _say(assistant, "jakie powietrze na Piekarach")
    clock.advance(timedelta(minutes=31))
    second = await _say(assistant, "a na Zosinku?", first.conversation)
    assert _intent(second) == ("inform", "clarify")
    assert "Zosinek" in second.answers[0].text
    assert second.answers[0].buttons[0].payload == "air_quality_now?district=zosinek"


async def test_an_unsure_guess_is_asked_and_yes_serves_it(assistant: Assistant) -> None:
    asked = await _say(assistant, "ile kosztuje")
    assert _intent(asked) == ("charger_price", "confirm")
    assert asked.answers[0].buttons[0].title == "Ile kosztuje ładowanie"
    assert asked.answers[0].buttons[-1].title == "Coś innego"
    confirmed = await _say(assistant, "tak", asked.conversation)
    assert _intent(confirmed) == ("charger_price", "answered")


async def test_two_close_guesses_are_offered(assistant: Assistant) -> None:
    reply = await _say(assistant, "ile za to")
    assert reply.step.decision == "choose"
    assert reply.step.alternatives == ("subsidy_amount", "charger_price")


async def test_danger_needs_no_model(assistant: Assistant, parser: FakeParser) -> None:
    parser.is_down = True
    reply = await _say(assistant, "czuje gaz w klatce")
    assert _intent(reply) == ("emergency", "answered")
    assert "112" in reply.answers[0].text.splitlines()[0]
    assert "992" in reply.answers[0].text
    assert reply.answers[0].buttons == ()
    assert parser.heard == []


async def test_without_the_model_buttons_still_answer(assistant: Assistant, parser: FakeParser) -> None:
    parser.is_down = True
    reply = await _say(assistant, "jakie jest powietrze")
    assert _intent(reply) == ("out_of_scope", "fallback")
    assert "Przyciski działają" in reply.answers[0].text
    pressed = await _press(assistant, reply.answers[0].buttons[0].payload, reply.conversation)
    assert _intent(pressed) == ("air_quality_now", "answered")


async def test_a_button_carries_its_entities(assistant: Assistant) -> None:
    reply = await _press(assistant, "charger_find?street=chojnowska&connector=ccs")
    assert [(entity.name, entity.value) for entity in reply.entities] == [
        ("street", "ul. Chojnowska"),
        ("connector", "CCS"),
    ]


@pytest.mark.parametrize("payload", ["", "no_such_intent", "?district=piekary", "ś" * 400])
async def test_a_stale_button_is_answered_kindly(assistant: Assistant, payload: str) -> None:
    reply = await _press(assistant, payload)
    assert _intent(reply) == ("out_of_scope", "fallback")
    assert "już nie działa" in reply.answers[0].text


async def test_something_else_is_an_honest_no(assistant: Assistant) -> None:
    reply = await _press(assistant, "out_of_scope")
    assert _intent(reply) == ("out_of_scope", "fallback")


async def test_a_shared_position_finds_the_nearest_with_the_filter_asked_before(assistant: Assistant) -> None:
    first = await _say(assistant, "gdzie ladowarka ccs")
    near_lidl = IncomingMessage("web", position=Coordinates(51.2069, 16.1457))
    reply = await assistant.reply(near_lidl, first.conversation)
    nearest = reply.answers[0].places[0]
    assert nearest.name == "Lidl"
    assert nearest.distance_m is not None
    assert nearest.distance_m < 50
    assert all("CCS" in " ".join(place.details) for place in reply.answers[0].places)


@pytest.mark.parametrize(
    ("before", "served"),
    [
        ("jakie powietrze na Piekarach", ("air_quality_now", "answered")),
        ("dotacja na wymiane kopciucha", ("charger_find", "answered")),
    ],
)
async def test_a_shared_position_answers_what_was_asked_of_a_place_else_chargers_are_meant(
    assistant: Assistant, before: str, served: tuple[str, str]
) -> None:
    first = await _say(assistant, before)
    reply = await assistant.reply(IncomingMessage("web", position=Coordinates(51.2069, 16.1457)), first.conversation)
    assert _intent(reply) == served


async def test_a_place_with_a_time_is_asked_about_as_both(assistant: Assistant, parser: FakeParser) -> None:
    parser.learn("sylwester na {place}", ("inform", 0.98))
    asked = await _say(assistant, "sylwester na Piekarach")
    offered = {each.payload.partition("?")[0] for each in asked.answers[0].buttons}
    assert {"air_quality_now", "charger_find", "event_list"} <= offered


async def test_a_wish_that_nothing_fits_is_said_once_and_one_that_fits_stays(assistant: Assistant) -> None:
    first = await _say(assistant, "gdzie ladowarka ccs")
    wished = await _say(assistant, "a 350 kW?", first.conversation)
    assert "moc co najmniej 350 kW" in wished.answers[0].text
    there = await _say(assistant, "a na Chojnowskiej?", first.conversation)
    assert {entity.id for entity in there.entities} == {"ccs", "chojnowska"}
    assert [each.title for each in there.answers[0].buttons][-1] == "Całe miasto"


async def test_asking_for_a_person_is_a_handoff(assistant: Assistant) -> None:
    assert _intent(await _say(assistant, "chcę człowieka")) == ("human_handoff", "handoff")


async def test_an_unknown_conversation_starts_a_new_one(assistant: Assistant) -> None:
    reply = await _say(assistant, "jakie jest powietrze", "made-up")
    assert reply.conversation != "made-up"
    assert (await _say(assistant, "tak", reply.conversation)).conversation == reply.conversation


async def test_the_transcript_holds_no_personal_data_and_no_secret(assistant: Assistant, database: Database) -> None:
    reply = await _say(assistant, "mój telefon 501 234 567, pesel 44051401359")
    await assistant.reply(IncomingMessage("web", position=Coordinates(51.2, 16.1)), reply.conversation)
    digest = keyed_digest(SECRET, reply.conversation)
    async with database.read() as session:
        turns = list(await transcript(session, digest))
    assert [turn.asked for turn in turns] == ["mój telefon [telefon], pesel [PESEL]", "[lokalizacja]"]
    assert reply.conversation not in digest


async def test_old_conversations_are_forgotten(assistant: Assistant, database: Database, clock: FrozenClock) -> None:
    old = await _say(assistant, "jakie jest powietrze")
    clock.advance(timedelta(days=80))
    young = await _say(assistant, "jakie jest powietrze")
    clock.advance(timedelta(days=11))
    await retention(Settings(), database, clock).forget()
    async with database.read() as session:
        assert not list(await transcript(session, keyed_digest(SECRET, old.conversation)))
        assert list(await transcript(session, keyed_digest(SECRET, young.conversation)))
