"""The pack's programmes, asked in Polish, with the clock frozen."""

from collections.abc import Awaitable, Callable

import pytest

from content.answer import Answer
from content.pack import load_city
from content.question import Question
from content.texts import Texts
from content.topics.charging.register import load_register
from content.topics.subsidies.answers import answers
from content.topics.subsidies.programmes import Programmes, load_programmes
from content.vocabulary import load_vocabulary
from tests.fakes import FrozenClock

Ask = Callable[[str, str], Awaitable[Answer]]
CITY = load_city("legnica")
TEXTS = Texts(CITY.folder)
PROGRAMMES = load_programmes(CITY.folder)
VOCABULARY = load_vocabulary(load_register(CITY.folder).operator_terms())


def asking(programmes: Programmes, clock: FrozenClock) -> Ask:
    """Return what asks an intent with the entities of a text."""
    topic = answers(programmes, TEXTS, clock)

    async def ask(intent: str, text: str) -> Answer:
        return await topic[intent](Question(intent, VOCABULARY.find(text)))

    return ask


@pytest.fixture
def programmes() -> Programmes:
    return PROGRAMMES


@pytest.fixture
def ask(programmes: Programmes, clock: FrozenClock) -> Ask:
    return asking(programmes, clock)
