"""Every programme, question, heat source, building and group together: short, answered, and no amount from nowhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
import yaml

from content.answer import Answer
from content.question import Entity, Question
from content.topics.subsidies.answers import answers
from content.topics.subsidies.programmes import Programmes
from tests.content.topics.subsidies.conftest import CITY, TEXTS, VOCABULARY
from tests.fakes import FrozenClock

INTENTS = (
    *("subsidy_overview", "subsidy_amount", "subsidy_eligibility", "subsidy_apply", "subsidy_deadline"),
    *("subsidy_status", "subsidy_heat_source", "solar_energy"),
)
HEAT_SOURCES = (
    *("kopciuch", "kociol_na_wegiel", "kociol_gazowy", "pellet", "pompa_ciepla", "siec_cieplownicza"),
    *("ogrzewanie_elektryczne", "kominek"),
)
BUILDINGS = ("dom_jednorodzinny", "mieszkanie", "wspolnota")
MOMENTS = (datetime(2026, 11, 23, 18, tzinfo=UTC), datetime(2027, 6, 1, 12, tzinfo=UTC))
RAW = yaml.safe_load((CITY.folder / "programmes.yml").read_text(encoding="utf-8"))
AMOUNT = re.compile(r"\d{1,3}(?: \d{3})+(?=,| i | zł|$)|\d+(?=%| zł)")


def confirmed(programme: dict[str, object]) -> str:
    """Return the texts of a programme's confirmed facts, read without the product's own code."""
    facts = programme.get("facts", [])
    assert isinstance(facts, list)
    return "\n".join(fact["text"] for fact in facts if fact["confidence"] in {"high", "medium"})


NAMES = {programme["id"]: programme["name"] for programme in RAW["programmes"]}
AMOUNTS = {one["id"]: set(AMOUNT.findall(confirmed(one))) for one in RAW["programmes"]}
EVERY_AMOUNT = set().union(*AMOUNTS.values())


def questions(intent: str) -> Iterator[Question]:
    groups = (None, "seniorzy")
    for values in product((None, *NAMES), (None, *HEAT_SOURCES), (None, *BUILDINGS), groups):
        kinds = zip(("program", "heat_source", "building", "group"), values, strict=True)
        named = (VOCABULARY.entity(kind, value) for kind, value in kinds if value)
        yield Question(intent, tuple(entity for entity in named if entity))


def unfounded(question: Question, answer: Answer) -> set[str]:
    """Return the amounts of an answer that no confirmed fact of the programme it speaks of holds."""
    program, building = question.entity("program"), question.entity("building")
    only = AMOUNTS[program.id] if program and not building and question.intent != "solar_energy" else EVERY_AMOUNT
    told = [*answer.text.splitlines(), *(f"{fact.label}: {fact.value}" for fact in answer.facts)]
    wrong: set[str] = set()
    for line in told:
        owner = next((one for one, name in NAMES.items() if line.lower().startswith(name.lower())), None)
        wrong |= set(AMOUNT.findall(line)) - (AMOUNTS[owner] if owner else only)
    return wrong


def test_the_scan_sees_amounts() -> None:
    assert AMOUNTS["czyste_powietrze"] >= {"40", "100", "18 000", "31 500", "45 000", "35 200", "135 000", "3 150"}
    assert not AMOUNTS["moj_prad"]
    invented = Answer("Do 99 000 zł.")
    assert unfounded(Question("subsidy_amount", (Entity("program", "moje_cieplo", ""),)), invented) == {"99 000"}


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
@pytest.mark.parametrize("intent", INTENTS)
async def test_every_combination(programmes: Programmes, clock: FrozenClock, intent: str, moment: datetime) -> None:
    clock.set(moment)
    topic = answers(programmes, TEXTS, clock)
    for question in questions(intent):
        answer = await topic[intent](question)
        asked = [entity.id for entity in question.entities]
        assert answer.text.strip(), asked
        assert len(answer.text) <= 600, asked
        assert 1 <= len(answer.buttons) <= 8, asked
        assert len({button.payload for button in answer.buttons}) == len(answer.buttons), asked
        assert not unfounded(question, answer), asked
        assert bool(answer.sources) == any(
            said in answer.text for said in ("Sprawdzono", "mogły się zmienić", "bez daty")
        )
        assert all(source.url for source in answer.sources), asked
        assert not re.search(r"\{|\}|\bNone\b", answer.text), asked
