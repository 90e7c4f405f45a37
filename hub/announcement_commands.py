"""`hub broadcast …`: write an announcement, read it, approve it as a second person."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from core.clock import SystemClock
from core.database import Database
from core.redis import open_redis
from core.settings import Settings
from hub.migrations.run import upgrade
from notifier.announcements.service import Announcements


async def announce(settings: Settings, title: str, body: str, author: str) -> None:
    """Write an announcement, submit it and print how it is approved."""
    async with _announcements(settings) as announcements:
        draft = await announcements.draft(title, body, author)
        await announcements.submit(draft.id)
    print(f"Announcement {draft.id} waits for approval. A second person reads and approves it:")
    print(f"  hub broadcast show {draft.id}")
    print(f'  hub broadcast approve {draft.id} --by "NAME"')


async def show(settings: Settings, announcement_id: int) -> None:
    """Print an announcement as residents will read it."""
    async with _announcements(settings) as announcements:
        shown = await announcements.show(announcement_id)
    print(f"Announcement {shown.id}, {shown.state}, written by {shown.author}:\n\n{shown.title}\n{shown.body}")


async def approve(settings: Settings, announcement_id: int, approver: str) -> None:
    """Approve an announcement, publish it and print how many residents it goes to."""
    async with _announcements(settings) as announcements:
        await announcements.approve(announcement_id, approver)
        published = await announcements.publish(announcement_id)
    print(f"Announcement {published.id} is published; recipients: {published.recipients}.")


@asynccontextmanager
async def _announcements(settings: Settings) -> AsyncIterator[Announcements]:
    async with AsyncExitStack() as stack:
        database = Database(settings.database)
        stack.push_async_callback(database.close)
        redis = open_redis(settings.redis_url or None)
        stack.push_async_callback(redis.aclose)
        await upgrade(database)
        yield Announcements(database, redis, SystemClock())
