"""What short words say inside a conversation."""

import pytest

from bot.meaning.fragments import (
    after_return,
    chosen,
    hints_at_a_place,
    is_bare,
    is_elliptic,
    is_no,
    is_yes,
    objects,
    short_question,
)
from content.pack import City
from content.places import load_places
from content.question import Entity
from content.topics.charging.register import load_register
from content.vocabulary import load_vocabulary

OFFERS = ("subsidy_amount", "charger_price", "help")


def _entities(city: City, text: str) -> tuple[Entity, ...]:
    places = load_places(city.folder)
    vocabulary = load_vocabulary(load_register(city.folder).operator_terms())
    return (*places.entities(places.find(text)), *vocabulary.find(text))


@pytest.mark.parametrize(
    "text",
    [
        *("a na Zosinku?", "nie, chodziło mi o Przybków", "a dla pelletu?", "CCS", "50 kW", "mieszkam na Piekarach"),
        *("a w takim razie przy Chojnowskiej", "a dla dzieci?", "a wczoraj", "no to dla wspólnoty mieszkaniowej"),
    ],
)
def test_a_bare_value_asks_nothing_itself(city: City, text: str) -> None:
    assert is_bare(text, _entities(city, text))


@pytest.mark.parametrize(
    "text", ["ładowarka CCS Piekary", "smog piekary", "ile na pellet", "słupek type 2 na Koperniku", "tak", ""]
)
def test_a_topic_word_makes_it_more_than_a_value(city: City, text: str) -> None:
    assert not is_bare(text, _entities(city, text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a ile to kosztuje?", "ile"),
        ("do kiedy?", "kiedy"),
        ("a gdzie to znajdę", "gdzie"),
        ("a gdzie złożyć", None),
        ("a kto może?", "kto"),
        ("a jak to zrobić?", "jak"),
        ("jak zapłacić", None),
        ("za ile", "ile"),
        ("ile czasu to trwa", None),
        ("ile ich jest", None),
        ("gdzie jest apteka", None),
        ("gdzie i ile", None),
        ("", None),
    ],
)
def test_a_question_of_only_a_question_word(text: str, key: str | None) -> None:
    assert short_question(text) == key


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("1", OFFERS[0]),
        ("to drugie", OFFERS[1]),
        ("ten pierwszy", OFFERS[0]),
        ("poproszę trzecie", OFFERS[2]),
        ("druga opcja", OFFERS[1]),
        ("4", None),
        ("0", None),
        ("drugi program", None),
        ("tak", None),
    ],
)
def test_an_offer_is_named_by_its_place(text: str, payload: str | None) -> None:
    assert chosen(text, OFFERS) == payload


def test_the_second_question_is_the_only_offer() -> None:
    assert chosen("to drugie", ("charger_find",)) == "charger_find"
    assert chosen("drugie pytanie", ("charger_find",)) == "charger_find"
    assert chosen("2", ("charger_find",)) is None
    assert chosen("to drugie", ()) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a wracając do ładowarek", "ładowarek"),
        ("Wracam do dotacji, ile to jest?", "dotacji, ile to jest?"),
        ("ok, a co do smogu", "smogu"),
        ("wracam do domu", "domu"),
        ("kiedy wracacie do pracy", None),
        ("wracając", None),
    ],
)
def test_going_back_by_name(text: str, rest: str | None) -> None:
    assert after_return(text) == rest


def test_yes_and_no_in_several_languages() -> None:
    assert all(is_yes(text) for text in ("Tak!", "taaak", "no tak", "так", "да", "yes"))
    assert all(is_no(text) for text in ("Nie.", "nieee", "ні", "нет", "nein"))
    assert not is_yes("tak sobie")
    assert not is_no("nie wiem")


@pytest.mark.parametrize("text", ["nie o to mi chodzi", "to nie to", "Nie to!", "źle mnie zrozumiałeś", "coś innego"])
def test_an_objection(text: str) -> None:
    assert objects(text)


@pytest.mark.parametrize("text", ["nie", "nie o to pytam, gdzie jest ładowarka", "nie wiem", "to", ""])
def test_no_objection(text: str) -> None:
    assert not objects(text)


def test_a_place_nobody_knows_is_noticed() -> None:
    assert hints_at_a_place("a na Kwiatowej?")
    assert not hints_at_a_place("na pewno")
    assert not hints_at_a_place("najwyższy poziom")
    assert not hints_at_a_place("a jak mam 2500 na osobę")
    assert not hints_at_a_place("2500 na głowę na miesiąc")
    assert hints_at_a_place("a na Osobowickiej?")


def test_going_on_from_before() -> None:
    assert is_elliptic("a jaka jest cena")
    assert is_elliptic("ile tam kosztuje")
    assert not is_elliptic("a może podasz numer")
    assert not is_elliptic("jaka jest cena")
