"""The stream of a conversation, read as a browser reads it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta

import pytest

from api.chat_events import EventBoard
from api.notices import Banner, LiveAlert, NoticeBoard
from bot.handoffs.handoff import NewHandoff
from bot.handoffs.live_replies import LiveReplies
from bot.handoffs.service import Handoffs
from hub import bootstrap
from tests.api.test_notices import Shown
from tests.fakes import FrozenClock

# The queries are asked on both engines in tests/bot/handoffs.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

TALK = "tajny-numer-rozmowy"


class Town:
    """An office that replies, an alert that begins and ends, and a clock that moves with every look."""

    def __init__(self, base: bootstrap.Foundation, clock: FrozenClock) -> None:
        self._base = base
        self._clock = clock
        self._handoffs = Handoffs(bootstrap.address_vault(base.settings), clock, "LG")
        self.alert: LiveAlert | None = None
        self.banner: Banner | None = None
        self.stop = asyncio.Event()
        replies = LiveReplies(base.database, self._handoffs, base.texts)
        notices = NoticeBoard(self._look, self._shown, clock, every=0.001)
        self.board = EventBoard(replies, notices, clock, self.stop, every=0.001)

    async def _look(self) -> LiveAlert | None:
        self._clock.advance(timedelta(seconds=1))
        return self.alert

    async def _shown(self) -> Banner | None:
        return self.banner

    async def replies(self, *texts: str, conversation: str = TALK) -> None:
        new = NewHandoff(f"{conversation}-{texts}", "web", "other", f"conversation:{conversation}", "Lampa nie świeci.")
        async with self._base.database.write() as session:
            reference = await self._handoffs.create(session, new)
            await self._handoffs.assign(session, reference, "ANNA", "ANNA")
            for text in texts:
                await self._handoffs.reply(session, reference, text, "ANNA")

    async def events(self, conversation: str | None = TALK, after: int = 0) -> AsyncIterator[dict[str, str]]:
        async with aclosing(self.board.follow(conversation, after)) as stream:
            async for block in stream:
                yield dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)


@pytest.fixture
def town(foundation: bootstrap.Foundation, clock: FrozenClock) -> Town:
    return Town(foundation, clock)


async def _next(events: AsyncIterator[dict[str, str]]) -> dict[str, str]:
    async with asyncio.timeout(60):
        return await anext(event async for event in events if event)


async def test_a_reply_comes_to_the_conversation_that_asked_and_to_no_other(town: Town) -> None:
    await town.replies("Naprawimy jutro.", conversation="inna")
    mine = town.events()
    await town.replies("Dziękujemy za zgłoszenie.")
    event = await _next(mine)
    assert event["event"] == "reply"
    assert "Odpowiedź urzędu: Dziękujemy za zgłoszenie." in json.loads(event["data"])["text"]
    assert "Naprawimy" not in event["data"]


async def test_after_a_break_only_what_was_missed_comes(town: Town) -> None:
    await town.replies("Pierwsza odpowiedź.", "Druga odpowiedź.")
    stream = town.events()
    first, second = await _next(stream), await _next(stream)
    assert "Pierwsza" in first["data"]
    assert "Druga" in second["data"]
    again = await _next(town.events(after=int(first["id"])))
    assert again == second


async def test_an_alert_comes_once_and_its_end_too_also_without_a_conversation(town: Town) -> None:
    stream = town.events(None)
    town.alert = LiveAlert("a1", "Zła jakość powietrza", "Proszę ograniczyć czas na dworze.")
    event = await _next(stream)
    assert (event["event"], json.loads(event["data"])["title"]) == ("alert", "Zła jakość powietrza")
    town.alert = None
    assert await _next(stream) == {"event": "alert", "data": "{}"}


async def test_a_banner_comes_with_its_times_and_its_end_too(town: Town, clock: FrozenClock) -> None:
    stream = town.events(None)
    now = clock.now()
    town.banner = Shown("Most jest zamknięty.", "danger", now, now + timedelta(hours=2))
    event = await _next(stream)
    assert (event["event"], json.loads(event["data"])) == (
        "banner",
        {
            "text": "Most jest zamknięty.",
            "level": "danger",
            "from": "2026-11-23T19:30:00+01:00",
            "to": "2026-11-23T21:30:00+01:00",
        },
    )
    town.banner = None
    assert await _next(stream) == {"event": "banner", "data": "{}"}


async def test_the_stream_lives_while_nothing_happens_and_ends_with_the_service(town: Town) -> None:
    async with asyncio.timeout(60):
        stream = town.board.follow(None, 0)
        signs = [await anext(stream), await anext(stream)]
        town.stop.set()
        rest = [event async for event in stream]
    assert signs == [":\n\n", ":\n\n"]
    assert rest == []


async def test_a_fault_of_the_database_is_no_end(
    town: Town, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = iter([OSError("away")])

    async def newest(self: LiveReplies) -> int:
        clock.advance(timedelta(seconds=1))
        for fault in faults:
            raise fault
        return 0

    monkeypatch.setattr(LiveReplies, "newest", newest)
    town.alert = LiveAlert("a1", "Smog", "Uwaga.")
    assert (await _next(town.events(None)))["event"] == "alert"


async def test_a_page_that_is_closed_breaks_no_transaction_off(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def newest(self: LiveReplies) -> int:
        begun.set()
        await may_end.wait()
        ended.set()
        return 0

    monkeypatch.setattr(LiveReplies, "newest", newest)
    reading = asyncio.create_task(_next(town.events()))
    await begun.wait()
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    may_end.set()
    async with asyncio.timeout(60):
        await ended.wait()
