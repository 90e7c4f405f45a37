"""Counts of known turns, ratings and messages for the office, on both engines."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from bot.conversations.models import ConversationRow, TurnRow
from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.handoffs.states import HandoffState
from bot.ratings.models import RatingRow
from bot.statistics import repository
from bot.statistics.repository import RatingCount, TurnCount
from core.database import Database
from core.period import Period

# The clocks go back on the second of these days, which has 25 hours.
AUTUMN = Period(date(2026, 10, 24), date(2026, 10, 26))
_DAY = datetime(2026, 10, 25, 12, 0, tzinfo=UTC)
_Asked = tuple[datetime, str, str, int | None]


async def _talk(database: Database, asked: Sequence[_Asked]) -> list[int]:
    async with database.write() as session:
        talk = ConversationRow(digest=uuid4().hex, channel="web", started_at=_DAY, last_turn_at=_DAY, context={})
        session.add(talk)
        await session.flush()
        rows = [
            TurnRow(
                conversation_id=talk.id,
                at=at,
                asked="?",
                intent=intent,
                confidence=1.0,
                decision=decision,
                answered="!",
                took_ms=took,
            )
            for at, intent, decision, took in asked
        ]
        session.add_all(rows)
        await session.flush()
        return [row.id for row in rows]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def test_turns_are_counted_on_the_polish_day_on_which_they_were(database: Database) -> None:
    await _talk(
        database,
        [
            (_at("2026-10-23T21:59:59"), "greet", "answered", 1),  # still the day before
            (_at("2026-10-23T22:00:00"), "greet", "answered", 1),  # midnight in summer
            (_at("2026-10-24T22:30:00"), "charger_find", "answered", 1),
            (_at("2026-10-25T22:59:59"), "charger_find", "answered", 1),  # an hour later than on other days
            (_at("2026-10-25T22:59:59"), "charger_find", "choose", 1),
            (_at("2026-10-25T23:00:00"), "out_of_scope", "fallback", 1),  # midnight in winter
            (_at("2026-10-26T23:00:00"), "greet", "answered", 1),  # already the day after
        ],
    )
    async with database.read() as session:
        found = await repository.turns(session, AUTUMN)
    assert sorted(found, key=lambda each: (each.day, each.decision)) == [
        TurnCount(0, "greet", "answered", 1),
        TurnCount(1, "charger_find", "answered", 2),
        TurnCount(1, "charger_find", "choose", 1),
        TurnCount(2, "out_of_scope", "fallback", 1),
    ]


async def test_the_time_of_answers_is_counted_where_it_is_known(database: Database) -> None:
    await _talk(database, [(_DAY, "greet", "answered", took) for took in (40, 900, 40, None)])
    await _talk(database, [(_DAY - timedelta(days=9), "greet", "answered", 7)])
    async with database.read() as session:
        assert await repository.answer_times(session, AUTUMN) == {40: 2, 900: 1}


async def test_counts_are_complete_from_the_oldest_end_of_a_conversation(database: Database) -> None:
    async with database.read() as session:
        assert await repository.complete_since(session) is None
    await _talk(database, [(_DAY - timedelta(days=400), "greet", "answered", None)])
    async with database.read() as session:
        assert await repository.complete_since(session) == _DAY


async def test_ratings_belong_to_the_day_of_what_they_rate(database: Database) -> None:
    *rated, earlier = await _talk(
        database,
        [
            *((_DAY, intent, "answered", None) for intent in ("charger_find", "charger_find", "greet")),
            (_DAY - timedelta(days=9), "charger_find", "answered", None),
        ],
    )
    given = zip((*rated, earlier), (True, False, False, True), (None, "wrong", None, None), strict=True)
    async with database.write() as session:
        session.add_all(
            RatingRow(turn_id=turn, helpful=helpful, reason=reason, at=_DAY + timedelta(days=5))
            for turn, helpful, reason in given
        )
    async with database.read() as session:
        found = await repository.ratings(session, AUTUMN)
    assert sorted(found, key=lambda each: (each.intent, each.helpful)) == [
        RatingCount("charger_find", False, "wrong", 1),
        RatingCount("charger_find", True, None, 1),
        RatingCount("greet", False, None, 1),
    ]


async def test_messages_for_the_office_and_how_long_they_waited(database: Database) -> None:
    await _leave(database, "1", _DAY, "closed", replied=[timedelta(hours=3), timedelta(hours=1)])
    await _leave(database, "2", _DAY, "answered", replied=[timedelta(minutes=10)])
    await _leave(database, "3", _DAY, "open", replied=[])
    await _leave(database, "4", _DAY - timedelta(days=9), "open", replied=[timedelta(minutes=1)])
    async with database.read() as session:
        assert await repository.handoffs(session, AUTUMN) == {
            HandoffState.CLOSED: 1,
            HandoffState.ANSWERED: 1,
            HandoffState.OPEN: 1,
        }
        assert await repository.first_replies(session, AUTUMN) == [timedelta(minutes=10), timedelta(hours=1)]


async def _leave(database: Database, number: str, at: datetime, state: str, replied: Sequence[timedelta]) -> None:
    async with database.write() as session:
        row = HandoffRow(
            reference=f"LG-{number}",
            request_key=number,
            owner_digest="owner",
            channel="web",
            topic="air",
            text_sealed=b"",
            reply_to="none",
            state=state,
            created_at=at,
            changed_at=at,
        )
        session.add(row)
        await session.flush()
        session.add(HandoffStepRow(handoff_id=row.id, at=at, by="resident", state="open"))
        steps = (HandoffStepRow(handoff_id=row.id, at=at + wait, by="Anna", state="answered") for wait in replied)
        session.add_all(steps)
