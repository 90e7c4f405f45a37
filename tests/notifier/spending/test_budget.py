"""The day's cap on SMS: never exceeded, shared by workers, and what it stops waits or fails visibly."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from content.pack import City
from core.clock import warsaw
from notifier.channels.base import OutgoingMessage, Rejected, Retryable
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget, next_day
from notifier.staff_notices.models import StaffNoticeRow
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import load_notice_texts
from tests.notifier.deliveries.world import ANNOUNCEMENT, ScriptedChannel, World

PRICE = SegmentPrice(Decimal("0.17"))
LONGER_THAN_A_DAY = timedelta(hours=25)


class DearChannel(ScriptedChannel):
    """Bills three parts for each message."""

    def parts(self, message: OutgoingMessage) -> int:
        return 3


def _budget(parts: int) -> Budget:
    return Budget("sms", PRICE, PRICE.amount * parts)


async def _spent(world: World, budget: Budget) -> int:
    async with world.database.read() as session:
        return await budget.spent(session, world.clock.now())


async def _notices(world: World) -> list[StaffNoticeRow]:
    async with world.database.read() as session:
        return list(await session.scalars(select(StaffNoticeRow)))


async def test_no_more_is_sent_than_the_day_allows_and_the_rest_goes_out_the_next_day(world: World, city: City) -> None:
    await world.subscribe(10)
    broadcast = await world.publish("news", ANNOUNCEMENT)
    notices = StaffNotices(world.database, world.redis, world.clock, load_notice_texts(city.folder))
    channel, budget = DearChannel(), _budget(13)
    lane = world.lane(channel, concurrency=4, tools=world.tools(budgets={"sms": budget}, notices=notices))
    await world.drain(lane)
    assert (len(channel.called), await _spent(world, budget)) == (4, 12)
    assert await world.states(broadcast) == {"sent": 4, "pending": 6}
    assert [row.error for row in await world.deliveries() if row.state == "pending"] == ["spend_cap"] * 6
    (notice,) = await _notices(world)
    assert "SMS" in notice.subject
    await world.pass_time(LONGER_THAN_A_DAY)
    await world.drain(lane)
    assert await world.states(broadcast) == {"sent": 8, "pending": 2}


async def test_what_cannot_wait_for_the_next_day_fails_and_can_be_repeated(world: World) -> None:
    await world.subscribe(2)
    broadcast = await world.publish(expires_in=timedelta(minutes=1))
    channel = DearChannel()
    await world.drain(world.lane(channel, tools=world.tools(budgets={"sms": _budget(3)})))
    assert await world.states(broadcast) == {"sent": 1, "failed": 1}
    failed = [row for row in await world.deliveries() if row.state == "failed"]
    assert [(row.error, row.can_repeat) for row in failed] == [("spend_cap", True)]


async def test_only_what_the_provider_may_bill_is_spent(world: World) -> None:
    await world.subscribe(2)
    await world.publish()
    channel, budget = DearChannel(), _budget(100)
    channel.default = Rejected("21614")
    lane = world.lane(channel, tools=world.tools(budgets={"sms": budget}))
    await world.drain(lane)
    assert await _spent(world, budget) == 0
    await world.publish("again")
    channel.default = Retryable("busy")
    await lane.step(world.stop)
    assert await _spent(world, budget) == 0
    channel.default = None
    await world.pass_time(timedelta(seconds=11))
    await world.drain(lane)
    assert await _spent(world, budget) == 6
    assert sum(row.parts for row in await world.deliveries()) == 6


async def test_workers_at_once_never_spend_more_than_the_cap(world: World) -> None:
    budget = _budget(50)

    async def take() -> bool:
        async with world.database.write() as session:
            return await budget.take(session, 7, world.clock.now())

    taken = await asyncio.gather(*(take() for _ in range(12)))
    assert sum(taken) == 7
    assert await _spent(world, budget) == 49


def test_the_day_ends_at_midnight_in_poland_also_when_clocks_change() -> None:
    for moment, hours in (("2026-10-24T22:00:00+00:00", 25), ("2027-03-27T23:00:00+00:00", 23)):
        midnight = datetime.fromisoformat(moment).astimezone(UTC)
        assert warsaw(midnight).hour == 0
        assert next_day(midnight) == timedelta(hours=hours)


async def test_what_goes_out_on_a_channel_without_a_price_counts_as_unpaid(world: World) -> None:
    await world.subscribe(2)
    await world.publish("news", ANNOUNCEMENT)
    await world.drain(world.lane(DearChannel(), tools=world.tools(budgets={})))
    assert [row.parts for row in await world.deliveries()] == [0, 0]
