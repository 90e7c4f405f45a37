"""The panel over a database, with a browser for each member of staff."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx2
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from api.panel.desk import Desk
from api.panel.panel import panel_router
from content.pack import City
from content.texts import Texts
from core.database import Database
from core.settings import Settings
from core.staff.actor import CONSOLE
from core.staff.passwords import Passwords
from core.staff.permissions import Role
from core.staff.sign_in import Caller
from hub.web import panel
from tests.fakes import FrozenClock

PASSWORD = "parasol nad rzeka w listopadzie"
NAMES = {
    Role.EDITOR: "Anna Nowak",
    Role.APPROVER: "Jan Kos",
    Role.ANALYST: "Ewa Lis",
    Role.ADMINISTRATOR: "Olga Sowa",
}
_ORIGIN = "http://hub.test"


class Browser:
    """A browser: it keeps cookies, says where requests come from, and sends the forms it was shown."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client
        self.csrf = ""

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        """Open a page and remember the token of its forms."""
        response = await self.client.get(path, headers={"Accept": "text/html", **headers})
        if token := re.search(r'name="csrf" value="([0-9a-f]{64})"', response.text):
            self.csrf = token[1]
        return response

    async def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> httpx2.Response:
        """Send a form of our own pages; headers override what the browser says of itself."""
        said = {"Accept": "text/html", "Origin": _ORIGIN, "Sec-Fetch-Site": "same-origin", **headers}
        return await self.client.post(path, data={"csrf": self.csrf, **(fields or {})}, headers=said)

    async def sign_in(self, name: str, password: str = PASSWORD, **fields: str) -> httpx2.Response:
        """Send the sign-in form, as it comes without a session."""
        answer = await self.post("/panel/logowanie", {"name": name, "password": password, **fields})
        if answer.status_code == 303:
            await self.get("/panel/konto")
        return answer

    @property
    def cookies(self) -> list[str]:
        """The tokens of sessions that this browser holds."""
        return [cookie.value or "" for cookie in self.client.cookies.jar]


@dataclass
class Panel:
    """The running panel: its services, and browsers to visit it."""

    app: FastAPI
    desk: Desk
    clock: FrozenClock
    stack: AsyncExitStack

    async def browser(self) -> Browser:
        """Open a browser that nobody has signed in with."""
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
        client = httpx2.AsyncClient(transport=transport, base_url=_ORIGIN)
        return Browser(await self.stack.enter_async_context(client))

    async def hire(self, role: Role, name: str | None = None) -> str:
        """Add somebody with a password of their own and return the name."""
        invited = await self.desk.accounts.add(CONSOLE, name or NAMES[role], role)
        here = Caller("10.0.0.1", "Firefox, Linux")
        half_in = await self.desk.sessions.find(
            await self.desk.sign_in.by_password(invited.name, invited.password, here)
        )
        assert half_in
        await self.desk.sessions.end(await self.desk.own_access.change_password(half_in, PASSWORD, PASSWORD))
        return invited.name

    async def visit(self, role: Role, name: str | None = None) -> Browser:
        """Add somebody and return the browser in which they are signed in."""
        browser = await self.browser()
        answer = await browser.sign_in(await self.hire(role, name))
        assert answer.status_code == 303
        return browser


@pytest.fixture
def desk(database: Database, clock: FrozenClock, city: City, tmp_path: Path) -> Desk:
    """The services of the panel, with a cheap hash."""
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return panel.desk(Settings(var_dir=tmp_path), clock, database, city, Texts(city.folder), passwords)


@pytest.fixture
async def staff_panel(desk: Desk, clock: FrozenClock) -> AsyncIterator[Panel]:
    async with AsyncExitStack() as stack:
        yield Panel(app_of(desk), desk, clock, stack)


def app_of(desk: Desk) -> FastAPI:
    """Return an application that has the panel only."""
    # Not included, which would prepare all two hundred routes: this way only those that a test comes past are.
    return FastAPI(routes=panel_router(desk).routes)


def words(html: str) -> str:
    """Return the text of a page as it is read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
