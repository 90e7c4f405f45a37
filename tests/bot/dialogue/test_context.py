"""What is remembered, for how long, and in which form it is stored."""

import json
from datetime import timedelta

from bot.dialogue.context import LIFETIME, Asked, Context, Waiting, merge
from content.answer import Answer, Button
from content.question import Entity
from tests.fakes import FrozenClock

PIEKARY = Entity("district", "piekary", "Piekary", "Piekarach")
CHOJNOWSKA = Entity("street", "chojnowska", "Chojnowska")
CCS = Entity("connector", "ccs", "CCS")


def test_a_new_place_replaces_the_old_one_and_keeps_the_rest() -> None:
    assert merge((PIEKARY, CCS), (CHOJNOWSKA,)) == (CCS, CHOJNOWSKA)


def test_is_forgotten_after_half_an_hour(clock: FrozenClock) -> None:
    context = Context((Asked("charger_find", (CCS,)),), at=clock.now())
    assert context.fresh(clock.now() + LIFETIME) == context
    assert context.fresh(clock.now() + LIFETIME + timedelta(seconds=1)) == Context()


def test_the_last_question_of_each_topic_is_kept_the_newest_first() -> None:
    context = Context()
    for intent in ("air_quality_now", "charger_find", "air_health_advice", "subsidy_amount"):
        context = context.with_question(Asked(intent))
    assert [asked.intent for asked in context.asked] == ["subsidy_amount", "air_health_advice", "charger_find"]
    assert context.of_topic("charging") == Asked("charger_find")


def test_survives_storage_without_the_residents_wording(clock: FrozenClock) -> None:
    flow = Waiting("human_handoff", {"step": 2}, Answer("Ile osób?", buttons=(Button("Jedna", "x?n=1"),)), "Liczba.", 1)
    context = Context((Asked("charger_find", (PIEKARY,)),), ("charger_price",), ("help",), flow)
    stored = json.dumps(context.to_json())
    assert "Piekarach" not in stored
    back = Context.from_json(json.loads(stored), clock.now())
    assert back.asked == (Asked("charger_find", (Entity("district", "piekary", "Piekary"),)),)
    assert (back.offered, back.spare, back.flow) == (("charger_price",), ("help",), flow)


def test_what_an_older_version_stored_is_forgotten(clock: FrozenClock) -> None:
    old = {"intent": "charger_find", "entities": [["connector", "ccs", "CCS"]], "offered": []}
    assert Context.from_json(old, clock.now()) == Context()
