"""The whole web application as a process serves it: pages, chat, feeds, panel, programs, both webhooks, the demo."""

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
from argon2 import PasswordHasher
from fastapi import FastAPI

from api.app import create_app
from api.demo import demo_router
from core.redis import open_redis
from core.settings import Settings
from core.staff.actor import CONSOLE
from core.staff.api_keys import ApiKeys
from core.staff.passwords import Passwords
from core.staff.permissions import KEY_SCOPES, Role
from core.staff.sign_in import Caller
from hub import bootstrap
from hub.assistant import assistant as build_assistant
from hub.bootstrap import Foundation
from hub.messaging.alerts import Alerts
from hub.messaging.channels import open_channels
from hub.messaging.telegram import Telegram, telegram
from hub.topics import Topics
from hub.web import panel
from hub.web.demo import demo_of
from hub.web.sign_up import open_sign_up
from hub.web.site import api_services, site_routers
from nlu.client import NluUnavailable, RasaClient
from tests.api.served import served
from tests.fakes import FakeParser
from tests.security.routes import Route, every_route
from tests.standins.telegram import TOKEN as BOT_TOKEN
from tests.standins.twilio import ACCOUNT, TOKEN

WEBHOOK_SECRET = "webhook-secret-of-the-tests"
WIDGET_SITE = "https://miasto.example.pl"
PUBLIC_URL = "https://asystent.example.pl"
STAFF = {
    Role.EDITOR: "Anna Nowak",
    Role.APPROVER: "Jan Kos",
    Role.ANALYST: "Ewa Lis",
    Role.ADMINISTRATOR: "Olga Sowa",
}
PASSWORD = "parasol nad rzeka w listopadzie"
_NOWHERE = "http://127.0.0.1:9"
_DEMO = {
    "telegram_bot_token": BOT_TOKEN,
    "telegram_api_base": _NOWHERE,
    "telegram_mode": "webhook",
    "telegram_webhook_secret": WEBHOOK_SECRET,
    "twilio_account_sid": ACCOUNT,
    "twilio_auth_token": TOKEN,
    "twilio_api_base": _NOWHERE,
    "twilio_from": "+48732000000",
    "gios_api_base": _NOWHERE,
    "widget_origins": WIDGET_SITE,
    "public_url": PUBLIC_URL,
}
_PRODUCTION = {
    "hub_profile": "production",
    "secret_key": "index-" * 8,
    "encryption_keys": "encryption-" * 4,
    "redis_url": "redis://127.0.0.1:9/0",
}


@dataclass(frozen=True)
class Whole:
    """The application, what it stands on, its Telegram channel, and the model that understands a few sentences."""

    app: FastAPI
    base: Foundation
    parser: FakeParser
    telegram: Telegram

    async def staff_session(self, role: Role, name: str) -> str:
        """Hire somebody and return the token of their session, one that is let in."""
        base, hashing = self.base, Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        desk = panel.desk(base.settings, base.clock, base.database, base.city, base.texts, hashing)
        invited = await desk.accounts.add(CONSOLE, name, role)
        here = Caller("10.0.0.1", "Firefox, Linux")
        half_in = await desk.sessions.find(await desk.sign_in.by_password(name, invited.password, here))
        assert half_in
        return await desk.own_access.change_password(half_in, PASSWORD, PASSWORD)

    async def api_key(self) -> str:
        """Return a new key that may do everything a program may."""
        return await ApiKeys(self.base.database, self.base.clock).create(CONSOLE, "Program", KEY_SCOPES)


class _Model(FakeParser):
    """The fake model, which can be asked for its health."""

    async def check(self) -> None:
        if self.is_down:
            raise NluUnavailable("the fake is down")


def whole_settings(folder: Path, migrated_file: Path, *, production: bool = False, **more: str) -> Settings:
    """Return settings with every channel, over a database of their own; providers are nowhere unless named."""
    file = folder / "whole.db"
    shutil.copyfile(migrated_file, file)
    given = {"var_dir": str(folder), "database_url": f"sqlite:///{file}", **_DEMO}
    return Settings.model_validate(given | (_PRODUCTION if production else {}) | more)


@asynccontextmanager
async def open_whole(settings: Settings) -> AsyncIterator[Whole]:
    """Put the application together as a process does, over a Redis of its own."""
    async with bootstrap.foundation(settings) as opened:
        base = replace(opened, redis=open_redis(None))
        model = _Model()
        # The composition root asks the model only what the fake answers, too.
        parser: RasaClient = model  # type: ignore[assignment]
        topics, stop = Topics(base), asyncio.Event()
        assistant = build_assistant(base, topics, model)
        bot = telegram(base, assistant)
        async with open_channels(base) as every, open_sign_up(base, every) as sign_up:
            routers = [*sign_up, *bot.routers, *site_routers(base, assistant, topics, stop, every)]
            if settings.is_demo:
                routers.append(demo_router(demo_of(base), Alerts(base).run))
            yield Whole(create_app(api_services(base, parser, assistant, topics), routers), base, model, bot)
            stop.set()
        await base.redis.aclose()


@dataclass(frozen=True)
class ServedWhole:
    """The application on a port of loopback, with a session of each role and the key of a program."""

    url: str
    routes: Sequence[Route]
    parser: FakeParser
    sessions: Sequence[str]
    key: str

    def visitor(self, address: str = "192.0.2.1", **headers: str) -> httpx2.Client:
        """Return a client that comes from an address, as the proxy says."""
        return httpx2.Client(base_url=self.url, headers={"X-Forwarded-For": address, **headers}, timeout=30)


@contextmanager
def serve_whole(settings: Settings) -> Iterator[ServedWhole]:
    """Serve the application from a thread until the context ends."""
    ready, done, found = threading.Event(), threading.Event(), list[ServedWhole]()

    async def serve() -> None:
        async with open_whole(settings) as whole, served(whole.app) as url:
            sessions = [await whole.staff_session(role, name) for role, name in STAFF.items()]
            routes, key = every_route(whole.app), await whole.api_key()
            found.append(ServedWhole(url, routes, whole.parser, sessions, key))
            ready.set()
            await asyncio.to_thread(done.wait)

    def run() -> None:
        try:
            asyncio.run(serve())
        finally:
            ready.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        assert ready.wait(60)
        assert found, "the application did not start"
        yield found[0]
    finally:
        done.set()
        thread.join(30)
