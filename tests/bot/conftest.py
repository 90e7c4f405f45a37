"""A conversation that is cheap to start: what never changes is read once, the topics answer with their plain texts."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.answering import Answering
from bot.assistant import Assistant
from bot.flows.flow import Flow
from bot.flows.subscriptions import SubscriptionAnswers
from bot.handoffs.service import Handoffs
from bot.handoffs.status import HandoffStatus
from bot.meaning.understander import Understander
from content.pack import load_city
from content.places import PlaceResolver, load_places
from content.registry import Registry
from content.texts import Texts
from content.topics.charging.register import load_register
from content.topics.safety.answers import answers as safety_answers
from content.vocabulary import Vocabulary, load_vocabulary
from core.crypto import AddressVault
from core.database import Database
from core.metrics import TalkMetrics
from tests.bot.talking import SECRET, Talk
from tests.fakes import FakeParser, FrozenClock


@dataclass(frozen=True)
class Knowledge:
    """What the assistant knows of the city, apart from live data."""

    places: PlaceResolver
    vocabulary: Vocabulary
    texts: Texts


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    folder = load_city("legnica").folder
    return Knowledge(load_places(folder), load_vocabulary(load_register(folder).operator_terms()), Texts(folder))


def _copy(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


@pytest.fixture
async def talks(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of conversations; what depends on the engine is tested with the queries."""
    path = tmp_path / "talks.db"
    _copy(migrated_file, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    await opened.close()


@pytest.fixture
def flows() -> list[Flow]:
    """The flows of the conversation; a test file with flows of its own says so."""
    return []


@pytest.fixture
def talk(knowledge: Knowledge, talks: Database, clock: FrozenClock, parser: FakeParser, flows: list[Flow]) -> Talk:
    """A conversation with the real assistant over the fake model."""
    vault = AddressVault(["encryption-" * 4], "index-" * 8)
    subscriptions = SubscriptionAnswers(talks, vault, knowledge.texts, clock, {}, knowledge.places)
    understander = Understander(knowledge.places, knowledge.vocabulary, parser)
    registry = Registry(knowledge.texts, safety_answers(knowledge.texts))
    status = HandoffStatus(talks, knowledge.texts, Handoffs(vault, clock, "LG"))
    answering = Answering(understander, registry, subscriptions, flows, status, clock)
    return Talk(Assistant(talks, answering, clock, SECRET, TalkMetrics()))
