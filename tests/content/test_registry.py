import pytest

from content.answer import Answer
from content.pack import load_city
from content.question import Entity, Question
from content.registry import REMEMBERED_FOR, Registry
from content.texts import Texts
from tests.fakes import FrozenClock

ASKED = Question("air_now", (Entity("district", "piekary", "Piekary", "piekarach"),))


class _Air:
    """A topic whose answer is another one each time."""

    def __init__(self) -> None:
        self.asked = 0

    async def answer(self, question: Question) -> Answer:
        self.asked += 1
        return Answer(f"{question.intent} {self.asked}")


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts(load_city("legnica").folder)


@pytest.fixture
def air() -> _Air:
    return _Air()


async def _texts_of(registry: Registry, *questions: Question) -> list[str]:
    return [(await registry.answer(question)).text for question in questions]


async def test_what_many_ask_at_once_is_answered_once_for_some_seconds(texts: Texts, air: _Air) -> None:
    clock = FrozenClock()
    registry = Registry(texts, {"air_now": air.answer}, clock=clock)
    assert await _texts_of(registry, ASKED, ASKED, Question("air_now")) == ["air_now 1", "air_now 1", "air_now 2"]
    clock.advance(REMEMBERED_FOR)
    assert await _texts_of(registry, ASKED) == ["air_now 3"]


async def test_without_a_clock_each_question_is_answered_anew(texts: Texts, air: _Air) -> None:
    registry = Registry(texts, {"air_now": air.answer})
    assert await _texts_of(registry, ASKED, ASKED) == ["air_now 1", "air_now 2"]
