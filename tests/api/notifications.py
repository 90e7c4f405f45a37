"""The product with sign-up on the web, over a channel that keeps every SMS."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from fastapi import FastAPI

from api.app import create_app
from api.dependencies import Services
from core.database import Database
from core.settings import Settings
from hub.bootstrap import Foundation, address_vault
from hub.web.sign_up import open_sign_up
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock
from tests.notifier.deliveries.world import ScriptedChannel

PHONE, OTHER = "512 345 678", "600 700 800"
API, PAGE = "/api/v1/subscriptions", "/powiadomienia"
VERSION = "web-2026-11-24"

SIGN_UP: dict[str, Any] = {
    "phone": PHONE,
    "topics": ["smog", "announcements"],
    "districts": ["piekary"],
    "consent": True,
    "text_version": VERSION,
}


@dataclass(frozen=True)
class Town:
    """A town where residents sign up: the application, and the phones that the codes come to."""

    app: FastAPI
    sms: ScriptedChannel
    database: Database
    clock: FrozenClock
    subscriptions: Subscriptions

    async def called(self) -> list[str]:
        """Return the numbers that got a code, after those on their way have left."""
        await asyncio.sleep(0)
        return self.sms.called

    async def code(self) -> str:
        """Return the last code that was sent."""
        await self.called()
        found = re.fullmatch(r"Kod (\d{6})", self.sms.titles[-1])
        assert found
        return found[1]

    async def wrong_code(self) -> str:
        return f"{(int(await self.code()) + 1) % 10**6:06}"

    async def topics(self, phone: str = PHONE) -> list[tuple[str, tuple[str, ...]]]:
        """Return what a number gets."""
        async with self.database.read() as session:
            running = await self.subscriptions.running(session, "sms", phone)
        return [(entry.topic, entry.districts) for entry in running]

    def client(self, **headers: str) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx2.AsyncClient(transport=transport, base_url="http://hub.test", headers=headers)


@asynccontextmanager
async def town(foundation: Foundation, services: Services, settings: Settings | None = None) -> AsyncIterator[Town]:
    """Open the town; with `settings` its product is set up by them."""
    base = foundation
    if settings:
        parts = vars(foundation) | {"settings": settings}
        base = Foundation(**parts)
    sms = ScriptedChannel("sms")
    async with open_sign_up(base, {"sms": sms}) as routers:
        app = create_app(services, routers)
        subscriptions = Subscriptions(address_vault(base.settings), base.clock)
        assert isinstance(base.clock, FrozenClock)
        yield Town(app, sms, base.database, base.clock, subscriptions)


async def ask_for_code(client: httpx2.AsyncClient, **changes: object) -> str:
    """Return the ticket of a sign-up that waits for its code."""
    answer = await client.post(API, json={**SIGN_UP, **changes})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["ticket"])


async def sign_up(client: httpx2.AsyncClient, legnica: Town) -> str:
    """Sign a number up and return its token."""
    ticket = await ask_for_code(client)
    confirmed = await client.post(f"{API}/{ticket}/confirm", json={"code": await legnica.code()})
    assert confirmed.status_code == 200, confirmed.text
    return str(confirmed.json()["token"])


def problem(response: httpx2.Response, status: int) -> str:
    """Return what a refusal says."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    assert response.status_code == response.json()["status"] == status, response.text
    return str(response.json()["detail"])
