"""`hub db …`."""

from core.settings import Settings
from hub.commands.base import newest_database


async def upgrade_database(settings: Settings) -> None:
    """Bring the database to the newest version."""
    async with newest_database(settings):
        print("The database is up to date.")
