"""What staff hear of deliveries: a channel that stands still, a broadcast that many were not reached by."""

from datetime import timedelta

from sqlalchemy import select

from content.pack import City
from notifier.channels.base import Rejected
from notifier.deliveries.health import DeliveryHealth
from notifier.deliveries.sweep import STUCK_AFTER
from notifier.staff_notices.models import StaffNoticeRow
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import load_notice_texts
from tests.notifier.deliveries.world import ANNOUNCEMENT, ScriptedChannel, World


async def _told(world: World, city: City) -> list[str]:
    """Let the deliveries be looked at twice and return the subjects of what staff are told."""
    notices = StaffNotices(world.database, world.redis, world.clock, load_notice_texts(city.folder))
    health = DeliveryHealth(world.database, world.clock, notices)
    await health.check()
    await health.check()
    async with world.database.read() as session:
        return list(await session.scalars(select(StaffNoticeRow.subject).order_by(StaffNoticeRow.id)))


async def test_while_all_goes_well_staff_hear_nothing(world: World, city: City) -> None:
    await world.subscribe(30)
    await world.publish("news", ANNOUNCEMENT)
    await world.drain(world.lane(ScriptedChannel()))
    assert await _told(world, city) == []


async def test_staff_hear_of_a_channel_that_stands_still(world: World, city: City) -> None:
    await world.subscribe(3)
    await world.publish("news", ANNOUNCEMENT)
    await world.pass_time(STUCK_AFTER + timedelta(seconds=1))
    assert await _told(world, city) == ["Wiadomości czekają zbyt długo: SMS"]


async def test_staff_hear_once_of_a_broadcast_that_many_were_not_reached_by(world: World, city: City) -> None:
    await world.subscribe(40)
    await world.publish("news", ANNOUNCEMENT)
    channel = ScriptedChannel()
    lane = world.lane(channel, batch=30)
    await lane.step(world.stop)
    channel.default = Rejected("21614")
    await world.drain(lane)
    assert await _told(world, city) == ["Wiele niedostarczonych wiadomości: news"]
