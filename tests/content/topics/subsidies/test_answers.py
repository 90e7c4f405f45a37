"""What residents read about grants, with the clock frozen."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import pytest

from content.answer import Answer
from content.pack import load_city
from content.question import Question
from content.texts import Texts
from content.topics.charging.register import load_register
from content.topics.subsidies.answers import answers
from content.topics.subsidies.programmes import About, Programme, load_programmes
from content.vocabulary import load_vocabulary
from tests.fakes import FrozenClock

Ask = Callable[[str, str], Awaitable[Answer]]
CITY = load_city("legnica")
MONEY_INTENTS = ("subsidy_overview", "subsidy_amount", "subsidy_eligibility", "subsidy_deadline", "subsidy_heat_source")
LAST_MINUTE = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
NEW_YEAR_IN_POLAND = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)


def asking(programmes: tuple[Programme, ...], clock: FrozenClock) -> Ask:
    vocabulary = load_vocabulary(load_register(CITY.folder).operator_terms())
    topic = answers(programmes, Texts(CITY.folder), clock)

    async def ask(intent: str, text: str) -> Answer:
        return await topic[intent](Question(intent, vocabulary.find(text)))

    return ask


@pytest.fixture
def ask(clock: FrozenClock) -> Ask:
    return asking(load_programmes(CITY.folder), clock)


async def test_a_grant_for_replacing_an_old_stove(ask: Ask) -> None:
    answer = await ask("subsidy_overview", "dotacja na wymianę kopciucha")
    assert answer.text == (
        "Na wymianę ogrzewania można dostać dotację lub ulgę. Programy, o których mam potwierdzone informacje:\n"
        "• Czyste Powietrze. Dotacja do wymiany ogrzewania w domach jednorodzinnych, nie w mieszkaniach w blokach. "
        "Nabór jest ciągły. (stan na 16.07.2026)\n"
        "• Moje Ciepło. Dotacja do pompy ciepła w nowym domu jednorodzinnym. "
        "Nabór trwa do 31.12.2026 albo do wyczerpania pieniędzy. (stan na 16.07.2026)\n"
        "• Ulga termomodernizacyjna. Odliczenie od dochodu w PIT, do 53 000 zł na podatnika, "
        "dla właścicieli domów jednorodzinnych. (stan na 16.07.2026)\n"
        "• Ciepłe Mieszkanie. Dla osób w mieszkaniach w budynkach wielorodzinnych. Wniosek składa się w gminie, "
        "jeśli gmina bierze udział w programie. Nie mam potwierdzenia, że Legnica bierze udział w tym programie "
        "i przyjmuje wnioski. (stan na 16.07.2026)\n"
        "Nie mam potwierdzonych informacji o: Mój Prąd, Stop Smog, dotacja Gminy Legnica.\n"
        "Przed złożeniem wniosku warto to sprawdzić na stronie programu lub w: "
        "Urząd Miasta Legnicy, pl. Słowiański 8."
    )
    assert "subsidy_overview?program=czyste_powietrze" in [button.payload for button in answer.buttons]


async def test_a_named_programme_is_described_with_its_date_and_page(ask: Ask) -> None:
    answer = await ask("subsidy_overview", "co to jest czyste powietrze")
    assert answer.text.startswith("Czyste Powietrze (stan na 16.07.2026, 19.08.2026):\n")
    assert "dochód wnioskodawcy do 135 000 zł rocznie" in answer.text
    assert "warto to sprawdzić na stronie https://czystepowietrze.gov.pl" in answer.text
    assert "subsidy_amount?program=czyste_powietrze" in [button.payload for button in answer.buttons]


async def test_amounts_that_sources_disagree_on_are_not_said(ask: Ask) -> None:
    said = "\n".join([(await ask(intent, "czyste powietrze")).text for intent in MONEY_INTENTS])
    for disputed in ("136 200", "135 000 zł dotacji", "66 000", "99 000", "1 300", "1 800", "2 250", "3 150"):
        assert disputed not in said


async def test_participation_of_the_city_is_not_claimed(ask: Ask) -> None:
    answer = await ask("subsidy_overview", "ciepłe mieszkanie")
    assert "Nie mam potwierdzenia, że Legnica bierze udział w tym programie i przyjmuje wnioski." in answer.text


@pytest.mark.parametrize(
    ("text", "name", "page"),
    [
        ("mój prąd", "Mój Prąd", "https://mojprad.gov.pl"),
        ("stop smog", "Stop Smog", "https://www.gov.pl/web/klimat/stop-smog"),
        ("dotacja z miasta", "dotacja Gminy Legnica", "https://portal.legnica.eu"),
    ],
)
@pytest.mark.parametrize("intent", ["subsidy_overview", "subsidy_amount", "subsidy_deadline"])
async def test_a_programme_without_facts_is_honestly_unknown(
    ask: Ask, intent: str, text: str, name: str, page: str
) -> None:
    answer = await ask(intent, text)
    assert answer.text.startswith(f"{name}: Nie mam potwierdzonych informacji")
    assert page in answer.text
    assert not re.search(r"\d zł", answer.text)
    assert "Urząd Miasta Legnicy, pl. Słowiański 8" in answer.text


async def test_a_programme_that_ends_changes_its_answer_by_itself(ask: Ask, clock: FrozenClock) -> None:
    clock.set(LAST_MINUTE)
    assert "do 21 000 zł na pompę gruntową" in (await ask("subsidy_overview", "moje ciepło")).text
    clock.set(NEW_YEAR_IN_POLAND)
    ended = await ask("subsidy_overview", "moje ciepło")
    assert ended.text.startswith("Moje Ciepło: Nabór miał trwać do 31.12.2026. Nie mam potwierdzonych informacji")
    assert "21 000" not in ended.text
    everything = await ask("subsidy_overview", "dotacje")
    assert "• Moje Ciepło" not in everything.text
    assert "Nie mam potwierdzonych informacji o: Moje Ciepło, " in everything.text
    assert "Moje Ciepło" not in (await ask("subsidy_amount", "ile")).text
    assert "Moje Ciepło" not in (await ask("subsidy_deadline", "do kiedy")).text


async def test_amounts_carry_dates_sources_and_the_advice_to_check(ask: Ask) -> None:
    answer = await ask("subsidy_amount", "ile można dostać")
    assert "podstawowy do 40%, podwyższony do 70%, najwyższy do 100%" in answer.text
    assert "(stan na 16.07.2026, 19.08.2026)" in answer.text
    assert {source.as_of for source in answer.sources} == {date(2026, 7, 16), date(2026, 8, 19)}


@pytest.mark.parametrize("intent", MONEY_INTENTS)
@pytest.mark.parametrize(
    "text", ["", "czyste powietrze", "moje ciepło", "ciepłe mieszkanie", "ulga termomodernizacyjna"]
)
async def test_every_answer_says_where_to_check_and_a_fact_never_lacks_a_dated_source(
    ask: Ask, intent: str, text: str
) -> None:
    answer = await ask(intent, text)
    assert "Przed złożeniem wniosku warto to sprawdzić" in answer.text
    assert all(source.as_of and source.url for source in answer.sources)
    assert bool(answer.sources) == ("stan na" in answer.text)


async def test_a_known_programme_without_the_asked_detail_says_so(ask: Ask) -> None:
    answer = await ask("subsidy_amount", "ile w programie ciepłe mieszkanie")
    assert answer.text.startswith("Ciepłe Mieszkanie: Nie mam potwierdzonych informacji na ten temat.")
    assert answer.sources == ()


async def test_a_heat_source_without_facts_is_not_guessed(ask: Ask) -> None:
    answer = await ask("subsidy_heat_source", "dotacja na piec gazowy")
    assert "dotyczy tego źródła ciepła: kocioł gazowy." in answer.text
    pump = await ask("subsidy_heat_source", "pompa ciepła")
    assert "Pompa ciepła musi być na Liście ZUM." in pump.text


@pytest.mark.parametrize("intent", MONEY_INTENTS)
async def test_with_nothing_confirmed_the_first_answer_is_honest(clock: FrozenClock, intent: str) -> None:
    answer = await asking((), clock)(intent, "")
    assert answer.text.startswith("Nie mam ")
    assert "Urząd Miasta Legnicy, pl. Słowiański 8" in answer.text
    assert not re.search(r"\d zł", answer.text)


def fact(**changes: object) -> dict[str, object]:
    return {
        "about": ["overview"],
        "text": "Zdanie.",
        "source": {"name": "Źródło", "url": "https://example.org", "as_of": "2026-07-16"},
        "confidence": "medium",
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, True),
        ({"confidence": "high"}, True),
        ({"confidence": "low"}, False),
        ({"confidence": "unverified"}, False),
        ({"source": {"name": "Źródło bez daty"}}, False),
        ({"valid_from": "2026-11-24"}, False),
        ({"valid_from": "2026-11-23", "valid_to": "2026-11-23"}, True),
        ({"valid_to": "2026-11-22"}, False),
    ],
    ids=str,
)
def test_only_confirmed_dated_and_valid_facts_are_shown(changes: dict[str, object], shown: bool) -> None:
    programme = Programme.model_validate(
        {"id": "p", "name": "Program", "unknown": "Nie wiem.", "facts": [fact(**changes)]}
    )
    assert bool(programme.shown(date(2026, 11, 23), About.OVERVIEW)) is shown


def test_every_fact_of_the_pack_has_a_source_a_date_and_enough_confidence() -> None:
    facts = [fact for programme in load_programmes(CITY.folder) for fact in programme.facts]
    assert len(facts) > 10
    for one in facts:
        assert one.source.name
        assert one.source.url
        assert isinstance(one.source.as_of, date)
        assert one.confidence in {"high", "medium"}
