"""What a worker counts of its calls and its deliveries, for Prometheus."""

from dataclasses import replace

import pytest

from core.metrics import Metrics
from notifier.channels.base import Rejected
from tests.notifier.deliveries.world import ScriptedChannel, World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_calls_are_counted_by_answer_and_deliveries_by_end(world: World) -> None:
    metrics, channel = Metrics(), ScriptedChannel()
    lane = world.lane(channel, tools=replace(world.tools(), metrics=metrics.sending))
    await world.subscribe(3)
    await world.publish("a")
    await world.drain(lane)
    channel.default = Rejected("30006")
    await world.publish("b")
    await world.drain(lane)
    page = (await metrics.page()).decode()
    assert 'hub_provider_calls_total{channel="sms",outcome="receipt"} 3.0' in page
    assert 'hub_provider_calls_total{channel="sms",outcome="rejected"} 3.0' in page
    assert 'hub_provider_call_seconds_count{channel="sms"} 6.0' in page
    assert 'hub_deliveries_finished_total{channel="sms",outcome="sent"} 3.0' in page
    assert 'hub_deliveries_finished_total{channel="sms",outcome="failed"} 3.0' in page


async def test_what_a_dead_worker_left_in_doubt_is_counted(world: World) -> None:
    metrics = Metrics()
    lane = world.lane(ScriptedChannel(), tools=replace(world.tools(), metrics=metrics.sending))
    await world.subscribe(2)
    await world.publish()
    await world.start_and_crash()
    await world.drain(lane)
    assert 'hub_deliveries_doubted_total{channel="sms"} 2.0' in (await metrics.page()).decode()
