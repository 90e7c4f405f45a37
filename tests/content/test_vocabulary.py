import time

import pytest

from content.pack import load_city
from content.question import Entity
from content.topics.charging.register import load_register
from content.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(load_register(load_city("legnica").folder).operator_terms())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ile jest pyłu zawieszonego", {("pollutant", "pm10")}),
        ("PM 2.5 teraz", {("pollutant", "pm25"), ("period", "teraz")}),
        ("pm2,5 i PM10", {("pollutant", "pm25"), ("pollutant", "pm10")}),
        ("dwutlenek azotu obecnie", {("pollutant", "no2"), ("period", "teraz")}),
        ("poziom ozonu", {("pollutant", "o3")}),
        ("ile benzenu", {("pollutant", "c6h6")}),
        ("dwutlenek siarki", {("pollutant", "so2")}),
        ("tlenek węgla", {("pollutant", "co")}),
        ("co mam zrobić", set()),
        ("będzie jutro smog w weekend", {("period", "jutro"), ("period", "weekend")}),
        ("jak było w zeszłym tygodniu", {("period", "poprzedni_tydzien")}),
        ("w niedzielę 22 listopada", {("period", "niedziela"), ("period", "11-22")}),
        ("22.11.2026", {("period", "2026-11-22")}),
        ("spacer z dzieckiem i babcią", {("group", "dzieci"), ("group", "seniorzy")}),
        ("jestem w ciąży i mam astmę", {("group", "kobiety_w_ciazy"), ("group", "astmatycy")}),
        ("mogę dziś pobiegać", {("group", "biegacze"), ("period", "dzisiaj")}),
        ("dzięki, wracam z działki", set()),
        ("zatrucie czadem", set()),
        ("dotacja na wymianę kopciucha", {("heat_source", "kopciuch")}),
        ("dotacja na wymiane kopcucha", {("heat_source", "kopciuch")}),
        ("stary piec kaflowy", {("heat_source", "kopciuch")}),
        ("na pellet", {("heat_source", "pellet")}),
        ("a jeśli chodzi o pompę ciepła", {("heat_source", "pompa_ciepla")}),
        ("piec gazowy", {("heat_source", "kociol_gazowy")}),
        ("przyłącze do sieci ciepłowniczej", {("heat_source", "siec_cieplownicza")}),
        ("ogrzewanie elektryczne w bloku", {("heat_source", "ogrzewanie_elektryczne"), ("building", "mieszkanie")}),
        ("dom jednorodzinny", {("building", "dom_jednorodzinny")}),
        ("wspólnota mieszkaniowa", {("building", "wspolnota")}),
        ("w kamienicy", {("building", "mieszkanie")}),
        ("warunki w czystym powietrzu", {("program", "czyste_powietrze")}),
        ("czyste powiertze", {("program", "czyste_powietrze")}),
        ("Ciepłego Mieszkania", {("program", "cieple_mieszkanie")}),
        ("moje ciepło do kiedy", {("program", "moje_cieplo")}),
        ("mój prąd nabór", {("program", "moj_prad")}),
        ("ulgę termomodernizacyjną", {("program", "ulga_termomodernizacyjna")}),
        ("stop smog", {("program", "stop_smog")}),
        ("program gminny", {("program", "program_gminny")}),
        ("nasze auto", {("program", "naszeauto")}),
        ("CCS min. 50 kW", {("connector", "ccs"), ("power_kw", "50")}),
        ("typ 2, typu 2 albo mennekes", {("connector", "type2")}),
        ("leaf ma czademo", {("connector", "chademo")}),
        ("szybka ładowarka", {("power_kw", "50")}),
        ("ile kosztuje 40 kWh", set()),
        ("ładowarka 22kW pod Lidlem", {("power_kw", "22"), ("operator", "lidl")}),
        ("powyżej 100kw", {("power_kw", "100")}),
        ("50-100 kW", {("power_kw", "50")}),
        ("najwyżej 22 kW", {("power_kw", "max_22")}),
        ("wallbox 7,4 kW", {("power_kw", "7")}),
        ("150-tka ccs-2", {("power_kw", "150"), ("connector", "ccs")}),
        ("jak najszybciej proszę", set()),
        ("type-2 albo typ2", {("connector", "type2")}),
        ("cza-de-mo", {("connector", "chademo")}),
        ("grinłej", {("operator", "greenway")}),
        ("ładowarka powerdota", {("operator", "power_dot")}),
        ("oarlen zepsuty", set()),
        ("PM₂,₅ i NO₂", {("pollutant", "pm25"), ("pollutant", "no2")}),
        ("kocioł na drewno", {("heat_source", "kociol_na_drewno")}),
        ("palę brykietem i ekogroszkiem", {("heat_source", "kociol_na_drewno"), ("heat_source", "kociol_na_wegiel")}),
        ("ciepło z miasta od WPEC", {("heat_source", "siec_cieplownicza")}),
        ("stacja pomp i pompka do roweru", {("heat_source", "pompa_ciepla")}),
        ("kamieniem w okno", set()),
        ("to niemożliwe", set()),
        ("w środę wieczorem", {("period", "sroda_wieczorem")}),
        ("wczoraj rano na spacerze z synkiem", {("period", "wczoraj_rano"), ("group", "dzieci")}),
        ("cennik green way", {("operator", "greenway")}),
        ("ładowarka taurona", {("operator", "tauron")}),
    ],
)
def test_finds_the_terms(vocabulary: Vocabulary, text: str, expected: set[tuple[str, str]]) -> None:
    assert {(entity.name, entity.id) for entity in vocabulary.find(text)} == expected


def test_an_entity_carries_its_proper_name_and_what_was_written(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("na kopciucha") == (
        Entity("heat_source", "kopciuch", "stary piec na paliwo stałe", "kopciucha"),
    )


def test_a_term_named_twice_is_one_entity(vocabulary: Vocabulary) -> None:
    assert [entity.text for entity in vocabulary.find("pellet, pellety i jeszcze pellet")] == ["pellet"]


def test_a_button_brings_its_entity_back_by_id(vocabulary: Vocabulary) -> None:
    assert vocabulary.entity("program", "czyste_powietrze") == Entity("program", "czyste_powietrze", "Czyste Powietrze")
    assert vocabulary.entity("power_kw", "150") == Entity("power_kw", "150", "150 kW")
    assert vocabulary.entity("program", "nieznany") is None
    assert vocabulary.entity("nieznany", "x") is None


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("program czyste powietrze", "czyste_powietrze"),
        ("ile mozna dostac w czystym powietrzu", "czyste_powietrze"),
        ("czyste powietrze do kiedy", "czyste_powietrze"),
        ("co to jest czyste powietrze", "czyste_powietrze"),
        ("Czy jest jeszcze Czyste Powietrze", "czyste_powietrze"),
        ("czy jest czyste powietrze na dworze", None),
        ("mamy dzisiaj czyste powietrze?", None),
        ("spacer w czystym powietrzu", None),
        ("zapowiadają na jutro czyste powietrze?", None),
        ("mój prąd nabór", "moj_prad"),
        ("mój prąd wyłączyli, awaria", None),
        ("dopłata nasze auto", "naszeauto"),
        ("nasze auto nie chce się ładować", None),
    ],
)
def test_a_programme_is_told_from_the_ordinary_words_of_its_name(
    vocabulary: Vocabulary, text: str, program: str | None
) -> None:
    found = [entity.id for entity in vocabulary.find(text) if entity.name == "program"]
    assert found == ([program] if program else [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("min. 50 kW", "co najmniej 50 kW"),
        ("50 kW lub więcej", "co najmniej 50 kW"),
        ("nie mniej niż 50 kW", "co najmniej 50 kW"),
        ("powyżej 50 kW", "ponad 50 kW"),
        ("do 50 kW", "do 50 kW"),
        ("50 kW", "50 kW"),
    ],
)
def test_the_name_of_a_power_says_how_it_is_compared(vocabulary: Vocabulary, text: str, name: str) -> None:
    assert [entity.value for entity in vocabulary.find(text)] == [name]


def test_ids_of_powers_and_periods_come_back_from_buttons(vocabulary: Vocabulary) -> None:
    assert vocabulary.entity("power_kw", "max_22") == Entity("power_kw", "max_22", "do 22 kW")
    assert vocabulary.entity("power_kw", "mocna") is None
    assert vocabulary.entity("period", "wczoraj_wieczorem") == Entity(
        "period", "wczoraj_wieczorem", "wczoraj wieczorem"
    )
    assert vocabulary.entity("period", "2026-02-30") is None
    assert vocabulary.entity("period", "kiedyś") is None


def test_a_message_of_a_thousand_letters_takes_less_than_five_milliseconds(vocabulary: Vocabulary) -> None:
    text = (
        "Dzień dobry, proszę o ładowarkę CCS 50 kW, a poza tym o dotację na pompę cipeła zamiast kopciucha w domu. "
        "Wczoraj wieczorem było czuć dym, dziecko kaszlało, a w przyszłym tygodniu przyjeżdża babcia z Poznania. "
    )
    started = time.process_time()
    for _ in range(20):
        vocabulary.find((text * 5)[:1000])
    assert (time.process_time() - started) / 20 < 0.005
