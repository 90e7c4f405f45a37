"""What is said of the rights of electric cars and of grants to buy them."""

from datetime import datetime

import pytest

from content.answer import Answer
from content.pack import City
from content.question import Entity, Question
from content.texts import Texts
from content.topics.charging.benefits import answers, load_benefits
from core.clock import WARSAW
from tests.content.topics.screen import SCREEN
from tests.fakes import FrozenClock


async def asked(city: City, clock: FrozenClock, *entities: Entity) -> Answer:
    topic = answers(load_benefits(city.folder), Texts(city.folder), clock)
    return await topic["ev_benefits"](Question("ev_benefits", entities))


async def test_each_right_has_a_dated_source_and_a_word_to_check_it(city: City, clock: FrozenClock) -> None:
    answer = await asked(city, clock)
    assert "buspasem do 31.12.2027" in answer.text
    assert "To skrót przepisów, a nie porada prawna." in answer.text
    assert all(source.as_of and source.url for source in answer.sources)
    assert len(answer.sources) == 4
    assert len(answer.text) <= SCREEN


async def test_a_right_that_ended_is_no_longer_said(city: City, clock: FrozenClock) -> None:
    clock.set(datetime(2027, 12, 31, 23, 59, tzinfo=WARSAW))
    assert "buspasem" in (await asked(city, clock)).text
    clock.set(datetime(2028, 1, 1, 0, 0, tzinfo=WARSAW))
    assert "buspasem do" not in (await asked(city, clock)).text


@pytest.mark.parametrize("named", ["naszeauto"])
async def test_a_named_grant_is_answered_alone(city: City, clock: FrozenClock, named: str) -> None:
    answer = await asked(city, clock, Entity("program", named, "NaszEauto"))
    assert answer.text.startswith("• NaszEauto")
    assert "buspas" not in answer.text
    assert "Nie mam potwierdzenia, czy teraz można złożyć wniosek." in answer.text


async def test_another_programme_gives_the_whole_list(city: City, clock: FrozenClock) -> None:
    answer = await asked(city, clock, Entity("program", "moj_prad", "Mój Prąd"))
    assert "Zielone tablice" in answer.text
