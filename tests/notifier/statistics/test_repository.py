"""Counts of known subscribers, deliveries and payments, on both engines."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count

from core.database import Database
from core.period import Period
from notifier.announcements.models import AnnouncementRow
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.counts import DeliveryCount
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState
from notifier.spending.models import SpendingRow
from notifier.statistics import repository
from notifier.statistics.figures import Sent
from notifier.statistics.repository import Published
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionDistrictRow, SubscriptionRow

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
_AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
_BEFORE = datetime(2026, 10, 31, 22, 59, tzinfo=UTC)
_NUMBERS = count(1)


async def _contact(
    database: Database,
    channel: str = "sms",
    state: str = "active",
    topics: Sequence[str] = ("announcements",),
    districts: Sequence[str] = (),
    ended: datetime | None = None,
) -> int:
    digest = f"{next(_NUMBERS)}"
    async with database.write() as session:
        contact = ContactRow(
            channel=channel, address_sealed=b"", address_digest=digest, state=state, language="pl", created_at=_AT
        )
        session.add(contact)
        await session.flush()
        for topic in topics:
            row = SubscriptionRow(contact_id=contact.id, topic=topic, created_at=_AT, ended_at=ended)
            session.add(row)
            await session.flush()
            session.add_all(SubscriptionDistrictRow(subscription_id=row.id, district=name) for name in districts)
        return contact.id


async def test_subscribers_are_active_contacts_with_a_running_subscription(database: Database) -> None:
    await _contact(database, topics=("announcements", "smog"), districts=("piekary", "centrum"))
    await _contact(database, districts=("piekary",))
    await _contact(database, "telegram")
    await _contact(database, state="stopped", districts=("piekary",))
    await _contact(database, "telegram", ended=_AT, districts=("piekary",))
    await _contact(database, topics=())
    async with database.read() as session:
        assert await repository.subscribers_by_channel(session) == {"sms": 2, "telegram": 1}
        assert await repository.subscribers_by_topic(session) == {"announcements": 3, "smog": 1}
        assert await repository.subscribers_by_district(session) == {"piekary": 2, "centrum": 1}


async def test_consents_of_a_period_are_counted_by_channel_and_action(database: Database) -> None:
    contact = await _contact(database)
    async with database.write() as session:
        given = (("given", _AT), ("given", _AT), ("withdrawn", _AT), ("given", _BEFORE))
        session.add_all(
            ConsentRow(
                contact_id=contact, topic="smog", action=action, at=at, text_version="1", channel="sms", source="chat"
            )
            for action, at in given
        )
    async with database.read() as session:
        found = await repository.changes_of_mind(session, NOVEMBER)
    assert found == {("sms", "given"): 2, ("sms", "withdrawn"): 1}


async def _broadcast(database: Database, title: str, at: datetime, *sent: tuple[str, DeliveryState, str | None]) -> int:
    """Store a broadcast with deliveries of (channel, state, error); those sent by SMS were paid for twice."""
    contacts = [await _contact(database, channel) for channel, _, _ in sent]
    async with database.write() as session:
        broadcast = BroadcastRow(
            key=f"{title}:{next(_NUMBERS)}",
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
                state=state.value,
                due_at=at,
                attempts=0,
                error=error,
                parts=2 if channel == "sms" and state is DeliveryState.DELIVERED else 0,
            )
            for contact, (channel, state, error) in zip(contacts, sent, strict=True)
        )
        return broadcast.id


_S = DeliveryState


async def test_deliveries_are_counted_by_outcome_on_the_day_of_their_broadcast(database: Database) -> None:
    fault = await _broadcast(
        database,
        "Awaria",
        _AT,
        ("sms", _S.DELIVERED, None),
        ("sms", _S.DELIVERED, None),
        ("sms", _S.FAILED, "30007"),
        ("telegram", _S.SENT, None),
        ("telegram", _S.GONE, None),
    )
    await _broadcast(database, "Wcześniej", _BEFORE, ("sms", _S.DELIVERED, None))
    async with database.read() as session:
        found = await repository.deliveries(session, NOVEMBER)
    assert sorted(found, key=lambda each: (each.channel, each.state)) == [
        DeliveryCount(fault, "sms", _S.DELIVERED, None, 2, 4),
        DeliveryCount(fault, "sms", _S.FAILED, "30007", 1, 0),
        DeliveryCount(fault, "telegram", _S.GONE, None, 1, 0),
        DeliveryCount(fault, "telegram", _S.SENT, None, 1, 0),
    ]


async def test_reasons_lead_to_the_broadcasts_that_they_struck(database: Database) -> None:
    first = await _broadcast(database, "Awaria", _AT, ("sms", _S.FAILED, "30007"), ("sms", _S.FAILED, "30007"))
    second = await _broadcast(
        database,
        "Objazd",
        _AT + timedelta(days=1),
        ("sms", _S.FAILED, "30007"),
        ("telegram", _S.GONE, None),
        ("sms", _S.CANCELLED, "arrived_after_all"),
    )
    async with database.write() as session:
        session.add(_announcement(first))
    async with database.read() as session:
        assert [each.id for each in await repository.published(session, NOVEMBER)] == [second, first]
        sent = Sent(await repository.published(session, NOVEMBER), await repository.deliveries(session, NOVEMBER))
    assert sent.broadcasts[1] == Published(first, "announcement", "Awaria", _AT, 1)
    assert sent.failures() == [("sms", "30007", 3), ("telegram", "gone", 1)]
    assert [(each.broadcast.title, each.count) for each in sent.struck("sms", "30007")] == [
        ("Objazd", 1),
        ("Awaria", 2),
    ]
    assert [(each.broadcast.title, each.count, each.parts) for each in sent.messages()] == [
        ("Objazd", 3, 0),
        ("Awaria", 2, 0),
    ]
    assert (sent.total, sent.arrived) == (5, 0)


async def test_payments_are_told_by_day_and_channel(database: Database) -> None:
    paid = (("sms", 31, 7), ("sms", 1, 40), ("whatsapp", 1, 2), ("sms", 30, 5))
    async with database.write() as session:
        for channel, day, parts in paid:
            month = 10 if day == 31 else 11
            session.add(SpendingRow(channel=channel, day=date(2026, month, day), parts=parts))
    async with database.read() as session:
        assert await repository.spending(session, NOVEMBER) == {
            date(2026, 11, 1): {"sms": 40, "whatsapp": 2},
            date(2026, 11, 30): {"sms": 5},
        }


def _announcement(broadcast: int) -> AnnouncementRow:
    return AnnouncementRow(
        id=1,
        state="sent",
        version=1,
        title="Awaria",
        body="",
        variants={},
        districts=[],
        channels=[],
        is_retraction=False,
        is_on_web=True,
        created_hash="",
        created_at=_AT,
        created_by="Anna",
        broadcast_id=broadcast,
    )
