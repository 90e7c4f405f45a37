"""How a sending goes, live over the wire, and another try for whom it failed to reach."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from redis.asyncio import Redis

from api.announcements import announcements_router
from api.app import create_app
from api.dependencies import Services
from core.redis import open_redis
from core.staff.actor import Actor
from core.staff.permissions import KEY_SCOPES
from notifier.announcements.sending import Sending
from notifier.announcements.states import AnnouncementState
from notifier.channels.base import Rejected, Retryable
from notifier.deliveries.progress import progress_channel
from notifier.deliveries.settlement import PATIENCE
from tests.api.served import served
from tests.notifier.announcements.office import Office
from tests.notifier.deliveries.world import ScriptedChannel, World, world

__all__ = ["world"]

# Counting and repeating are tested on both engines with the deliveries.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

KEY, PATH = "klucz-miasta", "/api/v1/announcements"
Event = tuple[str, dict[str, Any]]


async def key_holder(token: str) -> Actor | None:
    """Know the one key of these tests."""
    return Actor("API: miasto", KEY_SCOPES) if token == KEY else None


@pytest.fixture
def office(world: World) -> Office:
    return Office(world.database, world.redis, world.clock)


@pytest.fixture
async def client(services: Services, office: Office, world: World) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that holds the key, on the wire, because streams are."""
    sending = Sending(world.database, world.redis, world.clock)
    app = create_app(services, [announcements_router(office.announcements, sending, key_holder)])
    async with (
        served(app) as url,
        httpx2.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {KEY}"}, timeout=60) as opened,
    ):
        yield opened


async def _events(response: httpx2.Response) -> AsyncIterator[Event]:
    name = ""
    async for line in response.aiter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


async def _listeners(redis: Redis, broadcast_id: int) -> int:
    ((_, count),) = await redis.pubsub_numsub(progress_channel(broadcast_id))
    return int(count)


async def _until_listened(redis: Redis, broadcast_id: int, count: int) -> None:
    async with asyncio.timeout(60):
        while await _listeners(redis, broadcast_id) != count:  # noqa: ASYNC110 - another process tells nobody
            await asyncio.sleep(0.01)


async def test_it_is_followed_live_until_its_end(client: httpx2.AsyncClient, office: Office, world: World) -> None:
    await world.subscribe(3, topic="announcements")
    number = await office.brought_to(AnnouncementState.SENDING)
    async with client.stream("GET", f"{PATH}/{number}/progress") as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        events = _events(response)
        name, first = await anext(events)
        assert (name, first["total"], first["waiting"], first["deliveries"]["pending"]) == ("progress", 3, 3, 3)
        assert first["finishes_at"] is None
        channel = ScriptedChannel()
        channel.default = Rejected("21211")
        await world.drain(world.lane(channel))
        rest = [event async for event in events]
    assert rest[-1] == ("end", {})
    last = rest[-2][1]
    assert (last["waiting"], last["deliveries"]["failed"], last["failures"]) == (0, 3, {"21211": 3})


@pytest.mark.servers
async def test_who_goes_away_leaves_no_listener_behind(
    services: Services, office: Office, world: World, valkey_url: str
) -> None:
    redis = open_redis(valkey_url)
    await world.subscribe(topic="announcements")
    number = await office.brought_to(AnnouncementState.SENDING)
    broadcast_id = (await office.broadcasts())[0].id
    sending = Sending(world.database, redis, world.clock)
    app = create_app(services, [announcements_router(office.announcements, sending, key_holder)])
    headers = {"Authorization": f"Bearer {KEY}"}
    async with served(app) as url, httpx2.AsyncClient(base_url=url, headers=headers, timeout=60) as client:
        for _ in range(3):
            async with client.stream("GET", f"{PATH}/{number}/progress") as response:
                # Kept, because a reader that is thrown away closes the stream.
                events = _events(response)
                await anext(events)
                await _until_listened(redis, broadcast_id, 1)
            await _until_listened(redis, broadcast_id, 0)
        # One for the pings of this test; those of three watchers that went away would be more.
        assert len(redis.connection_pool._in_use_connections) <= 1
    await redis.aclose()


async def test_only_the_failed_are_tried_again_and_only_once(
    client: httpx2.AsyncClient, office: Office, world: World
) -> None:
    failed, _ = await world.subscribe(2, topic="announcements")
    number = await office.brought_to(AnnouncementState.SENDING)
    channel = ScriptedChannel()
    channel.on_call = lambda: setattr(channel, "default", Retryable("30003") if channel.called[-1] == failed else None)
    lane = world.lane(channel)
    for _ in range(12):
        await world.drain(lane)
        await world.pass_time(PATIENCE / 10)
    channel.on_call, channel.default = lambda: None, None
    before = len(channel.called)

    answers = [await client.post(f"{PATH}/{number}/repeat", json={"reason": "awaria operatora"}) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"queued": 1}, {"queued": 0}]
    await world.drain(lane)
    assert channel.called[before:] == [failed]
    history = await office.announcements.history(number)
    assert [(row.actor, row.reason) for row in history if row.action == "repeat"] == [("API", "awaria operatora")] * 2


async def test_what_is_not_published_cannot_be_followed_or_repeated(client: httpx2.AsyncClient, office: Office) -> None:
    number = await office.brought_to(AnnouncementState.IN_REVIEW)
    for answer in (await client.get(f"{PATH}/{number}/progress"), await client.post(f"{PATH}/{number}/repeat")):
        assert answer.status_code == 409
        assert answer.json()["detail"].startswith("Ten komunikat czeka na zatwierdzenie")
    for answer in (await client.get(f"{PATH}/404/progress"), await client.post(f"{PATH}/abc/repeat")):
        assert (answer.status_code, answer.json()["detail"]) == (404, "Nie ma komunikatu o tym numerze.")
