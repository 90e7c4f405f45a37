"""Quiet hours at the time of sending: held until they end, on the days of the clock change, too."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from notifier.broadcasts.models import BroadcastRow
from notifier.broadcasts.service import Broadcast, publish
from notifier.subscriptions.models import ContactRow
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, ScriptedChannel, World

HOUR = timedelta(hours=1)
TEN, SIX = 22 * 60, 6 * 60

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _night(world: World, at: datetime, *, lasts: timedelta | None = None, severe: bool = False) -> int:
    """Publish at that moment to a resident who wants no messages from 22 to 6."""
    world.clock.set(at)
    await world.subscribe()
    async with world.database.write() as session:
        await session.execute(update(ContactRow).values(quiet_from=TEN, quiet_until=SIX))
        kind = ALERT if severe else ANNOUNCEMENT
        expires_at = at + lasts if lasts else None
        news = Broadcast("a", kind, "smog", "a", "Treść", at, expires_at)
        broadcast = await publish(session, news)
        await session.execute(update(BroadcastRow).values(is_severe=severe))
    return broadcast


@pytest.mark.parametrize(
    ("sent_at", "arrives_at"),
    [
        pytest.param("2026-11-23T22:30:00+01:00", "2026-11-24T06:00:00+01:00", id="in the evening"),
        pytest.param("2026-11-24T03:00:00+01:00", "2026-11-24T06:00:00+01:00", id="after midnight"),
        pytest.param("2027-03-27T23:00:00+01:00", "2027-03-28T06:00:00+02:00", id="the night that lacks an hour"),
        pytest.param("2026-10-24T23:00:00+02:00", "2026-10-25T06:00:00+01:00", id="the night with an hour more"),
    ],
)
async def test_a_message_of_the_night_arrives_in_the_morning(world: World, sent_at: str, arrives_at: str) -> None:
    morning = datetime.fromisoformat(arrives_at)
    broadcast = await _night(world, datetime.fromisoformat(sent_at).astimezone(UTC))
    channel = ScriptedChannel()
    lane = world.lane(channel)
    await world.drain(lane)
    assert [(row.due_at, row.error, row.attempts) for row in await world.deliveries()] == [(morning, "quiet_hours", 0)]
    world.clock.set(morning - timedelta(seconds=1))
    await world.drain(lane)
    assert channel.called == []
    world.clock.set(morning)
    await world.drain(lane)
    assert await world.states(broadcast) == {"sent": 1}


async def test_what_would_be_stale_in_the_morning_ends_and_says_why(world: World) -> None:
    broadcast = await _night(world, datetime(2026, 11, 23, 22, tzinfo=UTC), lasts=HOUR * 3)
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert (channel.called, await world.states(broadcast)) == ([], {"expired": 1})
    assert [row.error for row in await world.deliveries()] == ["quiet_hours"]


async def test_a_severe_alert_passes(world: World) -> None:
    broadcast = await _night(world, datetime(2026, 11, 23, 22, tzinfo=UTC), lasts=HOUR * 3, severe=True)
    await world.drain(world.lane(ScriptedChannel()))
    assert await world.states(broadcast) == {"sent": 1}


async def test_by_day_nothing_is_held(world: World) -> None:
    broadcast = await _night(world, datetime(2026, 11, 23, 12, tzinfo=UTC))
    await world.drain(world.lane(ScriptedChannel()))
    assert await world.states(broadcast) == {"sent": 1}
