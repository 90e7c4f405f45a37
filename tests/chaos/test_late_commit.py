"""Replies of the office that are committed in another order than they were written in, as two machines do."""

import asyncio
from contextlib import aclosing

import pytest

from api.chat_events import EventBoard
from api.notices import NoticeBoard
from bot.handoffs.handoff import NewHandoff
from bot.handoffs.live_replies import LiveReplies
from bot.handoffs.service import Handoffs
from content.pack import City
from content.texts import Texts
from core.clock import SystemClock
from core.crypto import AddressVault
from core.database import Database

# SQLite has one writer at a time.
pytestmark = [pytest.mark.servers, pytest.mark.parametrize("database", ["postgresql"], indirect=True)]

LOOK_SECONDS = 0.05


class Office:
    """Two residents with a message each, and the pages that they have open."""

    def __init__(self, database: Database, city: City) -> None:
        clock = SystemClock()
        self.database = database
        self.desk = Handoffs(AddressVault(["k" * 32], "i" * 32), clock, "LG")
        replies = LiveReplies(database, self.desk, Texts(city.folder))
        notices = NoticeBoard(self._nothing, self._nothing, clock, LOOK_SECONDS)
        self._board = EventBoard(replies, notices, clock, asyncio.Event(), LOOK_SECONDS)

    async def _nothing(self) -> None:
        return None

    async def take(self, conversation: str) -> str:
        """Take a message of a conversation on; return its number."""
        new = NewHandoff(conversation, "web", "other", f"conversation:{conversation}", "Lampa nie świeci.")
        async with self.database.write() as session:
            reference = await self.desk.create(session, new)
            await self.desk.assign(session, reference, "ANNA", "ANNA")
        return reference

    async def read(self, conversation: str) -> str:
        """Keep the page of a conversation open until a reply comes; return it."""
        async with asyncio.timeout(20), aclosing(self._board.follow(conversation, 0)) as events:
            return await anext(event async for event in events if "event: reply" in event)


async def test_a_reply_that_is_committed_late_still_reaches_the_open_page(database: Database, city: City) -> None:
    office = Office(database, city)
    slow, quick = await office.take("pierwsza"), await office.take("druga")
    page = asyncio.create_task(office.read("pierwsza"))
    async with database.write() as session:
        await office.desk.reply(session, slow, "Naprawimy jutro.", "ANNA")
        async with database.write() as other:
            await office.desk.reply(other, quick, "Naprawione.", "ANNA")
        # By then every page has looked, and knows of the reply with the higher number.
        assert "Naprawione" in await office.read("druga")
        assert not page.done()
    assert "Naprawimy jutro" in await page
