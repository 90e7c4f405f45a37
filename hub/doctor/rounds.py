"""The checks of one set-up: what is not in use is not looked at."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import httpx2
from redis.asyncio import Redis

from content.pack import load_city
from content.texts import Texts
from core.clock import Clock, warsaw
from core.database import Database
from core.settings import Settings
from hub.doctor import providers, running, stores, understanding
from hub.doctor.finding import Check, Finding, right
from hub.doctor.settings import of_settings
from hub.gaps import gap_finder


def checks(settings: Settings, clock: Clock, database: Database, redis: Redis, http: httpx2.AsyncClient) -> list[Check]:
    """Return what is looked at, in the order of the report; `http` has time-outs of its own."""
    return [
        Check("settings", partial(of_settings, settings, Path(".env"))),
        Check("database", partial(stores.of_database, settings, database, clock)),
        Check("Redis", partial(stores.of_redis, redis, settings)),
        Check("disk", partial(stores.of_disk, settings)),
        *_network(settings, clock, http),
        *(_running(settings, clock, database) if stores.is_there(database) else ()),
        Check("city pack", partial(_of_pack, settings, clock)),
    ]


def _running(settings: Settings, clock: Clock, database: Database) -> list[Check]:
    return [
        Check("readings", partial(running.of_last_readings, database, settings, clock)),
        Check("processes", partial(running.of_processes, database, settings, clock)),
        Check("staff", partial(running.of_staff, database, settings)),
        Check("backup", partial(running.of_backup, database, settings, clock)),
    ]


def _network(settings: Settings, clock: Clock, http: httpx2.AsyncClient) -> list[Check]:
    found = [Check("language model", partial(understanding.of_model, http, settings, clock))]
    if not settings.is_demo:
        found.append(Check("public address", partial(providers.of_public_address, http, settings)))
    if settings.telegram_bot_token.get_secret_value():
        found.append(Check("Telegram", partial(providers.of_telegram, http, settings)))
    if settings.twilio_account_sid:
        found.append(Check("Twilio", partial(providers.of_twilio, http, settings)))
    if settings.smtp_host:
        found.append(Check("mail server", partial(providers.of_mail, settings)))
    sources = understanding.sources(settings).items()
    return found + [Check(name, partial(understanding.of_source, http, name, url, clock)) for name, url in sources]


async def _of_pack(settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Count what the assistant does not know, and what should be checked."""
    city = load_city(settings.city, settings.city_packs)
    found = gap_finder(city, Texts(city.folder))(warsaw(clock.now()).date())
    return [right("city pack", f"{city.name}, {len(found)} entries to add or check: `hub city gaps`")]
