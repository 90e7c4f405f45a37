"""A newsroom whose channels write to the outbox, with residents and a worker that sends what is due."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

import httpx2
import pytest
from argon2 import PasswordHasher
from redis.asyncio import Redis
from sqlalchemy import select

from api.panel.desk import Desk
from content.pack import City
from content.texts import Texts
from core.database import Database
from core.redis import open_redis
from core.settings import Settings
from core.staff.passwords import Passwords
from hub.bootstrap import address_vault
from hub.messaging.announcements import house
from hub.web import panel
from hub.web.newsroom import newsroom, places_of
from notifier.announcements.jobs import AnnouncementJobs
from notifier.announcements.service import Announcements
from notifier.channels.base import Channel, Rejected
from notifier.channels.log import LogChannel
from notifier.channels.log.models import OutboxRow
from notifier.subscriptions.service import Subscriptions
from notifier.worker import Lane, Pace, Tools
from tests.api.panel.conftest import Browser
from tests.fakes import FrozenClock
from tests.notifier.deliveries.world import ScriptedChannel

NEWS = "/panel/komunikaty"
TITLE, BODY = "Zamknięta ulica Złotoryjska", "Od jutra do piątku. Objazd: ul. Jaworzyńska."
Fields = Mapping[str, str | list[str]]
TYPED: Fields = {"title": TITLE, "body": BODY, "channel": ["sms", "telegram", "web"], "key": "k-1"}


@dataclass(frozen=True)
class Town:
    """Residents, and what the workers of the city do for them."""

    database: Database
    clock: FrozenClock
    subscriptions: Subscriptions
    jobs: AnnouncementJobs
    redis: Redis

    async def sign_up(self, count: int, channel: str = "sms") -> None:
        """Let so many residents ask for announcements."""
        async with self.database.write() as session:
            for number in range(count):
                address = f"+48601{number:06}" if channel == "sms" else f"7000{number}"
                await self.subscriptions.subscribe(session, channel, address, "announcements", text_version="1")

    async def work(self, channel: Channel | None = None, batch: int = 50, steps: int = 100) -> None:
        """Do what comes by itself, and send what is due."""
        await self.jobs.run()
        sender = channel or LogChannel(self.database, "sms", self.clock)
        tools = Tools(self.database, self.redis, self.clock, self.subscriptions.address)
        lane, stop = Lane(tools, sender, Pace(batch, 10)), asyncio.Event()
        for _ in range(steps):
            if not await lane.step(stop):
                break
        await self.jobs.run()

    async def fail(self) -> None:
        """Let the provider refuse everything for now."""
        channel = ScriptedChannel()
        channel.default = Rejected("30008")
        await self.work(channel)

    async def outbox(self) -> list[tuple[str, str]]:
        """Return what would have been sent: channel and text."""
        async with self.database.read() as session:
            return [(row.channel, row.text) for row in await session.scalars(select(OutboxRow).order_by(OutboxRow.id))]


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    """What pages and workers give signals by."""
    opened = open_redis(None)
    yield opened
    await opened.aclose()


@pytest.fixture
def desk(database: Database, clock: FrozenClock, city: City, redis: Redis) -> Desk:
    """The services of the panel, with channels."""
    settings, passwords = Settings(), Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    channels = {name: LogChannel(database, name, clock) for name in ("sms", "telegram")}
    news = newsroom(settings, clock, database, city, redis, channels)
    return replace(panel.desk(settings, clock, database, city, Texts(city.folder), passwords), newsroom=news)


@pytest.fixture
def town(database: Database, clock: FrozenClock, city: City, redis: Redis) -> Town:
    rules, vault = house(city, places_of(city.folder)), address_vault(Settings())
    jobs = AnnouncementJobs(Announcements(database, redis, clock, rules), database, clock, rules)
    return Town(database, clock, Subscriptions(vault, clock), jobs, redis)


async def typed(browser: Browser, path: str, fields: Fields | None = None, **headers: str) -> httpx2.Response:
    """Send the form of an announcement with what differs from the usual one."""
    return await browser.post(path, {**TYPED, **(fields or {})}, **headers)  # type: ignore[dict-item]


async def written(browser: Browser, **fields: str | list[str]) -> str:
    """Write an announcement and return its page."""
    answer = await typed(browser, f"{NEWS}/nowy", fields)
    assert answer.status_code == 303, re.findall(r'class="wrong"[^>]*>([^<]+)', answer.text)
    return answer.headers["location"].partition("?")[0]
