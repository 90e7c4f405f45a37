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


def test_a_sentence_takes_less_than_three_milliseconds(vocabulary: Vocabulary) -> None:
    text = "Dzień dobry, proszę o ładowarkę CCS 50 kW, a poza tym o dotację na pompę cipeła zamiast kopciucha w domu"
    started = time.perf_counter()
    for _ in range(50):
        vocabulary.find(text)
    assert (time.perf_counter() - started) / 50 < 0.003
