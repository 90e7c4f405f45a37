"""A flow inside a conversation: started, answered, left for another question, taken up again, ended."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.conversations.repository import forget, transcript
from bot.flows.flow import Flow, FlowTurn
from bot.message import IncomingMessage
from content.answer import Answer, Button
from content.question import Question, from_payload
from core.database import Database
from core.secrets import keyed_digest
from tests.bot.talking import SECRET, Talk, payloads, titles
from tests.fakes import FakeParser, FrozenClock


class HouseholdFlow:
    """A flow of two steps: how many people, and whether to send it; what is sent is private."""

    intent = "human_handoff"

    async def start(self, question: Question, message: IncomingMessage) -> FlowTurn:
        buttons = (Button("Jedna", "human_handoff?people=1"),)
        return FlowTurn(Answer("Ile osób?", buttons=buttons), {"step": "people"}, "Proszę podać liczbę, na przykład 3.")

    async def go_on(self, state: Mapping[str, Any], question: Question, message: IncomingMessage) -> FlowTurn | None:
        pressed = dict(from_payload(message.button or "")[1])
        if state["step"] == "people":
            people = pressed.get("people") or (message.text or "")
            buttons = (Button("Wyślij", "human_handoff?send=yes"),)
            sure = Answer(f"Osób: {people}. Wysłać?", buttons=buttons, private=True)
            return FlowTurn(sure, {"step": "send"}, "Proszę odpisać „tak”.") if people.isdecimal() else None
        sends = pressed.get("send") == "yes" or message.text == "tak"
        return FlowTurn(Answer("Wysłane.")) if sends else None


class ForgetFlow:
    """Erases the conversation in which it is started, as a resident may demand."""

    intent = "privacy_data"

    def __init__(self, talks: Database) -> None:
        self._talks = talks

    async def start(self, question: Question, message: IncomingMessage) -> FlowTurn:
        async with self._talks.write() as session:
            await forget(session, keyed_digest(SECRET, message.conversation or ""))
        return FlowTurn(Answer("Usunięte."))

    async def go_on(self, state: Mapping[str, Any], question: Question, message: IncomingMessage) -> FlowTurn | None:
        return None


@pytest.fixture
def flows(talks: Database) -> list[Flow]:
    return [HouseholdFlow(), ForgetFlow(talks)]


@pytest.fixture(autouse=True)
def _knows(parser: FakeParser) -> None:
    parser.learn("nie rozumiem tego", ("feedback", 0.2), ("help", 0.19))
    parser.learn("chyba trzy", ("inform", 0.5))


async def test_is_started_by_its_intent_and_ends_by_itself(talk: Talk) -> None:
    asked = await talk.say("chcę człowieka")
    assert (asked.step.intent, asked.step.decision) == ("human_handoff", "handoff")
    assert titles(asked) == ["Jedna", "Przerwij"]
    assert (await talk.say("3")).answers[0].text == "Osób: 3. Wysłać?"
    ended = await talk.say("tak")
    assert ended.answers[0].text == "Wysłane."
    assert titles(ended) == []
    # It is over: the same words are a new question.
    assert (await talk.say("3")).step.decision == "fallback"


async def test_buttons_carry_the_answers(talk: Talk, parser: FakeParser) -> None:
    parser.is_down = True
    started = await talk.press("human_handoff")
    sure = await talk.press(payloads(started)[0])
    assert sure.answers[0].text == "Osób: 1. Wysłać?"
    assert (await talk.press("human_handoff?send=yes")).answers[0].text == "Wysłane."


async def test_what_is_no_answer_is_asked_again_with_what_is_expected(talk: Talk) -> None:
    await talk.say("chcę człowieka")
    again = await talk.say("chyba trzy")
    assert again.answers[0].text == "Nie wiem, która to odpowiedź. Proszę podać liczbę, na przykład 3.\nIle osób?"
    assert titles(again) == ["Jedna", "Przerwij"]
    # Only once: then the message is answered as it would be without the flow, with the way back.
    let_go = await talk.say("nie rozumiem tego")
    assert let_go.step.decision == "choose"
    assert titles(let_go)[0] == "Wróć: Wiadomość do urzędu"
    # Its choices stand right below the question.
    assert let_go.answers[0].text.endswith("Proszę wybrać, o co chodziło:")
    assert (await talk.say("3")).answers[0].text == "Osób: 3. Wysłać?"


async def test_another_question_is_answered_and_the_flow_waits(talk: Talk) -> None:
    await talk.say("chcę człowieka")
    between = await talk.say("dziękuję")
    assert between.step.intent == "thanks"
    other = await talk.say("dotacja na wymiane kopciucha")
    assert other.step.intent == "subsidy_overview"
    assert other.answers[0].text.endswith("Poprzednia sprawa czeka – można do niej wrócić.")
    back = await talk.press(payloads(other)[0])
    assert back.answers[0].text == "Ile osób?"
    assert (await talk.say("2")).answers[0].text == "Osób: 2. Wysłać?"


@pytest.mark.parametrize("word", ["anuluj", "Przerwij!", "wyjdź", "stop"])
async def test_a_word_ends_it_at_any_step(talk: Talk, word: str) -> None:
    await talk.say("chcę człowieka")
    ended = await talk.say(word)
    assert ended.answers[0].text.startswith("Przerwane")
    assert (await talk.say("3")).step.decision == "fallback"


async def test_the_button_ends_it_and_harms_nothing_later(talk: Talk) -> None:
    asked = await talk.say("chcę człowieka")
    assert (await talk.press(payloads(asked)[-1])).answers[0].text.startswith("Przerwane")
    assert (await talk.press(payloads(asked)[-1])).step.decision == "answered"


async def test_stop_of_a_known_sender_ends_the_notifications_and_the_flow(talk: Talk) -> None:
    talk.sender = "telegram:5123456789"
    await talk.say("chcę człowieka")
    stopped = await talk.say("STOP")
    assert stopped.step.intent == "alerts_unsubscribe"
    assert stopped.answers[0].text.startswith("Przerwane: nic nie zostało wysłane.\n")
    assert not any(title.startswith("Wróć") for title in titles(stopped))
    assert (await talk.say("3")).step.decision == "fallback"


async def test_danger_comes_before_the_flow_and_leads_nowhere_else(talk: Talk) -> None:
    await talk.say("chcę człowieka")
    danger = await talk.say("czuje gaz w klatce")
    assert danger.step.intent == "emergency"
    assert danger.answers[0].buttons == ()
    assert (await talk.say("3")).answers[0].text == "Osób: 3. Wysłać?"


async def test_a_button_of_an_earlier_step_repeats_the_present_question(talk: Talk) -> None:
    started = await talk.press("human_handoff")
    await talk.press(payloads(started)[0])
    again = await talk.press(payloads(started)[0])
    assert again.answers[0].text == "Proszę odpowiedzieć na poprzednie pytanie."
    assert titles(again) == ["Wyślij", "Przerwij"]


async def test_is_forgotten_with_the_context(talk: Talk, clock: FrozenClock) -> None:
    await talk.say("chcę człowieka")
    clock.advance(timedelta(minutes=31))
    assert (await talk.say("3")).step.decision == "fallback"


async def test_what_is_private_is_shown_and_not_kept(talk: Talk, talks: Database) -> None:
    await talk.say("chcę człowieka")
    await talk.say("3")
    assert talk.conversation
    async with talks.read() as session:
        turns = list(await transcript(session, keyed_digest(SECRET, talk.conversation)))
    assert [turn.answered for turn in turns] == ["Ile osób?", "[prywatne]"]


async def test_what_a_flow_erased_is_not_written_back(talk: Talk, talks: Database) -> None:
    await talk.say("jakie powietrze na Piekarach")
    erased = await talk.press("privacy_data")
    assert erased.answers[0].text == "Usunięte."
    assert (await talk.say("a na Zosinku?")).step.decision == "clarify"
    assert talk.conversation
    async with talks.read() as session:
        turns = list(await transcript(session, keyed_digest(SECRET, talk.conversation)))
    assert [turn.asked for turn in turns] == ["[privacy_data]", "a na Zosinku?"]
