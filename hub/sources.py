"""Opens the sources of live data of one process: what they say is kept in the database."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from content.pack import City
from content.places import PlaceResolver
from content.sources.cityrss import FeedClient
from content.sources.eipa import EipaClient
from content.sources.gios import GiosClient, ReplayTransport
from content.topics.air.archive import AirArchive
from content.topics.air.service import AirService
from content.topics.charging.known import Chargers, PackChargers
from content.topics.charging.register import load_register
from content.topics.charging.service import EipaChargers
from content.topics.events.news import CityNews
from core.clock import Clock
from core.database import Database
from core.http import http_client
from core.settings import Settings
from notifier.scheduler import Job

_GIOS_BYTES = 5_000_000
_GIOS_TIMEOUT, _EIPA_TIMEOUT, _NEWS_TIMEOUT = 10.0, 30.0, 10.0
"""Seconds for one step of a request."""

# GIOŚ publishes about twenty minutes past the hour, and asks for at most two downloads an hour.
_AIR_MINUTES = "25,55"
# The archive allows two requests a minute, so it is filled in small steps.
_ARCHIVE_MINUTES = "*/7"
# The register is downloaded once a day at most; the service leaves out what it has.
_REGISTER_MINUTES, _STATES_MINUTES, _NEWS_MINUTES = "17", "*/10", "*/15"


@dataclass(frozen=True)
class Sources:
    """What is known from outside; `news` is None for a city without a feed."""

    air: AirService
    archive: AirArchive
    chargers: Chargers
    news: CityNews | None

    def jobs(self, after_air: Callable[[], Awaitable[None]]) -> list[Job]:
        """Return the regular reading of the sources; `after_air` follows each reading of the air."""

        async def read_air() -> None:
            await self.air.refresh()
            await after_air()

        jobs = [
            Job("air", read_air, minutes=_AIR_MINUTES, at_start=True),
            Job("air archive", self.archive.fill, minutes=_ARCHIVE_MINUTES),
        ]
        if isinstance(self.chargers, EipaChargers):
            jobs += [
                Job("chargers", self.chargers.refresh_register, minutes=_REGISTER_MINUTES, at_start=True),
                Job("states of chargers", self.chargers.refresh_live, minutes=_STATES_MINUTES, at_start=True),
            ]
        if self.news:
            jobs.append(Job("city news", self.news.refresh, minutes=_NEWS_MINUTES, at_start=True))
        return jobs


@dataclass(frozen=True)
class _Ground:
    stack: AsyncExitStack
    settings: Settings
    clock: Clock
    database: Database
    city: City


async def open_sources(
    stack: AsyncExitStack, settings: Settings, clock: Clock, database: Database, city: City, places: PlaceResolver
) -> Sources:
    """Return the sources over clients that `stack` closes."""
    ground = _Ground(stack, settings, clock, database, city)
    air = await _air(ground)
    return Sources(air, AirArchive(air, database, clock), await _chargers(ground, places), await _news(ground))


async def _air(ground: _Ground) -> AirService:
    base, clock = ground.settings.gios_api_base, ground.clock
    http = http_client(base, timeout=_GIOS_TIMEOUT, most_bytes=_GIOS_BYTES)
    client = GiosClient(await ground.stack.enter_async_context(http), clock)
    replay = None
    if ground.settings.is_demo:
        transport = ReplayTransport(ground.city.folder / "demo" / "gios", clock)
        wire = http_client(base, timeout=_GIOS_TIMEOUT, transport=transport)
        replay = GiosClient(await ground.stack.enter_async_context(wire), clock)
    return AirService(client, replay, ground.database, clock, ground.city)


async def _chargers(ground: _Ground, places: PlaceResolver) -> Chargers:
    settings, pack = ground.settings, load_register(ground.city.folder)
    if not settings.eipa_token.get_secret_value():
        return PackChargers(pack, ground.clock)
    http = await ground.stack.enter_async_context(http_client(settings.eipa_export_base, timeout=_EIPA_TIMEOUT))
    client = EipaClient(http, settings.eipa_token, ground.clock)
    return EipaChargers(client, ground.database, ground.clock, pack, places, ground.city.name)


async def _news(ground: _Ground) -> CityNews | None:
    url = ground.settings.city_rss_url
    if not url:
        return None
    http = await ground.stack.enter_async_context(http_client(timeout=_NEWS_TIMEOUT))
    return CityNews(FeedClient(http, url, ground.clock), ground.database, ground.clock)
