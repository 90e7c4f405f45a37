"""A small city with subscribers, a queue and channels that answer as they are told."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta

import pytest
from redis.asyncio import Redis
from sqlalchemy import select

from core.clock import SystemClock
from core.crypto import AddressVault
from core.database import Database
from core.redis import open_redis
from notifier.broadcasts.models import BroadcastRow
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.channels.base import Channel, Inquiry, NotFound, Outcome, OutgoingMessage, Receipt, Sighting
from notifier.deliveries.clock import server_time
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.repository import claim, counts, mark_sending
from notifier.limits.port import Limits
from notifier.spending.budget import Budget
from notifier.spending.models import SpendingRow
from notifier.staff_notices.service import StaffNotices
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.repository import running_subscriptions
from notifier.subscriptions.service import Subscriptions, Topic
from notifier.worker import DEFAULT_PACE, Lane, Pace, Tools
from tests.fakes import FrozenClock

ALERT, ANNOUNCEMENT = BroadcastKind.ALERT, BroadcastKind.ANNOUNCEMENT


class ScriptedChannel(Channel):
    """Answers every call with `default`, else with a receipt, and remembers the calls."""

    def __init__(self, name: str = "sms") -> None:
        super().__init__(name)
        self.default: Outcome | None = None
        self.sighting: Sighting = NotFound()
        self.inquiries: list[Inquiry] = []
        self.called: list[str] = []
        self.titles: list[str] = []
        self.on_call: Callable[[], None] = lambda: None
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        self.called.append(address)
        self.titles.append(message.title)
        self.on_call()
        await self.may_answer.wait()
        return self.default or Receipt(f"id-{message.delivery_id}")

    async def _look_up(self, inquiry: Inquiry) -> Sighting:
        self.inquiries.append(inquiry)
        return self.sighting


class World:
    """The database and the clock of a test; on PostgreSQL, whose clock counts, time passes by moving what is due."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self.database = database
        self.redis = redis
        # The server's clock cannot be frozen, so ours stands near it.
        self.clock = FrozenClock(SystemClock().now())
        self.stop = asyncio.Event()
        self.subscriptions = Subscriptions(AddressVault(["k" * 32], "i" * 32), self.clock)
        self._subscribers = 0

    async def subscribe(self, count: int = 1, channel: str = "sms", topic: Topic = "smog") -> list[str]:
        """Add subscribers and return their addresses."""
        addresses = [f"+48601{number:06}" for number in range(self._subscribers, self._subscribers + count)]
        self._subscribers += count
        async with self.database.write() as session:
            for address in addresses:
                await self.subscriptions.subscribe(session, channel, address, topic, text_version="1")
        return addresses

    async def publish(
        self, key: str = "alert:1", kind: BroadcastKind = ALERT, expires_in: timedelta | None = None
    ) -> int:
        now = self.clock.now()
        expires_at = now + expires_in if expires_in else None
        async with self.database.write() as session:
            return await publish(session, Broadcast(key, kind, "smog", key, "Treść", now, expires_at))

    def tools(
        self,
        limits: Mapping[str, Limits] | None = None,
        budgets: Mapping[str, Budget] | None = None,
        notices: StaffNotices | None = None,
    ) -> Tools:
        open_address = self.subscriptions.address
        return Tools(
            self.database,
            self.redis,
            self.clock,
            open_address,
            jitter=lambda: 1.0,
            limits=limits or {},
            budgets=budgets or {},
            notices=notices,
        )

    def lane(self, channel: Channel, batch: int = 50, concurrency: int = 10, tools: Tools | None = None) -> Lane:
        return Lane(tools or self.tools(), channel, Pace(batch, concurrency))

    async def drain(self, lane: Lane) -> None:
        """Let the lane work until nothing is due."""
        while await lane.step(self.stop):
            pass

    async def start_and_crash(self) -> None:
        """Be a worker that dies after it stamped its deliveries, and let its lease end."""
        async with self.database.write() as session:
            now = await server_time(session, self.clock.now())
            token, claimed = await claim(session, "sms", 50, now, DEFAULT_PACE.lease)
            await mark_sending(session, token, [delivery.id for delivery in claimed], now, DEFAULT_PACE.lease)
        await self.pass_time(DEFAULT_PACE.lease + timedelta(seconds=1))

    async def pass_time(self, by: timedelta) -> None:
        self.clock.advance(by)
        if self.database.url.get_backend_name() != "sqlite":
            await shift_into_past(self.database, by)

    async def states(self, broadcast_id: int) -> dict[str, int]:
        async with self.database.read() as session:
            return {state.value: count for state, count in (await counts(session, broadcast_id)).items()}

    async def deliveries(self) -> list[DeliveryRow]:
        async with self.database.read() as session:
            return list((await session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))).all())

    async def unsubscribe(self, address: str) -> None:
        async with self.database.write() as session:
            await self.subscriptions.unsubscribe(session, "sms", address)

    async def contact_state(self, contact_id: int) -> tuple[str, int]:
        """Return the state of a contact and how many of its subscriptions run."""
        async with self.database.read() as session:
            contact = await session.get_one(ContactRow, contact_id)
            return contact.state, len(await running_subscriptions(session, contact_id))


async def shift_into_past(database: Database, by: timedelta) -> None:
    """Make everything happen earlier by that much, as if so much time had passed."""
    async with database.write() as session:
        rows = (await session.scalars(select(DeliveryRow))).all()
        for row in rows:
            row.due_at -= by
            row.sending_at = row.sending_at and row.sending_at - by
            row.finished_at = row.finished_at and row.finished_at - by
            row.check_at = row.check_at and row.check_at - by
        for broadcast in (await session.scalars(select(BroadcastRow))).all():
            broadcast.expires_at = broadcast.expires_at and broadcast.expires_at - by
        for spent in (await session.scalars(select(SpendingRow))).all():
            spent.day -= timedelta(days=by.days)


@pytest.fixture
async def world(database: Database) -> AsyncIterator[World]:
    """A city without subscribers, once on SQLite and once on PostgreSQL."""
    redis = open_redis(None)
    yield World(database, redis)
    await redis.aclose()
