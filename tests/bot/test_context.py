from datetime import timedelta

from bot.context import LIFETIME, Context
from content.question import Entity
from tests.fakes import FrozenClock

PIEKARY = Entity("district", "piekary", "Piekary", "Piekarach")
CHOJNOWSKA = Entity("street", "chojnowska", "Chojnowska")
CCS = Entity("connector", "ccs", "CCS")


def test_a_new_place_replaces_the_old_one_and_keeps_the_rest() -> None:
    context = Context("charger_find", (PIEKARY, CCS))
    assert context.merged((CHOJNOWSKA,)) == (CCS, CHOJNOWSKA)


def test_is_forgotten_after_half_an_hour(clock: FrozenClock) -> None:
    context = Context("charger_find", (CCS,), at=clock.now())
    assert context.fresh(clock.now() + LIFETIME) == context
    assert context.fresh(clock.now() + LIFETIME + timedelta(seconds=1)) == Context()


def test_survives_storage_without_the_residents_wording(clock: FrozenClock) -> None:
    stored = Context("charger_find", (PIEKARY,), ("charger_price",)).to_json()
    assert "Piekarach" not in str(stored)
    back = Context.from_json(stored, clock.now())
    assert (back.intent, back.offered) == ("charger_find", ("charger_price",))
    assert back.entities == (Entity("district", "piekary", "Piekary"),)
