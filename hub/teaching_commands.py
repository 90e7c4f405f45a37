"""`hub nlu taught`: what staff taught, as a file."""

from bot.teaching import repository
from core.database import Database
from core.settings import Settings
from nlu.outcome import Sentence
from nlu.taught import as_training_data


async def taught(settings: Settings) -> None:
    """Print what staff taught, in the form of nlu/rasa/data."""
    database = Database(settings.database)
    try:
        async with database.read() as session:
            rows = await repository.taught(session)
    finally:
        await database.close()
    print(as_training_data(Sentence(row.intent, row.text) for row in rows), end="")
