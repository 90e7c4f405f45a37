"""A worker that was stopped for longer than its lease: what another one has claimed since, it does not send."""

from datetime import timedelta

import pytest

from notifier.broadcasts.service import BroadcastKind
from notifier.limits.port import Recipient, Refused
from notifier.worker import DEFAULT_PACE
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, ScriptedChannel, World, world

__all__ = ["world"]

WAVE = 10
LONGER_THAN_A_LEASE = DEFAULT_PACE.lease + timedelta(seconds=5)


class StoppedAtTheGate:
    """Limits under which the process is stopped at one call, while the rest of its wave still waits for its turn."""

    per_second = 1000.0

    def __init__(self, world: World, call: int, other: ScriptedChannel) -> None:
        self._world = world
        self._left = call
        self._other = other

    async def admit(self, _recipient: Recipient, _parts: int) -> Refused | None:
        self._left -= 1
        if not self._left:
            await self._world.pass_time(LONGER_THAN_A_LEASE)
            await self._world.drain(self._world.lane(self._other, concurrency=WAVE))
        return None


@pytest.mark.parametrize(("kind", "state"), [(ALERT, "sent"), (ANNOUNCEMENT, "unknown")])
async def test_a_stopped_worker_sends_nothing_that_another_has_claimed(
    world: World, kind: BroadcastKind, state: str
) -> None:
    addresses = await world.subscribe(WAVE)
    broadcast = await world.publish("a", kind)
    stopped, other = ScriptedChannel(), ScriptedChannel()
    gate = StoppedAtTheGate(world, 4, other)
    await world.drain(world.lane(stopped, concurrency=WAVE, tools=world.tools(limits={"sms": gate})))
    assert stopped.called == addresses[:3], "only the calls that were in the air when it was stopped"
    assert other.called == (addresses if kind is ALERT else [])
    assert await world.states(broadcast) == {state: WAVE}


# Only there: of a server's clock the test cannot let a part of a lease pass.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_nobody_claimed_meanwhile_is_sent_a_little_later(world: World) -> None:
    addresses = await world.subscribe(WAVE)
    broadcast = await world.publish("a", ANNOUNCEMENT)
    channel = ScriptedChannel()

    class Slow(StoppedAtTheGate):
        async def admit(self, _recipient: Recipient, _parts: int) -> Refused | None:
            self._left -= 1
            if not self._left:
                self._world.clock.advance(DEFAULT_PACE.lease * 2 / 3)
            return None

    lane = world.lane(channel, concurrency=WAVE, tools=world.tools(limits={"sms": Slow(world, 4, channel)}))
    await world.drain(lane)
    assert sorted(channel.called) == addresses
    assert await world.states(broadcast) == {"sent": WAVE}
