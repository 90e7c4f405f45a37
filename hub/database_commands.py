"""`hub db …`."""

from core.database import Database
from core.settings import Settings
from hub.migrations.run import upgrade


async def upgrade_database(settings: Settings) -> None:
    """Bring the database to the newest version."""
    database = Database(settings.database)
    try:
        await upgrade(database)
    finally:
        await database.close()
    print("The database is up to date.")
