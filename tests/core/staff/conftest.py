"""An office whose staff signs in: the services of access over a database, with a cheap hash."""

from dataclasses import dataclass

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from core.audit.models import AuditRow
from core.crypto import AddressVault
from core.database import Database
from core.staff.account import Session, Stage
from core.staff.accounts import Accounts
from core.staff.actor import CONSOLE
from core.staff.api_keys import ApiKeys
from core.staff.own_access import OwnAccess
from core.staff.passwords import Passwords
from core.staff.permissions import Role
from core.staff.sessions import Sessions
from core.staff.sign_in import Caller, SignIn
from tests.fakes import FrozenClock

OWN_PASSWORD = "parasol nad rzeka w listopadzie"
HERE = Caller("10.0.0.1", "Firefox, Linux")


@dataclass
class Office:
    """The services, and short ways through them."""

    database: Database
    clock: FrozenClock
    accounts: Accounts
    sessions: Sessions
    sign_in: SignIn
    own_access: OwnAccess
    keys: ApiKeys

    async def hire(self, name: str = "Anna Nowak", role: Role = Role.EDITOR) -> str:
        """Add an account and return its one-time password."""
        return (await self.accounts.add(CONSOLE, name, role)).password

    async def enter(self, name: str, password: str, caller: Caller = HERE) -> Session:
        """Sign in with a password and return the session."""
        return await self.session(await self.sign_in.by_password(name, password, caller))

    async def session(self, token: str) -> Session:
        """Return the session of a token, which is open."""
        found = await self.sessions.find(token)
        assert found
        return found

    async def settle(self, name: str = "Anna Nowak", role: Role = Role.EDITOR) -> Session:
        """Add somebody and return the session in which they chose a password of their own."""
        first = await self.enter(name, await self.hire(name, role))
        assert first.stage is Stage.PASSWORD
        return await self.session(await self.own_access.change_password(first, OWN_PASSWORD, OWN_PASSWORD))

    async def with_second_factor(self, name: str = "Anna Nowak") -> tuple[str, tuple[str, ...]]:
        """Add somebody with a second factor; return its secret and the recovery codes."""
        session = await self.settle(name)
        secret = await self.own_access.begin_second_factor(session)
        made = await self.own_access.finish_second_factor(session, self.code(secret))
        return secret, made.recovery_codes

    def code(self, secret: str) -> str:
        """Return the code that the app shows now."""
        return pyotp.TOTP(secret).at(self.clock.now())

    async def deeds(self) -> list[tuple[str, str, str]]:
        """Return actor, action and subject of everything in the audit log."""
        async with self.database.read() as session:
            rows = await session.scalars(select(AuditRow).order_by(AuditRow.id))
            return [(row.actor, row.action, row.subject) for row in rows]


@pytest.fixture
def office(database: Database, clock: FrozenClock) -> Office:
    vault = AddressVault(["encryption-" * 4], "index-" * 8)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    sessions = Sessions(database, clock, second_factor_needed=False)
    return Office(
        database,
        clock,
        Accounts(database, clock, passwords),
        sessions,
        SignIn(database, clock, vault, passwords, sessions),
        OwnAccess(database, clock, vault, passwords, sessions),
        ApiKeys(database, clock),
    )
