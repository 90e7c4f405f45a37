"""Accounts of the staff: who is let in and as what. Each step is one unit of work and one line of the audit log."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, State, record
from core.clock import Clock
from core.database import Database
from core.staff import repository
from core.staff.account import Account
from core.staff.actor import Actor
from core.staff.errors import LastAdministratorError, NameRefusedError, OwnAccountError, UnknownAccountError
from core.staff.models import AccountRow
from core.staff.names import clean_name, fold_name
from core.staff.passwords import Passwords, new_one_time_password
from core.staff.permissions import Permission, Role

ONE_TIME_PASSWORD_VALID = timedelta(hours=48)
"""How long a one-time password lets somebody in."""


@dataclass(frozen=True)
class Invited:
    """A one-time password, to be handed to its person; it is shown once."""

    name: str
    password: str


class Accounts:
    """Adds and changes accounts; every step needs the permission to manage staff and ends the sessions it touches."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords

    async def listed(self, actor: Actor) -> tuple[Account, ...]:
        """Return every account by name."""
        actor.require(Permission.MANAGE_STAFF)
        async with self._database.read() as session:
            return tuple(Account.of(row) for row in await repository.accounts(session))

    async def find(self, name: str) -> Account | None:
        """Return the account of a name, however it is typed."""
        async with self._database.read() as session:
            row = await repository.by_login(session, fold_name(name))
        return Account.of(row) if row else None

    async def who_may(self, permission: Permission) -> tuple[str, ...]:
        """Return the names of those who are let in and may do something, so that work can be given to them."""
        async with self._database.read() as session:
            everybody = [Account.of(row) for row in await repository.accounts(session)]
        return tuple(each.name for each in everybody if each.actor.may(permission) and not each.is_disabled)

    async def add(self, actor: Actor, name: str, role: Role) -> Invited:
        """Add an account and return its one-time password.

        Raises:
            NameRefusedError: the name cannot be used, or is taken.
        """
        actor.require(Permission.MANAGE_STAFF)
        shown = clean_name(name)
        invited = Invited(shown, new_one_time_password())
        row = AccountRow(
            login=fold_name(shown),
            name=shown,
            role=role.value,
            password_hash=await self._passwords.hash(invited.password),
            totp_step=0,
            created_at=self._clock.now(),
            password_expires_at=self._clock.now() + ONE_TIME_PASSWORD_VALID,
        )
        async with self._database.write() as session:
            try:
                async with session.begin_nested():
                    session.add(row)
            except IntegrityError as error:
                raise NameRefusedError("taken") from error
            await self._log(session, actor, "staff.added", row, after={"role": role.value})
        return invited

    async def reset(self, actor: Actor, account_id: int) -> Invited:
        """Take password and second factor from an account and return a new one-time password.

        Raises:
            UnknownAccountError: there is no such account.
        """
        actor.require(Permission.MANAGE_STAFF)
        password = new_one_time_password()
        hashed = await self._passwords.hash(password)
        async with self._database.write() as session:
            row = await self._others(session, actor, account_id)
            row.password_hash, row.password_expires_at = hashed, self._clock.now() + ONE_TIME_PASSWORD_VALID
            row.totp_sealed, row.totp_step = None, 0
            await repository.replace_recovery_codes(session, row.id, ())
            await repository.end_sessions(session, row.id)
            await self._log(session, actor, "staff.reset", row)
            return Invited(row.name, password)

    async def change_role(self, actor: Actor, account_id: int, role: Role) -> None:
        """Let somebody work as something else.

        Raises:
            UnknownAccountError: there is no such account.
            OwnAccountError: it is the actor's own.
            LastAdministratorError: nobody would be left to let others in.
        """
        actor.require(Permission.MANAGE_STAFF)
        async with self._database.write() as session:
            await self._keep_an_administrator(session, account_id, stays=role is Role.ADMINISTRATOR)
            row = await self._others(session, actor, account_id)
            before, row.role = row.role, role.value
            await repository.end_sessions(session, row.id)
            await self._log(session, actor, "staff.role_changed", row, {"role": before}, {"role": role.value})

    async def disable(self, actor: Actor, account_id: int) -> None:
        """Let somebody in no longer; their name stays in what they did.

        Raises:
            UnknownAccountError: there is no such account.
            OwnAccountError: it is the actor's own.
            LastAdministratorError: nobody would be left to let others in.
        """
        await self._switch(actor, account_id, self._clock.now())

    async def enable(self, actor: Actor, account_id: int) -> None:
        """Let somebody in again.

        Raises:
            UnknownAccountError: there is no such account.
        """
        await self._switch(actor, account_id, None)

    async def _switch(self, actor: Actor, account_id: int, disabled_at: datetime | None) -> None:
        actor.require(Permission.MANAGE_STAFF)
        async with self._database.write() as session:
            await self._keep_an_administrator(session, account_id, stays=disabled_at is None)
            row = await self._others(session, actor, account_id)
            row.disabled_at = disabled_at
            await repository.end_sessions(session, row.id)
            await self._log(session, actor, "staff.disabled" if disabled_at else "staff.enabled", row)

    async def _others(self, session: AsyncSession, actor: Actor, account_id: int) -> AccountRow:
        """Return an account for change, which must not be the actor's own."""
        row = await repository.locked(session, account_id)
        if row is None:
            raise UnknownAccountError(str(account_id))
        if row.id == actor.account_id:
            raise OwnAccountError("Nobody changes their own access.")
        return row

    async def _keep_an_administrator(self, session: AsyncSession, account_id: int, *, stays: bool) -> None:
        administrators = await repository.lock_administrators(session)
        if not stays and [row.id for row in administrators] == [account_id]:
            raise LastAdministratorError("The last administrator stays.")

    async def _log(
        self,
        session: AsyncSession,
        actor: Actor,
        action: str,
        row: AccountRow,
        before: State | None = None,
        after: State | None = None,
    ) -> None:
        await record(session, actor.name, Deed(action, f"staff/{row.login}", before, after), self._clock.now())
