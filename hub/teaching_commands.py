"""`hub nlu taught`: what staff taught, as a file."""

from bot.teaching import repository
from core.settings import Settings
from hub.command_base import command_base
from nlu.outcome import Sentence
from nlu.taught import as_training_data


async def taught(settings: Settings) -> None:
    """Print what staff taught, in the form of nlu/rasa/data."""
    async with command_base(settings) as base, base.database.read() as session:
        rows = await repository.taught(session)
    print(as_training_data(Sentence(row.intent, row.text) for row in rows), end="")
