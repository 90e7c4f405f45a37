"""The guided check decides by rules that rest on confirmed facts."""

from datetime import date
from itertools import product

import pytest

from content.question import Entity
from content.topics.subsidies.check import GuidedCheck, decide
from content.topics.subsidies.check_texts import CheckTexts
from content.topics.subsidies.programmes import Programme, Programmes, Verdict
from core.errors import ConfigurationError
from tests.content.topics.subsidies.conftest import TEXTS
from tests.content.topics.subsidies.test_combinations import AMOUNT, AMOUNTS, NAMES

TODAY, NEXT_YEAR = date(2026, 11, 23), date(2027, 1, 1)
OWNER = {"building": "dom_jednorodzinny", "ownership": "wlasciciel"}
PUMP = {"planned": "pompa_ciepla"}


def verdicts(programmes: Programmes, given: dict[str, str], day: date = TODAY) -> dict[str, Verdict]:
    return {found.programme.id: found.verdict for found in GuidedCheck(programmes).findings(given, day)}


@pytest.mark.parametrize(
    ("given", "programme", "verdict"),
    [
        ({**OWNER, "income": "sredni", "current": "stary_piec", **PUMP}, "czyste_powietrze", Verdict.FITS),
        ({**OWNER, "income": "nizszy", "current": "stary_piec", **PUMP}, "czyste_powietrze", Verdict.CONFIRM),
        ({**OWNER, "income": "wyzszy"}, "czyste_powietrze", Verdict.EXCLUDED),
        ({**OWNER, "income": "nie_podaje", "current": "stary_piec"}, "czyste_powietrze", Verdict.CONFIRM),
        ({**OWNER, "planned": "kociol_gazowy"}, "czyste_powietrze", Verdict.EXCLUDED),
        ({**OWNER, "planned": "pellet"}, "czyste_powietrze", Verdict.CONFIRM),
        ({**OWNER, "planned": "nie_wiem"}, "czyste_powietrze", Verdict.CONFIRM),
        ({"building": "mieszkanie"}, "czyste_powietrze", Verdict.EXCLUDED),
        ({"building": "dom_jednorodzinny", "ownership": "nie_wlasciciel"}, "czyste_powietrze", Verdict.EXCLUDED),
        ({**OWNER, "current": "stary_piec"}, "moje_cieplo", Verdict.EXCLUDED),
        ({**OWNER, "current": "nowy_dom", **PUMP}, "moje_cieplo", Verdict.CONFIRM),
        ({**OWNER, "current": "nowy_dom", "planned": "pellet"}, "moje_cieplo", Verdict.EXCLUDED),
        (OWNER, "ulga_termomodernizacyjna", Verdict.CONFIRM),
        ({"building": "mieszkanie"}, "cieple_mieszkanie", Verdict.CONFIRM),
        ({"building": "wspolnota"}, "cieple_mieszkanie", Verdict.CONFIRM),
        ({"building": "dom_jednorodzinny"}, "cieple_mieszkanie", Verdict.EXCLUDED),
        ({"building": "nie_wiem"}, "cieple_mieszkanie", Verdict.CONFIRM),
    ],
    ids=str,
)
def test_what_the_answers_mean(programmes: Programmes, given: dict[str, str], programme: str, verdict: Verdict) -> None:
    assert verdicts(programmes, given)[programme] is verdict


def test_a_programme_that_is_over_is_not_offered(programmes: Programmes) -> None:
    new_house = {**OWNER, "current": "nowy_dom", **PUMP}
    assert "moje_cieplo" not in verdicts(programmes, new_house, NEXT_YEAR)
    said = CheckTexts(GuidedCheck(programmes), TEXTS, NEXT_YEAR).result(new_house)
    assert "Moje Ciepło: Nabór zakończył się 31.12.2026." in said.text


def test_only_questions_that_still_matter_are_asked(programmes: Programmes) -> None:
    check = GuidedCheck(programmes)

    def following(**given: str) -> str | None:
        step = check.next_step(given, TODAY)
        return step.id if step else None

    assert following() == "building"
    assert following(building="mieszkanie") is None
    assert following(building="dom_jednorodzinny") == "ownership"
    assert following(building="dom_jednorodzinny", ownership="nie_wlasciciel") is None
    assert following(**OWNER) == "income"
    # Without Clean Air and with an old stove nothing depends on what is planned.
    assert following(**OWNER, income="wyzszy", current="stary_piec") is None


def test_what_a_question_says_already_is_not_asked(programmes: Programmes) -> None:
    def entities(*named: tuple[str, str]) -> tuple[Entity, ...]:
        return tuple(Entity(kind, value, value) for kind, value in named)

    check = GuidedCheck(programmes)
    house, flat = ("building", "dom_jednorodzinny"), ("building", "mieszkanie")
    assert check.known_from(entities(house, ("heat_source", "kopciuch"), ("heat_source", "pompa_ciepla"))) == {
        "building": "dom_jednorodzinny",
        "current": "stary_piec",
        "planned": "pompa_ciepla",
    }
    assert check.known_from(entities(house, flat)) == {}
    assert check.known_from(entities(("heat_source", "kociol_gazowy"))) == {}


def test_the_level_and_its_amounts_follow_from_the_income(programmes: Programmes) -> None:
    texts = CheckTexts(GuidedCheck(programmes), TEXTS, TODAY)
    result = texts.result({**OWNER, "income": "sredni", "current": "stary_piec", **PUMP})
    said = {fact.label: fact.value for fact in result.facts}
    assert result.text.startswith(
        "Wstępnie pasuje: Czyste Powietrze; może pasować: Ulga termomodernizacyjna.\n"
        "Nie pasuje: Moje Ciepło – tylko dla nowych domów; "
    )
    assert said["Czyste Powietrze – część kosztów, poziom podstawowy"] == "do 40%"
    assert said["Czyste Powietrze – pompa gruntowa, poziom podstawowy"] == "do 18 000 zł"
    assert said["Czyste Powietrze – gdzie potwierdzić"] == "czystepowietrze.gov.pl lub WFOŚiGW we Wrocławiu"
    assert "To wskazówka, a nie decyzja." in result.text
    assert result.private


def without(programmes: Programmes, fact_id: str) -> Programmes:
    """Return the programmes with one fact of Clean Air no longer confirmed."""
    raw = programmes.model_dump()
    for fact in raw["programmes"][0]["facts"]:
        if fact["id"] == fact_id:
            fact["confidence"] = "low"
    return Programmes.model_validate(raw)


def test_a_no_whose_fact_is_in_doubt_becomes_something_to_confirm(programmes: Programmes) -> None:
    gas = {**OWNER, "planned": "kociol_gazowy"}
    assert verdicts(without(programmes, "gas"), gas)["czyste_powietrze"] is Verdict.CONFIRM


def test_without_confirmed_limits_income_is_not_asked(programmes: Programmes) -> None:
    step = GuidedCheck(without(programmes, "income_raised")).next_step(OWNER, TODAY)
    assert step is not None
    assert step.id == "current"


def test_no_combination_invents_an_amount_or_breaks(programmes: Programmes) -> None:
    check = GuidedCheck(programmes)
    texts = CheckTexts(check, TEXTS, TODAY)
    names = [step.id for step in check.steps]
    for options in product(*([option.id for option in step.options] for step in check.steps)):
        answer = texts.result(dict(zip(names, options, strict=True)))
        assert len(answer.text) <= 600, options
        assert not AMOUNT.findall(answer.text), options
        for fact in answer.facts:
            owner = next(one for one, name in NAMES.items() if fact.label.lower().startswith(name.lower()))
            assert set(AMOUNT.findall(fact.value)) <= AMOUNTS[owner], options


def test_rules_name_only_answers_that_are_asked(programmes: Programmes) -> None:
    raw = programmes.programmes[0].model_dump()
    raw["check"] = [{"when": {"building": ["palac"]}, "verdict": "confirm", "because": "rodzaj budynku"}]
    with pytest.raises(ConfigurationError, match=r"czyste_powietrze\.check: building has no answer palac"):
        GuidedCheck(Programmes(programmes=(Programme.model_validate(raw),)))


def test_without_rules_nothing_is_decided() -> None:
    programme = Programme(id="p", name="Program", unknown="Nie wiem.", confirm="urząd")
    assert decide(programme, OWNER, TODAY).verdict is Verdict.CONFIRM
