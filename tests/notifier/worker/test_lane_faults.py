"""What a lane does when something stops, fails or comes too late, on both databases."""

import asyncio
from datetime import timedelta

import pytest
import stamina
from sqlalchemy import event, update
from sqlalchemy.exc import OperationalError

import notifier.channels.base
import notifier.worker.lane
from notifier.broadcasts.service import BroadcastKind
from notifier.deliveries.settlement import PATIENCE
from notifier.deliveries.signals import wake
from notifier.subscriptions.models import ContactRow
from notifier.worker import Worker
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, ScriptedChannel, World

HOUR = timedelta(hours=1)


async def test_a_stop_after_publishing_still_counts(world: World) -> None:
    leaving, staying = await world.subscribe(2)
    broadcast = await world.publish()
    await world.unsubscribe(leaving)
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert channel.called == [staying]
    assert await world.states(broadcast) == {"gone": 1, "sent": 1}


async def test_nothing_goes_out_after_its_time(world: World) -> None:
    await world.subscribe(3)
    broadcast = await world.publish(expires_in=HOUR)
    await world.pass_time(HOUR + timedelta(seconds=1))
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert channel.called == []
    assert await world.states(broadcast) == {"expired": 3}


@pytest.mark.parametrize(("kind", "state", "calls"), [(ALERT, "sent", 1), (ANNOUNCEMENT, "unknown", 0)])
async def test_a_call_cut_off_by_a_crash_is_repeated_for_an_alert_only(
    world: World, kind: BroadcastKind, state: str, calls: int
) -> None:
    await world.subscribe()
    broadcast = await world.publish("a", kind)
    await world.start_and_crash()
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert await world.states(broadcast) == {state: 1}
    assert len(channel.called) == calls


async def test_an_alert_cut_off_by_a_crash_is_not_repeated_when_it_is_too_late(world: World) -> None:
    await world.subscribe()
    broadcast = await world.publish(expires_in=HOUR)
    await world.start_and_crash()
    await world.pass_time(HOUR)
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert await world.states(broadcast) == {"unknown": 1}
    assert channel.called == []


async def test_a_stop_finishes_what_is_in_flight_and_gives_the_rest_back(world: World) -> None:
    await world.subscribe(9)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    channel.on_call = world.stop.set
    await world.lane(channel, concurrency=3).step(world.stop)
    sent = len(channel.called)
    assert 1 <= sent <= 3
    assert await world.states(broadcast) == {"sent": sent, "pending": 9 - sent}
    waiting = [row for row in await world.deliveries() if row.state == "pending"]
    assert all(row.lease_token is None and row.attempts == 0 and row.sending_at is None for row in waiting)
    other = ScriptedChannel()
    world.stop.clear()
    await world.drain(world.lane(other))
    assert len(other.called) == 9 - sent


async def test_a_slow_channel_holds_up_no_other_and_a_wake_up_is_heard(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifier.worker.lane, "_POLL_SECONDS", 60.0)
    sms, telegram = ScriptedChannel("sms"), ScriptedChannel("telegram")
    answered = asyncio.Event()
    telegram.on_call = answered.set
    sms.may_answer.clear()
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(Worker(world.tools(), [sms, telegram]).run(world.stop))
        await world.subscribe(2, "sms")
        await world.subscribe(1, "telegram")
        await world.publish()
        while not answered.is_set():
            await wake(world.redis, ["sms", "telegram"])
            await asyncio.sleep(0)
        sms.may_answer.set()
        world.stop.set()
    assert len(telegram.called) == 1


async def test_a_provider_that_never_answers_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifier.channels.base, "SEND_SECONDS", 0.01)
    await world.subscribe()
    broadcast = await world.publish("news:1", ANNOUNCEMENT)
    channel = ScriptedChannel()
    channel.may_answer.clear()
    await world.drain(world.lane(channel))
    assert await world.states(broadcast) == {"unknown": 1}
    assert [row.error for row in await world.deliveries()] == ["timeout"]


async def test_an_error_of_a_channel_is_logged_without_the_address(
    world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    (address,) = await world.subscribe()
    broadcast = await world.publish()

    def fail() -> None:
        raise ValueError(address)

    channel = ScriptedChannel()
    channel.on_call = fail
    await world.drain(world.lane(channel))
    assert await world.states(broadcast) == {"pending": 1}
    assert address not in caplog.text + "".join(capsys.readouterr())


async def test_an_address_that_cannot_be_opened_is_never_sent_to(world: World) -> None:
    await world.subscribe()
    broadcast = await world.publish()
    async with world.database.write() as session:
        await session.execute(update(ContactRow).values(address_sealed=b"sealed with a key that is lost"))
    channel = ScriptedChannel()
    lane = world.lane(channel)
    for _ in range(2):
        await world.drain(lane)
        await world.pass_time(PATIENCE)
    assert channel.called == []
    assert await world.states(broadcast) == {"failed": 1}


async def test_an_answer_is_recorded_although_the_database_failed_once(world: World) -> None:
    await world.subscribe(3)
    broadcast = await world.publish()
    channel = ScriptedChannel()
    failures = ["the connection was lost"]

    def fail_once(*_: object) -> None:
        if channel.called and failures:
            raise OperationalError(failures.pop(), None, OSError())

    event.listen(world.database.engine.sync_engine, "begin", fail_once)
    with stamina.set_testing(True, attempts=5, cap=True):
        await world.lane(channel).step(world.stop)
    assert not failures
    assert await world.states(broadcast) == {"sent": 3}
    assert len(channel.called) == 3


async def test_a_lane_goes_on_after_the_database_was_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifier.worker.lane, "_POLL_SECONDS", 0.01)
    await world.subscribe()
    broadcast = await world.publish()
    channel = ScriptedChannel()
    channel.on_call = world.stop.set
    failures = ["down"]

    def fail(*_: object) -> None:
        if failures:
            raise OperationalError(failures.pop(), None, OSError())

    event.listen(world.database.engine.sync_engine, "begin", fail)
    async with asyncio.timeout(60):
        await world.lane(channel).run(world.stop)
    assert await world.states(broadcast) == {"sent": 1}
