"""Sentence in, rendered answer out: the whole product on frozen data, with the real model."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copy

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.assistant import Assistant
from bot.message import IncomingMessage
from content.answer import Answer
from core.database import Database
from core.http import http_client
from hub.assistant import assistant as build_assistant
from hub.bootstrap import Foundation
from hub.topics import Topics
from nlu.client import RasaClient
from nlu.endpoint import Endpoint
from tests.fakes import FrozenClock

pytestmark = pytest.mark.rasa

FILE = Path(__file__).parents[2] / "nlu" / "rasa" / "tests" / "answers.yml"


class Spoken(BaseModel):
    """A sentence, what its answer must say, and what it must never say."""

    model_config = ConfigDict(extra="forbid")

    text: str
    says: list[str]
    never: list[str] = []


SPOKEN = TypeAdapter(list[Spoken]).validate_python(yaml.safe_load(FILE.read_text(encoding="utf-8")))


# One engine is enough: what is said does not depend on it.
@pytest.fixture
async def database(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "hub.db"
    copy(migrated_file, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    await opened.close()


@pytest.fixture
async def understanding(
    foundation: Foundation, topics: Topics, rasa_endpoint: Endpoint, clock: FrozenClock
) -> AsyncIterator[Assistant]:
    async with http_client(timeout=60.0) as http:
        client = RasaClient(http, lambda: rasa_endpoint, clock, total=10.0)
        yield build_assistant(foundation, topics, client)


@pytest.mark.parametrize("spoken", SPOKEN, ids=lambda spoken: spoken.text)
async def test_the_answer_says_what_was_asked(understanding: Assistant, spoken: Spoken) -> None:
    reply = await understanding.reply(IncomingMessage("web", text=spoken.text), None)
    said = "\n".join(_rendered(answer) for answer in reply.answers)

    assert [words for words in spoken.says if words not in said] == [], said
    assert [words for words in spoken.never if words in said] == [], said


def _rendered(answer: Answer) -> str:
    facts = [f"{fact.label}: {fact.value} {fact.note or ''}" for fact in answer.facts]
    places = [f"{place.name}, {place.address or ''} {' '.join(place.details)}" for place in answer.places]
    return "\n".join([answer.text, *facts, *places]).replace("\N{NO-BREAK SPACE}", " ")
