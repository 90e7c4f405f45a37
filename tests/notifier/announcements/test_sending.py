"""What was approved goes out at its time, to those who asked for it, and never twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.announcements.errors import ContentRefusedError
from notifier.announcements.moves import SYSTEM
from notifier.announcements.states import AnnouncementState
from notifier.deliveries.states import DeliveryState
from tests.notifier.announcements.office import ANNA, BODY, NEWS, PIOTR, TITLE, Office
from tests.notifier.deliveries.world import ScriptedChannel, World

S = AnnouncementState
HOUR = timedelta(hours=1)


async def test_it_goes_out_by_itself_at_its_time_and_once(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.SCHEDULED)
    quiet_office.clock.advance(HOUR - timedelta(seconds=1))
    await quiet_office.jobs.run()
    assert await quiet_office.broadcasts() == []
    quiet_office.clock.advance(timedelta(hours=5))
    for _ in range(2):
        await quiet_office.jobs.run()
    assert len(await quiet_office.broadcasts()) == 1
    assert (await quiet_office.announcements.history(number))[-1].actor == SYSTEM.name


async def test_what_is_out_of_date_expires_instead_of_going_out(quiet_office: Office) -> None:
    content = replace(NEWS, expires_at=quiet_office.clock.now() + 2 * HOUR)
    scheduled, approved = [await quiet_office.brought_to(state, content) for state in (S.SCHEDULED, S.APPROVED)]
    with pytest.raises(ContentRefusedError, match="schedule too late"):
        await quiet_office.announcements.schedule(approved, ANNA, quiet_office.clock.now() + 2 * HOUR)
    quiet_office.clock.advance(2 * HOUR)
    with pytest.raises(ContentRefusedError, match="expired"):
        await quiet_office.announcements.publish(approved, ANNA)
    await quiet_office.jobs.run()
    assert {(await quiet_office.announcements.show(number)).state for number in (scheduled, approved)} == {S.EXPIRED}
    assert await quiet_office.broadcasts() == []


async def test_a_schedule_lies_ahead(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.APPROVED)
    with pytest.raises(ContentRefusedError, match="schedule past"):
        await quiet_office.announcements.schedule(number, ANNA, quiet_office.clock.now())


async def test_reaches_everyone_who_asked_for_announcements(office: Office, world: World) -> None:
    asked = await world.subscribe(2, topic="announcements")
    await world.subscribe(3, topic="smog")
    number = await office.brought_to(S.SENDING, replace(NEWS, variants={"sms": "Krótko."}))
    assert (await office.announcements.show(number)).deliveries == {DeliveryState.PENDING: 2}
    await office.jobs.run()
    assert (await office.announcements.show(number)).state is S.SENDING
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert (sorted(channel.called), channel.titles) == (asked, [TITLE, TITLE])
    await office.jobs.run()
    shown = await office.announcements.show(number)
    assert (shown.state, shown.deliveries) == (S.SENT, {DeliveryState.SENT: 2})
    (broadcast,) = await office.broadcasts()
    assert (broadcast.key, broadcast.kind, broadcast.body) == (f"announcement:{number}", "announcement", BODY)
    assert (broadcast.text_for("sms"), broadcast.text_for("telegram")) == ("Krótko.\nRezygnacja: STOP", BODY)


async def test_only_the_approved_channels_get_it(office: Office, world: World) -> None:
    await world.subscribe(2, topic="announcements")
    await world.subscribe(3, "telegram", topic="announcements")
    for channels, count in ((("telegram",), 3), (("web",), 0), ((), 5)):
        number = await office.brought_to(S.SENDING, replace(NEWS, channels=channels))
        assert (await office.announcements.show(number)).recipients == count


async def test_published_at_the_same_moment_and_again_is_sent_once(office: Office, world: World) -> None:
    await world.subscribe(3, topic="announcements")
    number = await office.brought_to(S.APPROVED)
    publish = office.announcements.publish
    first, second = await asyncio.gather(publish(number, PIOTR), publish(number, ANNA))
    assert first == second
    await world.subscribe(topic="announcements")
    assert (await publish(number, PIOTR)).recipients == 3
    assert len(await office.broadcasts()) == 1
    assert len(await world.deliveries()) == 3


async def test_paused_sends_nothing_and_resumed_exactly_the_rest(office: Office, world: World) -> None:
    await world.subscribe(5, topic="announcements")
    number = await office.brought_to(S.SENDING)
    channel = ScriptedChannel()
    lane = world.lane(channel, batch=2)
    await lane.step(world.stop)
    await office.announcements.pause(number, ANNA, "Sprawdzamy adres")
    await world.drain(lane)
    assert len(channel.called) == 2
    await office.announcements.resume(number, ANNA)
    await world.drain(lane)
    assert len(channel.called) == len(set(channel.called)) == 5


async def test_cancelled_sends_nothing_more_and_says_so(office: Office, world: World) -> None:
    await world.subscribe(5, topic="announcements")
    number = await office.brought_to(S.SENDING)
    channel = ScriptedChannel()
    await world.lane(channel, batch=2).step(world.stop)
    cancelled = await office.announcements.cancel(number, ANNA, "Pomyłka")
    assert cancelled.deliveries == {DeliveryState.SENT: 2, DeliveryState.CANCELLED: 3}
    await world.drain(world.lane(channel))
    assert len(channel.called) == 2


async def test_before_publication_there_are_no_recipients(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.APPROVED)
    shown = await quiet_office.announcements.show(number)
    assert (shown.deliveries, shown.recipients) == (None, 0)
