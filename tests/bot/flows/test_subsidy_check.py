"""The guided subsidy check as a resident goes through it: by buttons, numbers and words, back, and out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.flows.commands import CANCEL
from bot.flows.flow import FlowTurn
from bot.flows.host import FlowHost
from bot.flows.subsidy_check import SubsidyCheck
from bot.message import IncomingMessage
from bot.sms.renderer import render
from content.answer import Answer
from content.pack import load_city
from content.question import Entity, Question
from content.texts import Texts
from content.topics.subsidies.programmes import load_programmes
from tests.fakes import FrozenClock

CITY = load_city("legnica")
TEXTS = Texts(CITY.folder)
PROGRAMMES = load_programmes(CITY.folder)
HOUSE, PUMP = Entity("building", "dom_jednorodzinny", ""), Entity("heat_source", "pompa_ciepla", "")


@dataclass
class Talk:
    """One resident's way through the check."""

    flow: SubsidyCheck
    turns: list[FlowTurn] = field(default_factory=list)

    async def begin(self, *entities: Entity, button: str | None = None) -> Answer:
        message = IncomingMessage("web", button=button) if button else IncomingMessage("web", text="sprawdź dotację")
        self.turns.append(await self.flow.start(Question("subsidy_check", entities), message))
        return self.turns[-1].answer

    async def say(self, text: str) -> Answer | None:
        return await self.take(IncomingMessage("web", text=text))

    async def press(self, title: str) -> Answer | None:
        buttons = {button.title: button.payload for button in self.turns[-1].answer.buttons}
        return await self.take(IncomingMessage("web", button=buttons[title]))

    async def take(self, message: IncomingMessage) -> Answer | None:
        assert self.turns[-1].state is not None
        turn = await self.flow.go_on(self.turns[-1].state, Question("subsidy_check"), message)
        if turn is None:
            return None
        self.turns.append(turn)
        return turn.answer

    @property
    def state(self) -> Mapping[str, Any] | None:
        return self.turns[-1].state


@pytest.fixture
def flow(clock: FrozenClock) -> SubsidyCheck:
    return SubsidyCheck(PROGRAMMES, TEXTS, clock)


@pytest.fixture
def talk(flow: SubsidyCheck) -> Talk:
    return Talk(flow)


def asked(answer: Answer | None) -> str:
    assert answer is not None
    return answer.text.splitlines()[0]


async def test_the_whole_way_by_buttons(talk: Talk) -> None:
    assert asked(await talk.begin()) == "Gdzie jest potrzebne ogrzewanie?"
    assert asked(await talk.press("Dom")) == "Czy wniosek złoży właściciel lub współwłaściciel?"
    assert asked(await talk.press("Tak")) == "Jaki jest dochód? Wystarczy przedział."
    assert asked(await talk.press("Niższy")) == "Jakie ogrzewanie jest teraz?"
    assert asked(await talk.press("Stary piec")) == "Jakie ogrzewanie jest planowane?"
    result = await talk.press("Pompa ciepła")
    assert result is not None
    assert asked(result) == "Może pasować: Czyste Powietrze, Ulga termomodernizacyjna."
    said = {fact.label: fact.value for fact in result.facts}
    assert said["Czyste Powietrze – część kosztów, poziom podwyższony"] == "do 70%"
    assert said["Czyste Powietrze – do potwierdzenia"] == "czy należy się poziom najwyższy"
    assert talk.state is None
    assert "subsidy_apply?program=czyste_powietrze" in [button.payload for button in result.buttons]


@pytest.mark.parametrize(
    "words",
    [
        ("1", "1", "2", "1", "1"),
        ("1.", "1)", " 2 ", "1", "1"),
        ("mieszkam w domu", "tak", "średni", "kopciuch", "pompa ciepla"),
        ("domek", "jestem wlascicielem", "sredni", "stary piec kaflowy", "chcę pompę"),
        ("Dom.", "współwłaściciel", "raczej przecietny", "mam stary kociol", "pompe ciepła powietrzną"),
    ],
)
async def test_the_same_way_by_numbers_and_words(talk: Talk, words: tuple[str, ...]) -> None:
    await talk.begin()
    for word in words:
        assert await talk.say(word) is not None, word
    assert talk.state is None
    assert asked(talk.turns[-1].answer).startswith("Wstępnie pasuje: Czyste Powietrze;")


async def test_a_flat_needs_one_question(talk: Talk) -> None:
    await talk.begin()
    result = await talk.say("mieszkam w bloku")
    assert result is not None
    assert asked(result) == "Może pasować: Ciepłe Mieszkanie."
    assert talk.state is None
    assert "czy Legnica bierze udział w programie" in "".join(fact.value for fact in result.facts)


async def test_income_may_stay_unsaid_and_is_never_asked_exactly(talk: Talk) -> None:
    await talk.begin(HOUSE)
    income = await talk.say("tak")
    assert income is not None
    assert "do 2 250 zł miesięcznie na osobę" in income.text
    assert "do 135 000 zł rocznie" in income.text
    assert await talk.say("3000") is None
    assert await talk.say("wolę nie podawać") is not None
    await talk.say("kopciuch")
    result = await talk.say("pompa")
    assert result is not None
    assert "poziom, który zależy od dochodu" in "".join(fact.value for fact in result.facts)


async def test_nobody_knows_everything(talk: Talk) -> None:
    await talk.begin()
    while talk.state is not None:
        assert await talk.say("nie wiem") is not None
    assert asked(talk.turns[-1].answer).startswith("Może pasować: Czyste Powietrze, Moje Ciepło")


async def test_what_the_question_says_is_not_asked_but_shown(talk: Talk) -> None:
    first = await talk.begin(HOUSE, PUMP)
    assert asked(first) == "Czy wniosek złoży właściciel lub współwłaściciel?"
    assert "Przyjęte z pytania: Dom jednorodzinny, Pompa ciepła." in first.text
    assert asked(await talk.press("Wstecz")) == "Gdzie jest potrzebne ogrzewanie?"
    assert "Przyjęte" not in talk.turns[-1].answer.text


@pytest.mark.parametrize("word", ["wstecz", "Cofnij", "wróć"])
async def test_one_step_back_asks_the_question_before_again_and_before_the_first_ends(talk: Talk, word: str) -> None:
    await talk.begin()
    assert asked(await talk.say(word)).startswith("Przerwane: nic nie zostało wysłane")
    await talk.begin()
    await talk.say("dom")
    await talk.say("tak")
    assert asked(await talk.say(word)) == "Czy wniosek złoży właściciel lub współwłaściciel?"
    assert asked(await talk.press("Wstecz")) == "Gdzie jest potrzebne ogrzewanie?"
    assert "Wstecz" not in [button.title for button in talk.turns[-1].answer.buttons]
    assert asked(await talk.say("w mieszkaniu")) == "Może pasować: Ciepłe Mieszkanie."


async def test_a_button_of_an_earlier_question_corrects_it(talk: Talk) -> None:
    first = await talk.begin()
    flat = next(button.payload for button in first.buttons if button.title == "Mieszkanie")
    await talk.say("dom")
    await talk.say("tak")
    assert asked(await talk.take(IncomingMessage("web", button=flat))) == "Może pasować: Ciepłe Mieszkanie."


async def test_a_button_pressed_after_the_check_was_forgotten_begins_with_it(talk: Talk) -> None:
    assert asked(await talk.begin(button="subsidy_check?building=dom_jednorodzinny")).startswith("Czy wniosek złoży")
    assert asked(await talk.begin(button="subsidy_check?building=palac")).startswith("Gdzie jest potrzebne")


@pytest.mark.parametrize(
    "text",
    [
        *("", "7", "0", "?", "zielony", "tak", "jakie jest powietrze", "ile kosztuje ładowanie w domu"),
        *("to nie jest dom", "dom i mieszkanie", "gdzie jest blok 5", "co to jest wspólnota"),
    ],
)
async def test_what_is_no_answer_is_left_to_the_talk(talk: Talk, text: str) -> None:
    await talk.begin()
    assert await talk.say(text) is None


@pytest.mark.parametrize("button", ["subsidy_check?building=palac", "subsidy_check?go=up", "subsidy_check?planned="])
async def test_a_button_nobody_offered_changes_nothing(talk: Talk, button: str) -> None:
    await talk.begin()
    assert await talk.take(IncomingMessage("web", button=button)) is None


async def test_a_denial_is_no_consent(talk: Talk) -> None:
    await talk.begin(HOUSE)
    assert asked(await talk.say("nie jestem właścicielem")).startswith("Według potwierdzonych informacji żaden")


async def test_only_chosen_options_are_remembered(talk: Talk) -> None:
    await talk.begin()
    await talk.say("mieszkam w domu po babci Zosi")
    assert talk.state == {
        "given": {"building": "dom_jednorodzinny"},
        "asked": ["building"],
        "step": "ownership",
    }


async def test_every_question_can_be_left_and_says_what_it_waits_for(flow: SubsidyCheck) -> None:
    host = FlowHost([flow], TEXTS)
    message = IncomingMessage("web", text="sprawdź")
    first = await host.start(Question("subsidy_check"), message, None)
    assert CANCEL in [button.payload for button in first.answer.buttons]
    assert first.waiting is not None
    again = host.again(first.waiting)
    assert again is not None
    assert "Proszę napisać numer odpowiedzi albo wybrać przycisk." in again.answer.text
    assert "Gdzie jest potrzebne ogrzewanie?" in again.answer.text


async def test_an_sms_holds_every_answer_of_every_question(talk: Talk) -> None:
    await talk.begin(HOUSE)
    for word in ("1", "2", "1", "7"):
        sms = render(talk.turns[-1].answer).text
        count = len([button for button in talk.turns[-1].answer.buttons if button.title != "Wstecz"])
        assert all(f"{number}) " in sms for number in range(1, count + 1)), sms
        await talk.say(word)
    assert talk.state is None


async def test_next_year_the_programme_that_ended_is_not_asked_for(talk: Talk, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
    await talk.begin(HOUSE)
    for word in ("tak", "wolę nie podawać", "nowy dom", "pompa"):
        await talk.say(word)
    result = talk.turns[-1].answer
    assert "Moje Ciepło: Nabór zakończył się 31.12.2026." in result.text
    assert not [fact for fact in result.facts if fact.label.startswith("Moje Ciepło")]
