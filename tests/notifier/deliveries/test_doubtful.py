"""Calls without an answer: the provider is asked before anything is sent again."""

from datetime import timedelta
from decimal import Decimal

import pytest

from notifier.broadcasts.service import BroadcastKind
from notifier.channels.base import Fate, Found, NotFound, Receipt, Sighting, Unanswered
from notifier.deliveries.inquiries import GIVEN_UP_AFTER, NEVER_ACCEPTED_AFTER, Inquiries
from notifier.deliveries.receipts import Receipts, StatusReport
from notifier.deliveries.settlement import FIRST_CHECK, MAX_ATTEMPTS, SURE_AFTER
from notifier.deliveries.states import DeliveryState
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, ScriptedChannel, World

SECOND = timedelta(seconds=1)
SOON = SURE_AFTER + SECOND


class AskedChannel(ScriptedChannel):
    """A provider that can be asked what became of a message."""

    can_look_up = True


async def _time_out(world: World, channel: AskedChannel, kind: BroadcastKind = ALERT) -> int:
    """Publish to one resident and lose the provider's answer."""
    await world.subscribe()
    broadcast = await world.publish("a", kind, expires_in=timedelta(hours=6))
    channel.default = Unanswered("timeout")
    await world.drain(world.lane(channel))
    channel.default = None
    return broadcast


def _inquiries(world: World, channel: AskedChannel) -> Inquiries:
    return Inquiries(world.database, world.clock, channel, world.subscriptions.address)


@pytest.mark.parametrize(
    ("fate", "state"), [(Fate.ACCEPTED, "sent"), (Fate.DELIVERED, "delivered"), (Fate.FAILED, "failed")]
)
async def test_an_alert_that_timed_out_and_is_found_is_not_sent_again(world: World, fate: Fate, state: str) -> None:
    channel = AskedChannel()
    broadcast = await _time_out(world, channel)
    channel.sighting = Found("SM1", fate)
    await world.pass_time(SOON)
    budget = Budget("sms", SegmentPrice(Decimal("0.20")), Decimal(100))
    await world.drain(world.lane(channel, tools=world.tools(budgets={"sms": budget})))
    assert len(channel.called) == 1
    assert await world.states(broadcast) == {state: 1}
    assert [(row.provider_id, row.parts) for row in await world.deliveries()] == [("SM1", 1)]


async def test_an_alert_that_the_provider_never_got_is_sent_again(world: World) -> None:
    channel = AskedChannel()
    broadcast = await _time_out(world, channel)
    await world.pass_time(SOON)
    await world.drain(world.lane(channel))
    assert len(channel.called) == 2
    assert await world.states(broadcast) == {"sent": 1}


async def test_the_provider_is_not_asked_before_its_answer_counts(world: World) -> None:
    channel = AskedChannel()
    await _time_out(world, channel)
    lane = world.lane(channel)
    await world.pass_time(SURE_AFTER - SECOND * 10)
    await world.drain(lane)
    assert (len(channel.called), channel.inquiries) == (1, [])


async def test_an_alert_cut_off_by_a_crash_is_looked_up_first(world: World) -> None:
    channel = AskedChannel()
    await world.subscribe()
    broadcast = await world.publish()
    await world.start_and_crash()
    channel.sighting = Found("SM1", Fate.ACCEPTED)
    lane = world.lane(channel)
    await world.drain(lane)
    await world.pass_time(SOON)
    await world.drain(lane)
    assert channel.called == []
    assert await world.states(broadcast) == {"sent": 1}


async def test_while_the_provider_cannot_be_asked_an_alert_waits_and_ends_unknown(world: World) -> None:
    channel = AskedChannel()
    broadcast = await _time_out(world, channel)
    channel.sighting = Unanswered("timeout")
    lane = world.lane(channel)
    for _ in range(5):
        await world.pass_time(SOON)
        await world.drain(lane)
    assert (len(channel.called), await world.states(broadcast)) == (1, {"pending": 1})
    await world.pass_time(timedelta(hours=6))
    await world.drain(lane)
    assert (len(channel.called), await world.states(broadcast)) == (1, {"unknown": 1})


async def test_an_alert_that_always_times_out_is_not_sent_for_ever(world: World) -> None:
    channel = AskedChannel()
    broadcast = await _time_out(world, channel)
    channel.default = Unanswered("timeout")
    for _ in range(10):
        await world.pass_time(10 * SOON)
        await world.drain(world.lane(channel))
    assert len(channel.called) == MAX_ATTEMPTS
    assert await world.states(broadcast) == {"unknown": 1}


async def test_an_announcement_without_an_answer_is_looked_up_and_settled(world: World) -> None:
    channel = AskedChannel()
    broadcast = await _time_out(world, channel, ANNOUNCEMENT)
    assert await world.states(broadcast) == {"unknown": 1}
    channel.sighting = Found("SM1", Fate.DELIVERED)
    await world.pass_time(SOON)
    assert await _inquiries(world, channel).step() == 1
    assert await world.states(broadcast) == {"delivered": 1}
    assert (len(channel.called), await _inquiries(world, channel).step()) == (1, 0)


async def test_an_announcement_that_was_never_accepted_fails_after_an_hour_and_may_be_repeated(world: World) -> None:
    channel = AskedChannel()
    broadcast = await _time_out(world, channel, ANNOUNCEMENT)
    await world.pass_time(SOON)
    await _inquiries(world, channel).step()
    assert await world.states(broadcast) == {"unknown": 1}
    await world.pass_time(NEVER_ACCEPTED_AFTER)
    await _inquiries(world, channel).step()
    assert await world.states(broadcast) == {"failed": 1}
    assert [(row.error, row.can_repeat) for row in await world.deliveries()] == [("never_accepted", True)]


@pytest.mark.parametrize("sighting", [Found("id-1", Fate.ACCEPTED), Unanswered("timeout"), NotFound()])
async def test_a_message_without_a_report_is_asked_for_three_days_and_no_longer(
    world: World, sighting: Sighting
) -> None:
    channel = AskedChannel()
    await world.subscribe()
    broadcast = await world.publish()
    await world.drain(world.lane(channel))
    channel.sighting = sighting
    inquiries = _inquiries(world, channel)
    assert await inquiries.step() == 0
    await world.pass_time(FIRST_CHECK + SECOND)
    assert await inquiries.step() == 1
    assert channel.inquiries[0].provider_id == "id-1"
    await world.pass_time(GIVEN_UP_AFTER)
    assert await inquiries.step() == 1
    await world.pass_time(GIVEN_UP_AFTER)
    assert await inquiries.step() == 0
    assert await world.states(broadcast) == {"sent": 1}
    assert [row.error for row in await world.deliveries()] == ["no_report"]


async def test_a_report_spares_the_question(world: World) -> None:
    channel = AskedChannel()
    await world.subscribe()
    await world.publish()
    await world.drain(world.lane(channel))
    report = StatusReport(1, "id-1", DeliveryState.DELIVERED)
    await Receipts(world.database, world.clock).record(report)
    await world.pass_time(FIRST_CHECK + SECOND)
    assert await _inquiries(world, channel).step() == 0


async def test_the_question_names_what_was_sent_and_the_residents_other_messages(world: World) -> None:
    channel = AskedChannel()
    (address,) = await world.subscribe()
    await world.publish("earlier")
    await world.drain(world.lane(channel))
    await world.publish("news", ANNOUNCEMENT)
    channel.default = Unanswered("timeout")
    await world.drain(world.lane(channel))
    await world.pass_time(SOON)
    await _inquiries(world, channel).step()
    (inquiry,) = channel.inquiries
    assert (inquiry.address, inquiry.message.title, inquiry.provider_id) == (address, "news", None)
    assert inquiry.others == {"id-1"}
    assert isinstance(channel.default, Unanswered | Receipt)
