"""Teaching put together: the services of the panel, and what runs a training beside the product."""

import sys
from functools import cache
from pathlib import Path

from bot.teaching import repository
from bot.teaching.known import KnownSentences
from bot.teaching.lessons import Lessons
from bot.teaching.runner import TrainingRunner
from bot.teaching.trainings import Trainings
from content.pack import City
from content.places import load_places
from core.clock import Clock
from core.database import Database
from core.settings import Settings
from hub.bootstrap import Foundation
from hub.understanding.model import models_folder
from nlu.judging.outcome import Sentence
from nlu.shared.shelf import SharedShelf, Shelf, StoreShelf
from nlu.store import ModelStore


def lessons(database: Database, clock: Clock, city: City) -> Lessons:
    """Return what teaches sentences."""
    return Lessons(database, clock, known_sentences(city.folder))


@cache
def known_sentences(folder: Path) -> KnownSentences:
    """Return the sentences of the release with the places of a city pack, read once a process."""
    return KnownSentences(lambda: load_places(folder))


def trainings(settings: Settings, database: Database, clock: Clock) -> Trainings:
    """Return what staff decide about models with."""
    return Trainings(database, clock, shelf(settings))


def shelf(settings: Settings) -> Shelf:
    """Return the models as this process sees them: its own store, or what those of NLU_URL share."""
    return SharedShelf() if settings.nlu_url else StoreShelf(ModelStore(models_folder(settings)))


def training_runner(base: Foundation) -> TrainingRunner:
    """Return what runs trainings in processes of their own, which need nothing but model and city pack."""
    settings = base.settings
    command = [sys.executable, "-m", "hub.understanding.learn"]
    environment = {
        "VAR_DIR": str(settings.var_dir.absolute()),
        "CITY": settings.city,
        "CITY_PACKS": str(settings.city_packs.absolute()),
        "NLU_PYTHON": str(settings.nlu_python.absolute()),
    }
    return TrainingRunner(base.database, base.clock, command, environment)


async def taught_before(database: Database) -> tuple[Sentence, ...]:
    """Return what the model learned that was put in service last: a machine without models begins with it."""
    async with database.read() as session:
        training = await repository.last_promoted(session)
        rows = await repository.taught_by_ids(session, training.sentence_ids) if training else ()
    return tuple(Sentence(row.intent, row.text) for row in rows)
