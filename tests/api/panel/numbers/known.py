"""A small city whose figures are known; its today is 23 November 2026."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from bot.conversations.models import ConversationRow, TurnRow
from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.ratings.models import RatingRow
from content.sources.status import SourceStatus
from core.database import Database
from notifier.announcements.models import AnnouncementRow
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.models import DeliveryRow
from notifier.spending.models import SpendingRow
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionDistrictRow, SubscriptionRow

ASKED = (
    ("air_quality_now", "answered", 100),
    ("air_quality_now", "answered", 200),
    ("charger_find", "answered", 400),
    ("charger_find", "choose", 50),
    ("out_of_scope", "fallback", 2500),
)
"""What is asked of a day: intent, decision and milliseconds."""


async def ask(database: Database, at: datetime, asked: Sequence[tuple[str, str, int]] = ASKED) -> list[int]:
    """Store a conversation of that moment and return the ids of its turns."""
    async with database.write() as session:
        talk = ConversationRow(digest=uuid4().hex, channel="web", started_at=at, last_turn_at=at, context={})
        session.add(talk)
        await session.flush()
        turns = [
            TurnRow(
                conversation_id=talk.id,
                at=at,
                asked=f"pytanie o {intent}",
                intent=intent,
                confidence=0.9,
                decision=decision,
                answered="Odpowiedź.",
                took_ms=took,
            )
            for intent, decision, took in asked
        ]
        session.add_all(turns)
        await session.flush()
        return [turn.id for turn in turns]


async def rate(database: Database, turn: int, at: datetime, reason: str | None, *, helpful: bool) -> None:
    """Rate a turn."""
    async with database.write() as session:
        session.add(RatingRow(turn_id=turn, helpful=helpful, reason=reason, at=at))


async def leave_case(database: Database, at: datetime, replied: timedelta | None) -> None:
    """Leave a message for the office; it is answered after a while, or open."""
    state = "answered" if replied else "open"
    async with database.write() as session:
        row = HandoffRow(
            reference=uuid4().hex[:12],
            request_key=uuid4().hex,
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
        if replied:
            session.add(HandoffStepRow(handoff_id=row.id, at=at + replied, by="Anna Nowak", state="answered"))


async def subscribe(database: Database, at: datetime, channel: str, districts: Sequence[str] = ()) -> int:
    """Sign somebody up for announcements and return the contact."""
    async with database.write() as session:
        contact = ContactRow(
            channel=channel,
            address_sealed=b"",
            address_digest=uuid4().hex,
            state="active",
            language="pl",
            created_at=at,
        )
        session.add(contact)
        await session.flush()
        wish = SubscriptionRow(contact_id=contact.id, topic="announcements", created_at=at)
        consent = ConsentRow(
            contact_id=contact.id,
            topic="announcements",
            action="given",
            at=at,
            text_version="1",
            channel=channel,
            source="web",
        )
        session.add_all([wish, consent])
        await session.flush()
        session.add_all(SubscriptionDistrictRow(subscription_id=wish.id, district=name) for name in districts)
        return contact.id


async def publish(
    database: Database, at: datetime, title: str, sent: Sequence[tuple[int, str, str, str | None, int]]
) -> None:
    """Store an announcement with deliveries of (contact, channel, state, error, parts)."""
    async with database.write() as session:
        broadcast = BroadcastRow(
            key=uuid4().hex,
            kind="announcement",
            topic="announcements",
            title=title,
            body="",
            priority=10,
            created_at=at,
        )
        session.add(broadcast)
        await session.flush()
        session.add_all(
            DeliveryRow(
                broadcast_id=broadcast.id,
                contact_id=contact,
                channel=channel,
                priority=10,
                state=state,
                due_at=at,
                attempts=1,
                error=error,
                parts=parts,
            )
            for contact, channel, state, error, parts in sent
        )
        session.add(_announcement(broadcast.id, title, at))


async def pay(database: Database, day: date, parts: int) -> None:
    """Enter what was paid for SMS on a day."""
    async with database.write() as session:
        session.add(SpendingRow(channel="sms", day=day, parts=parts))


async def hear(database: Database, name: str, at: datetime, failures: int) -> None:
    """Enter when a source answered last."""
    async with database.write() as session:
        row = SourceStatus(name=name, last_success_at=at, as_of=at, rows=12, rejected=1, failures=failures)
        session.add(row)


def _announcement(broadcast: int, title: str, at: datetime) -> AnnouncementRow:
    return AnnouncementRow(
        state="sent",
        version=1,
        title=title,
        body="Treść",
        variants={},
        districts=[],
        channels=[],
        is_retraction=False,
        is_on_web=True,
        created_hash="",
        created_at=at,
        created_by="Anna Nowak",
        published_at=at,
        broadcast_id=broadcast,
    )
