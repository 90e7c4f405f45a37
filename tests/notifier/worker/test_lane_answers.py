"""What a lane does with every answer of a channel and of its limits, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from notifier.broadcasts.service import BroadcastKind
from notifier.channels.base import (
    Misconfigured,
    Outcome,
    RecipientGone,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)
from notifier.deliveries.settlement import PATIENCE
from notifier.limits.port import Recipient, Refused
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, ScriptedChannel, World

HOUR = timedelta(hours=1)


async def test_every_subscriber_gets_the_message_once(world: World) -> None:
    addresses = await world.subscribe(25)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    await world.drain(world.lane(channel, batch=8, concurrency=3))
    assert sorted(channel.called) == addresses
    assert await world.states(broadcast) == {"sent": 25}
    assert all(row.provider_id == f"id-{row.id}" and row.finished_at for row in await world.deliveries())


async def test_an_alert_overtakes_an_announcement(world: World) -> None:
    await world.subscribe(3)
    await world.publish("news:1", ANNOUNCEMENT)
    await world.publish("alert:1", ALERT)
    channel = ScriptedChannel()
    await world.drain(world.lane(channel, batch=2, concurrency=1))
    assert channel.titles == ["alert:1"] * 3 + ["news:1"] * 3


async def test_tries_again_later_each_time_through_an_outage_of_an_hour(world: World) -> None:
    await world.subscribe()
    broadcast = await world.publish(expires_in=6 * HOUR)
    channel = ScriptedChannel()
    channel.default = Retryable("busy")
    lane = world.lane(channel)
    for minutes in (0, 1, 2, 4, 8, 10, 10, 10, 10, 10):
        await world.pass_time(timedelta(minutes=minutes))
        assert await lane.step(world.stop) == 1
        assert await lane.step(world.stop) == 0
    assert [(row.state, row.error, row.attempts) for row in await world.deliveries()] == [("pending", "busy", 0)]
    channel.default = None
    await world.pass_time(timedelta(minutes=10))
    await lane.step(world.stop)
    assert await world.states(broadcast) == {"sent": 1}


async def test_a_day_later_what_was_never_taken_has_failed(world: World) -> None:
    await world.subscribe()
    broadcast = await world.publish("news:1", ANNOUNCEMENT)
    channel = ScriptedChannel()
    channel.default = Retryable("busy")
    lane = world.lane(channel)
    for _ in range(2):
        assert await world.states(broadcast) == {"pending": 1}
        await lane.step(world.stop)
        await world.pass_time(PATIENCE)
    assert [(row.state, row.error) for row in await world.deliveries()] == [("failed", "busy")]


async def test_waits_as_long_as_the_provider_asks(world: World) -> None:
    await world.subscribe()
    broadcast = await world.publish()
    channel = ScriptedChannel()
    channel.default = Retryable("unreachable", after=HOUR)
    lane = world.lane(channel)
    await lane.step(world.stop)
    await world.pass_time(HOUR)
    assert await lane.step(world.stop) == 0
    channel.default = None
    await world.pass_time(timedelta(seconds=11))
    await lane.step(world.stop)
    assert await world.states(broadcast) == {"sent": 1}


async def test_throttling_rests_the_channel_on_every_worker_and_costs_no_attempt(world: World) -> None:
    await world.subscribe(9)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    channel.default = Throttled(world.clock.now() + HOUR)
    first, second = world.lane(channel, concurrency=3), world.lane(channel)
    await first.step(world.stop)
    assert 1 <= len(channel.called) <= 3
    channel.default = None
    assert await first.step(world.stop) == await second.step(world.stop) == 0
    assert await world.states(broadcast) == {"pending": 9}
    await world.pass_time(HOUR + timedelta(seconds=1))
    await world.drain(second)
    assert await world.states(broadcast) == {"sent": 9}
    assert {row.attempts for row in await world.deliveries()} == {1}


async def test_a_resident_who_is_gone_gets_nothing_more(world: World) -> None:
    (address,) = await world.subscribe()
    first, second = await world.publish("news:1", ANNOUNCEMENT), await world.publish("news:2", ANNOUNCEMENT)
    channel = ScriptedChannel()
    channel.default = RecipientGone("blocked")
    lane = world.lane(channel, batch=1)
    await world.drain(lane)
    assert channel.called == [address]
    assert await world.states(first) == await world.states(second) == {"gone": 1}
    assert await world.contact_state((await world.deliveries())[0].contact_id) == ("gone", 0)
    third = await world.publish("news:3", ANNOUNCEMENT)
    assert await world.states(third) == {}


async def test_a_refused_account_stops_the_lane_and_loses_nothing(world: World) -> None:
    await world.subscribe(9)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    channel.default = Misconfigured("20003")
    lane = world.lane(channel, concurrency=3)
    async with asyncio.timeout(60):
        await lane.run(world.stop)
    assert lane.is_misconfigured
    assert 1 <= len(channel.called) <= 3
    assert await world.states(broadcast) == {"pending": 9}
    channel.default = None
    await world.drain(world.lane(channel))
    assert await world.states(broadcast) == {"sent": 9}


@pytest.mark.parametrize(
    ("kind", "answer", "state"),
    [
        (ALERT, Unanswered("timeout"), "pending"),
        (ANNOUNCEMENT, Unanswered("timeout"), "unknown"),
        (ALERT, Rejected("21617"), "failed"),
        (ANNOUNCEMENT, Rejected("21617"), "failed"),
    ],
)
async def test_ends_as_the_answer_and_the_kind_demand(
    world: World, kind: BroadcastKind, answer: Outcome, state: str
) -> None:
    await world.subscribe()
    broadcast = await world.publish("a", kind)
    channel = ScriptedChannel()
    channel.default = answer
    await world.drain(world.lane(channel))
    assert await world.states(broadcast) == {state: 1}


class StepLimits:
    """Lets everybody pass and remembers who asked; refuses the numbers in `refused`."""

    per_second = 10.0

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.refused: dict[str, Refused] = {}

    async def admit(self, recipient: Recipient, parts: int) -> Refused | None:
        self.asked.append((recipient.address, parts))
        return self.refused.get(recipient.address)


async def test_asks_for_room_before_each_call(world: World) -> None:
    addresses = await world.subscribe(5)
    await world.publish()
    limits = StepLimits()
    await world.drain(world.lane(ScriptedChannel(), concurrency=2, tools=world.tools({"sms": limits})))
    assert sorted(limits.asked) == [(address, 1) for address in addresses]


async def test_a_number_that_has_had_enough_waits_while_the_others_get_theirs(world: World) -> None:
    pestered, other = await world.subscribe(2)
    broadcast = await world.publish()
    limits, channel = StepLimits(), ScriptedChannel()
    limits.refused[pestered] = Refused("number_cap", HOUR)
    lane = world.lane(channel, tools=world.tools({"sms": limits}))
    await world.drain(lane)
    assert channel.called == [other]
    assert await world.states(broadcast) == {"sent": 1, "pending": 1}
    assert {row.error for row in await world.deliveries()} == {None, "number_cap"}
    limits.refused.clear()
    await world.pass_time(HOUR + timedelta(seconds=1))
    await world.drain(lane)
    assert channel.called == [other, pestered]


async def test_what_a_cap_holds_for_longer_than_the_message_is_worth_fails_visibly(world: World) -> None:
    (pestered,) = await world.subscribe()
    broadcast = await world.publish(expires_in=HOUR)
    limits = StepLimits()
    limits.refused[pestered] = Refused("number_cap", HOUR * 2)
    await world.drain(world.lane(ScriptedChannel(), tools=world.tools({"sms": limits})))
    assert await world.states(broadcast) == {"failed": 1}
    assert [(row.error, row.can_repeat) for row in await world.deliveries()] == [("number_cap", True)]
