"""What residents read about grants: the important answers word for word, or nearly so."""

from datetime import UTC, date, datetime

import pytest

from content.answer import Answer
from content.topics.subsidies.programmes import Programmes
from tests.content.topics.subsidies.conftest import Ask, asking
from tests.fakes import FrozenClock

LAST_MINUTE = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
NEW_YEAR_IN_POLAND = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
DETAILS = ("subsidy_amount", "subsidy_eligibility", "subsidy_apply", "subsidy_deadline")
OFFICE = "Miasta Legnicy, pl. Słowiański 8"


def everything(answer: Answer) -> str:
    """Return all that is read: the text and the facts."""
    return "\n".join([answer.text, *(f"{fact.label}: {fact.value} {fact.note or ''}" for fact in answer.facts)])


def payloads(answer: Answer) -> list[str]:
    return [button.payload for button in answer.buttons]


async def test_a_grant_for_replacing_an_old_stove(ask: Ask) -> None:
    answer = await ask("subsidy_overview", "dotacja na wymianę kopciucha")
    assert answer.text == (
        "Potwierdzone dotacje i ulgi na ogrzewanie: "
        "Czyste Powietrze, Moje Ciepło, Ulga termomodernizacyjna, Ciepłe Mieszkanie.\n"
        "Bez potwierdzonych informacji: Mój Prąd, Stop Smog, dotacja Gminy Legnica.\n"
        "Nie mam potwierdzenia, że Legnica bierze udział w programie Ciepłe Mieszkanie i przyjmuje wnioski.\n"
        "Sprawdzono 16.07.2026.\n"
        f"Przed złożeniem wniosku warto to sprawdzić na stronie programu lub w Urzędzie {OFFICE}."
    )
    assert [(fact.label, fact.value) for fact in answer.facts][:2] == [
        ("Czyste Powietrze", "Dotacja na wymianę ogrzewania w domu jednorodzinnym. Nabór jest ciągły"),
        (
            "Moje Ciepło",
            "Dotacja na pompę ciepła w nowym domu jednorodzinnym. Nabór do 31.12.2026 lub do wyczerpania pieniędzy",
        ),
    ]
    assert payloads(answer)[0] == "subsidy_overview?program=czyste_powietrze"
    assert "subsidy_check" in payloads(answer)


async def test_a_named_programme_is_described_with_its_date_and_where_to_confirm(ask: Ask) -> None:
    answer = await ask("subsidy_overview", "co to jest Czyste Powietrze")
    assert answer.text.startswith("Czyste Powietrze: Dotacja na wymianę ogrzewania w domu jednorodzinnym")
    assert "Sprawdzono 16.07.2026, 19.08.2026." in answer.text
    assert "warto to sprawdzić: czystepowietrze.gov.pl lub WFOŚiGW we Wrocławiu." in answer.text
    assert "subsidy_amount?program=czyste_powietrze" in payloads(answer)


async def test_amounts_are_the_confirmed_ones_with_dates_and_sources(ask: Ask) -> None:
    answer = await ask("subsidy_amount", "ile można dostać")
    said = everything(answer)
    assert answer.text.startswith(
        "Czyste Powietrze – część kosztów: "
        "na poziomie podstawowym do 40%, podwyższonym do 70%, najwyższym do 100% uznanych kosztów netto.\n"
    )
    assert "Moje Ciepło – udział w kosztach: 30% (z Kartą Dużej Rodziny 45%)" in said
    assert "do 53 000 zł na podatnika" in said
    assert {source.as_of for source in answer.sources} == {date(2026, 7, 16), date(2026, 8, 19)}


@pytest.mark.parametrize("intent", ["subsidy_amount", "subsidy_heat_source"])
async def test_a_heat_pump_has_its_limits(ask: Ask, intent: str) -> None:
    said = everything(await ask(intent, "pompa ciepła"))
    assert "pompa gruntowa: 18 000, 31 500 i 45 000 zł (najwyżej, kolejno na trzech poziomach)" in said
    assert "pompa powietrze-woda wyższej klasy: 14 080, 24 640 i 35 200 zł" in said
    assert "Moje Ciepło – najwyżej: 21 000 zł na pompę gruntową, 7 000 zł na powietrzną" in said


@pytest.mark.parametrize("intent", ["subsidy_heat_source", "subsidy_amount", "subsidy_eligibility", "subsidy_apply"])
async def test_a_gas_boiler_gets_no_grant_and_why(ask: Ask, intent: str) -> None:
    answer = await ask(intent, "na piec gazowy")
    assert answer.text.startswith(
        "Nie – Czyste Powietrze: nowy samodzielny kocioł gazowy nie jest dotowany "
        "(dyrektywa 2024/1275, artykuł 17 ustęp 15).\n"
    )
    assert "Źródło bez daty, odczytane 22.11.2026." in answer.text
    assert "nabór od 15.07.2025 do 17.11.2025" in everything(answer)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("pellet", "Nie mam potwierdzonych zasad ani kwot dotacji na kocioł na pellet."),
        ("sieć ciepłownicza", "Nie mam potwierdzonych zasad ani kwot dotacji na podłączenie do sieci ciepłowniczej."),
        ("ogrzewanie elektryczne", "Nie mam potwierdzonych zasad ani kwot dotacji na ogrzewanie elektryczne."),
        ("kocioł węglowy", "Nie mam potwierdzonej żadnej dotacji na kocioł na węgiel."),
        ("kominek", "Nie mam potwierdzonej żadnej dotacji na kominek ani kocioł na drewno."),
        ("kopciuch", "Stary piec na paliwo stałe to ogrzewanie do wymiany. Dotacja dotyczy nowego źródła ciepła."),
        ("moje ciepło pellet", "Nie – Moje Ciepło: tylko pompy ciepła w nowych domach."),
        ("ulga termomodernizacyjna pellet", "Nie mam potwierdzenia, na jakie źródła ciepła jest ulga."),
    ],
)
async def test_what_is_not_known_of_a_heat_source_is_not_guessed(ask: Ask, text: str, first: str) -> None:
    assert (await ask("subsidy_heat_source", text)).text.splitlines()[0] == first


async def test_a_coal_stove_named_beside_a_pump_is_what_gives_way(ask: Ask) -> None:
    answer = await ask("subsidy_heat_source", "na stary piec na węgiel dotacja pompa ciepła")
    assert answer.text.startswith("Pompa ciepła: dotacja jest możliwa.")
    assert "kocioł na węgiel" not in everything(answer)


async def test_an_old_ban_is_said_with_its_date(ask: Ask) -> None:
    answer = await ask("subsidy_heat_source", "kopciuch")
    assert "Uchwała antysmogowa: od 1.07.2024 nie wolno używać urządzeń poniżej klasy 3" in everything(answer)
    assert "Informacje z 17.04.2024 mogły się zmienić." in answer.text
    assert "heating_rules" in payloads(answer)


async def test_conditions_of_clean_air_and_what_is_not_confirmed(ask: Ask) -> None:
    answer = await ask("subsidy_eligibility", "kto dostanie czyste powietrze")
    said = everything(answer)
    assert "do 135 000 zł rocznie" in said
    assert "do 2 250 zł miesięcznie na osobę (gospodarstwo jednoosobowe do 3 150 zł)" in said
    assert "Audyt energetyczny: wymagany" in said
    assert "Nie mam potwierdzonego progu dochodu na poziomie najwyższym." in said


async def test_an_application_names_the_place_and_no_unconfirmed_phone(ask: Ask) -> None:
    answer = await ask("subsidy_apply", "jak złożyć wniosek do czystego powietrza")
    said = everything(answer)
    assert answer.text.startswith("Czyste Powietrze: Wnioski z Legnicy obsługuje WFOŚiGW we Wrocławiu")
    assert "Operator (pomoc gminy lub WFOŚiGW): obowiązkowy na poziomie najwyższym i przy prefinansowaniu" in said
    assert "tel." not in said


async def test_the_state_of_an_application_is_never_pretended(ask: Ask) -> None:
    answer = await ask("subsidy_status", "co z wnioskiem czyste powietrze")
    assert answer.text.startswith("Nie mam dostępu do wniosków")
    assert "WFOŚiGW we Wrocławiu" in answer.text
    assert "numer wniosku" in answer.text
    assert "nie podawać tutaj numeru PESEL" in answer.text
    assert OFFICE in (await ask("subsidy_status", "co z wnioskiem")).text


async def test_solar_energy_is_honest_about_its_programme(ask: Ask) -> None:
    answer = await ask("solar_energy", "mój prąd")
    assert answer.text.startswith("Mój Prąd: Nie mam potwierdzonych informacji o tym, czy trwa nabór")
    assert "mojprad.gov.pl" in answer.text
    assert answer.facts[0].label == "Ulga termomodernizacyjna – odliczenie od dochodu"


@pytest.mark.parametrize("intent", ["subsidy_overview", *DETAILS])
async def test_a_flat_leads_to_the_one_programme_for_flats_without_a_promise(ask: Ask, intent: str) -> None:
    answer = await ask(intent, "mieszkanie w bloku")
    said = everything(answer)
    assert "Ciepłe Mieszkanie" in said
    assert "Nie mam potwierdzenia, że Legnica bierze udział w programie Ciepłe Mieszkanie" in said
    assert "Czyste Powietrze" not in said


async def test_a_programme_not_for_flats_says_so_and_names_the_other(ask: Ask) -> None:
    answer = await ask("subsidy_eligibility", "czyste powietrze w bloku")
    assert answer.text.startswith("Czyste Powietrze: program nie obejmuje mieszkań w budynkach wielorodzinnych.\n")
    assert "Ciepłe Mieszkanie: Dla osób w mieszkaniach w budynkach wielorodzinnych" in answer.text


async def test_a_programme_not_for_houses_says_so_before_the_others(ask: Ask) -> None:
    answer = await ask("subsidy_amount", "ciepłe mieszkanie w domu jednorodzinnym")
    assert answer.text.startswith(
        "Ciepłe Mieszkanie: program nie obejmuje domów jednorodzinnych.\nCzyste Powietrze – część kosztów: "
    )


@pytest.mark.parametrize(
    ("text", "name", "where"),
    [
        ("mój prąd", "Mój Prąd", "mojprad.gov.pl"),
        ("stop smog", "Stop Smog", OFFICE),
        ("dotacja z miasta", "Dotacja Gminy Legnica", OFFICE),
    ],
)
@pytest.mark.parametrize("intent", ["subsidy_overview", *DETAILS])
async def test_a_programme_without_confirmed_facts_is_honestly_unknown(
    ask: Ask, intent: str, text: str, name: str, where: str
) -> None:
    answer = await ask(intent, text)
    assert answer.text.startswith(f"{name}: Nie mam potwierdzonych informacji")
    assert where in answer.text
    assert answer.facts == ()


async def test_a_known_programme_without_the_asked_thing_says_so(ask: Ask) -> None:
    answer = await ask("subsidy_amount", "ile w programie ciepłe mieszkanie")
    assert answer.text.startswith("Ciepłe Mieszkanie: Nie mam potwierdzonych kwot.")
    assert payloads(answer)[0] == "subsidy_overview?program=cieple_mieszkanie"


async def test_a_car_grant_leads_to_the_answer_about_cars(ask: Ask) -> None:
    assert payloads(await ask("subsidy_overview", "naszeauto"))[0] == "ev_benefits?program=naszeauto"


async def test_a_group_without_rules_of_its_own_is_not_promised_any(ask: Ask) -> None:
    answer = await ask("subsidy_eligibility", "kto dostanie, jestem emerytem")
    assert "Nie mam potwierdzonych osobnych zasad dla grupy: osoby starsze.\n" in answer.text


async def test_a_programme_that_ends_changes_its_answers_by_itself(ask: Ask, clock: FrozenClock) -> None:
    clock.set(LAST_MINUTE)
    assert "21 000 zł" in everything(await ask("subsidy_amount", "moje ciepło"))
    clock.set(NEW_YEAR_IN_POLAND)
    for intent in ("subsidy_overview", "subsidy_heat_source", *DETAILS):
        ended = await ask(intent, "moje ciepło")
        assert ended.text.startswith("Moje Ciepło: Nabór zakończył się 31.12.2026. Nie mam potwierdzonych informacji")
        assert ended.facts == ()
    everyone = everything(await ask("subsidy_overview", "dotacje"))
    assert "Moje Ciepło: Nabór zakończył się 31.12.2026." in everyone
    assert "pompy ciepła w nowym domu" not in everyone
    assert "Moje Ciepło" not in everything(await ask("subsidy_amount", "ile"))


@pytest.mark.parametrize(
    ("day", "dates"),
    [
        (datetime(2027, 1, 12, 12, tzinfo=UTC), "Sprawdzono 16.07.2026."),
        (datetime(2027, 1, 13, 12, tzinfo=UTC), "Informacje z 16.07.2026 mogły się zmienić."),
    ],
)
async def test_after_180_days_a_fact_is_softened(ask: Ask, clock: FrozenClock, day: datetime, dates: str) -> None:
    clock.set(day)
    assert dates in (await ask("subsidy_deadline", "do kiedy czyste powietrze")).text


async def test_old_and_fresh_facts_are_told_apart(ask: Ask, clock: FrozenClock) -> None:
    clock.set(datetime(2027, 1, 20, tzinfo=UTC))
    answer = await ask("subsidy_amount", "czyste powietrze")
    notes = {fact.label: fact.note for fact in answer.facts}
    assert answer.text.startswith("Czyste Powietrze: część kosztów na poziomie podstawowym do 40%")
    assert notes["Pompa gruntowa"] == "stan z 16.07.2026, mógł się zmienić"
    assert "Sprawdzono 19.08.2026.\nInformacje z 16.07.2026 mogły się zmienić." in answer.text


@pytest.mark.parametrize("intent", ["subsidy_overview", "subsidy_heat_source", "solar_energy", *DETAILS])
async def test_with_nothing_confirmed_the_answer_is_honest(clock: FrozenClock, intent: str) -> None:
    answer = await asking(Programmes(), clock)(intent, "")
    assert answer.text.startswith("Nie mam ")
    assert answer.facts == ()
    assert OFFICE in answer.text


async def test_a_no_for_a_flat_is_not_taken_for_a_no_at_all(ask: Ask) -> None:
    limited = "To odpowiedź dla: mieszkanie. Dla innego budynku może być inna."
    assert limited in (await ask("subsidy_amount", "ile na pompę ciepła do mieszkania")).text
    assert "To odpowiedź dla" not in (await ask("subsidy_amount", "ile na pompę ciepła do mojego domu")).text
