"""What waits in the queue, and what the providers answered lately, on both databases."""

from datetime import timedelta

from core.database import Database
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.counts import DeliveryCount, delivery_counts
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.queue import ProviderError, QueuePart, provider_errors, queue
from notifier.deliveries.states import DeliveryState
from notifier.subscriptions.models import ContactRow
from tests.fakes import FrozenClock

_MINUTE = timedelta(minutes=1)


class Post:
    """Writes broadcasts and deliveries as they stand at a moment."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.now = clock.now()
        self._contacts = 0

    async def broadcast(self, key: str, state: str = "sending", age: timedelta = _MINUTE) -> int:
        row = BroadcastRow(
            key=key,
            kind="alert",
            topic="smog",
            title="Tytuł",
            body="Treść",
            priority=0,
            created_at=self.now - age,
            state=state,
        )
        async with self.database.write() as session:
            session.add(row)
            await session.flush()
        return row.id

    async def delivery(
        self,
        broadcast_id: int,
        state: DeliveryState,
        due: timedelta,
        channel: str = "sms",
        priority: int = 0,
        error: str | None = None,
    ) -> None:
        self._contacts += 1
        contact = ContactRow(
            channel=channel,
            address_sealed=b"x",
            address_digest=f"d{self._contacts}",
            state="active",
            created_at=self.now,
        )
        async with self.database.write() as session:
            session.add(contact)
            await session.flush()
            row = DeliveryRow(
                broadcast_id=broadcast_id,
                contact_id=contact.id,
                channel=channel,
                priority=priority,
                state=state.value,
                due_at=self.now + due,
                attempts=0,
                error=error,
                finished_at=None if state in {DeliveryState.PENDING, DeliveryState.LEASED} else self.now + due,
            )
            session.add(row)


async def test_the_queue_is_counted_by_channel_and_priority(database: Database, clock: FrozenClock) -> None:
    post = Post(database, clock)
    sending, paused = await post.broadcast("a"), await post.broadcast("b", state="paused")
    await post.delivery(sending, DeliveryState.PENDING, -5 * _MINUTE)
    await post.delivery(sending, DeliveryState.PENDING, -_MINUTE)
    await post.delivery(sending, DeliveryState.PENDING, _MINUTE)
    await post.delivery(sending, DeliveryState.LEASED, _MINUTE)
    await post.delivery(sending, DeliveryState.LEASED, -3 * _MINUTE)  # its worker died
    await post.delivery(paused, DeliveryState.PENDING, -9 * _MINUTE, priority=10)
    await post.delivery(sending, DeliveryState.SENT, -_MINUTE, channel="telegram")
    async with database.read() as session:
        assert list(await queue(session, post.now)) == [
            QueuePart("sms", 0, due=3, later=1, leased=1, oldest_due=post.now - 5 * _MINUTE),
            QueuePart("sms", 10, due=0, later=1, leased=0, oldest_due=None),
        ]


async def test_errors_of_the_last_day_are_counted_by_code(database: Database, clock: FrozenClock) -> None:
    post = Post(database, clock)
    today, before = await post.broadcast("a"), await post.broadcast("b", age=timedelta(days=2))
    for minutes in (3, 2):
        await post.delivery(today, DeliveryState.FAILED, -minutes * _MINUTE, error="30003")
    await post.delivery(today, DeliveryState.PENDING, _MINUTE, error="timeout")
    await post.delivery(before, DeliveryState.FAILED, -_MINUTE, error="30003")
    async with database.read() as session:
        assert list(await provider_errors(session, post.now)) == [
            ProviderError("sms", "30003", 2, post.now - 2 * _MINUTE),
            ProviderError("sms", "timeout", 1, None),
        ]


async def test_outcomes_are_counted_for_each_broadcast(database: Database, clock: FrozenClock) -> None:
    post = Post(database, clock)
    first, second = await post.broadcast("a"), await post.broadcast("b")
    await post.delivery(first, DeliveryState.SENT, -_MINUTE)
    await post.delivery(first, DeliveryState.SENT, -_MINUTE)
    await post.delivery(first, DeliveryState.FAILED, -_MINUTE, channel="telegram", error="blocked")
    async with database.read() as session:
        assert await delivery_counts(session, [first, second]) == [
            DeliveryCount(first, "sms", DeliveryState.SENT, None, 2, 0),
            DeliveryCount(first, "telegram", DeliveryState.FAILED, "blocked", 1, 0),
        ]
