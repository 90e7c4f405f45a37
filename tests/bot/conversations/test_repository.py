"""Turns of several conversations stored at once, on both engines."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.conversations.repository import Entry, Turn, forget, load_context, store_turns, transcript
from bot.dialogue.context import Asked, Context
from core.database import Database

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def _entry(digest: str, asked: str, *, minute: int = 0, goes_on: bool = False) -> Entry:
    turn = Turn(asked, "greet", 1.0, "answered", "Dzień dobry!")
    at = NOON + timedelta(minutes=minute)
    return Entry(digest, "web", turn, Context((Asked(asked, ()),), at=at), at, goes_on=goes_on)


async def _store(database: Database, entries: Sequence[Entry]) -> None:
    async with database.write() as session:
        await store_turns(session, entries)


async def _asked(database: Database, digest: str) -> list[str]:
    async with database.read() as session:
        return [turn.asked for turn in await transcript(session, digest)]


async def _context(database: Database, digest: str) -> Context | None:
    async with database.read() as session:
        return await load_context(session, digest)


async def test_each_turn_goes_to_its_own_conversation(database: Database) -> None:
    await _store(database, [_entry("b", "first"), _entry("a", "second")])
    await _store(database, [_entry("c", "third"), _entry("a", "fourth", goes_on=True)])

    assert await _asked(database, "a") == ["second", "fourth"]
    assert await _asked(database, "b") == ["first"]
    assert await _asked(database, "c") == ["third"]


async def test_two_turns_of_one_conversation_at_once_keep_their_order_and_the_later_context(database: Database) -> None:
    entries = [_entry("a", "first"), _entry("b", "other"), _entry("a", "second", minute=1)]
    await _store(database, entries)

    assert await _asked(database, "a") == ["first", "second"]
    assert await _context(database, "a") == entries[2].context


async def test_a_conversation_that_was_erased_meanwhile_begins_anew(database: Database) -> None:
    await _store(database, [_entry("a", "before"), _entry("b", "before")])
    async with database.write() as session:
        await forget(session, "a")
    await _store(database, [_entry("a", "after", minute=1, goes_on=True), _entry("b", "after", minute=1, goes_on=True)])

    assert await _asked(database, "a") == ["after"]
    assert await _context(database, "a") == Context(at=NOON + timedelta(minutes=1))
    assert await _asked(database, "b") == ["before", "after"]
    assert (await _context(database, "b") or Context()).asked == (Asked("after", ()),)
