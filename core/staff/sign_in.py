"""Signing in, step by step: password, second factor; and proving to be there once more before dangerous steps."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, record
from core.clock import Clock
from core.crypto import AddressVault
from core.database import Database
from core.staff import repository, tries
from core.staff.account import Session, Stage
from core.staff.errors import SignInRefusedError
from core.staff.models import AccountRow, SessionRow
from core.staff.names import fold_name
from core.staff.passwords import Passwords
from core.staff.second_factor import takes_code
from core.staff.sessions import Sessions
from core.staff.tries import Limit

# Under one name from one address; under one name from everywhere, more so that nobody can lock others out easily;
# from one address under any names.
_OF_PAIR, _OF_NAME, _OF_ADDRESS, _OF_CODE = 5, 20, 30, 5
_LONGEST_TYPED = 200


@dataclass(frozen=True)
class Caller:
    """Where a try comes from."""

    address: str
    device: str


class SignIn:
    """Lets people in; every refusal is the same error after the same work, whatever was wrong."""

    def __init__(
        self, database: Database, clock: Clock, vault: AddressVault, passwords: Passwords, sessions: Sessions
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._passwords = passwords
        self._sessions = sessions

    async def by_password(self, name: str, password: str, caller: Caller) -> str:
        """Check name and password and return the token of a new session, which may still need the second factor.

        Raises:
            SignInRefusedError: they are wrong, or the one-time password is too old.
            TooManyTriesError: too many were wrong.
        """
        login, typed = fold_name(name[:_LONGEST_TYPED]), password[:_LONGEST_TYPED]
        limits = self._limits(login, caller.address)
        async with self._database.write() as session:
            await tries.count(session, limits, self._clock.now())
            account = await repository.by_login(session, login)
        # Hashing takes long: never inside a unit of work.
        stored = account.password_hash if account else None
        is_right = await self._passwords.matches(stored, typed)
        renewed = await self._renewed(stored, typed) if is_right else None
        async with self._database.write() as session:
            row = await repository.locked(session, account.id) if account else None
            token = None
            if row and is_right and row.password_hash == stored and _is_open(row, self._clock.now()):
                row.password_hash = renewed or row.password_hash
                token = await self._let_in(session, row, caller.device)
                await self._forgive(session, limits)
            elif row:
                await self._log(session, row, "staff.sign_in_refused")
        if token is None:
            raise SignInRefusedError("The name or the password is wrong.")
        return token

    async def by_code(self, half_open: Session, code: str) -> str:
        """Check the second factor, or a recovery code in its place, and return the token of a new session.

        Raises:
            SignInRefusedError: it is wrong or was used before.
            TooManyTriesError: too many were wrong.
        """
        async with self._database.write() as session:
            account = await self._counted(session, half_open)
            token = None
            if account and await takes_code(session, self._vault, account, code, self._clock.now()):
                await repository.end_session(session, account.id, half_open.id)
                token = await self._let_in(session, account, half_open.device, is_verified=True)
                await tries.clear(session, self._code_key(account.id))
            elif account:
                await self._log(session, account, "staff.code_refused")
        if token is None:
            raise SignInRefusedError("The code is wrong.")
        return token

    async def confirm(self, open_: Session, typed: str) -> None:
        """Note that the person is there, by the password or a code of the second factor.

        Raises:
            SignInRefusedError: it is wrong.
            TooManyTriesError: too many were wrong.
        """
        async with self._database.write() as session:
            account = await self._counted(session, open_)
            stored = account.password_hash if account else None
        is_password = await self._passwords.matches(stored, typed[:_LONGEST_TYPED])
        async with self._database.write() as session:
            account = await repository.locked(session, open_.account.id)
            row = await session.get(SessionRow, open_.id)
            is_there = account is not None and (
                (is_password and account.password_hash == stored)
                or await takes_code(session, self._vault, account, typed, self._clock.now())
            )
            if account and row and is_there:
                row.confirmed_at = self._clock.now()
                await tries.clear(session, self._code_key(account.id))
            elif account:
                await self._log(session, account, "staff.confirmation_refused")
        if not is_there:
            raise SignInRefusedError("The password or the code is wrong.")

    async def _counted(self, session: AsyncSession, of: Session) -> AccountRow | None:
        await tries.count(session, [Limit(self._code_key(of.account.id), _OF_CODE)], self._clock.now())
        return await repository.locked(session, of.account.id)

    async def _let_in(
        self, session: AsyncSession, account: AccountRow, device: str, *, is_verified: bool = False
    ) -> str:
        token, started = await self._sessions.start(session, account, device, is_verified=is_verified)
        if started.stage is Stage.IN:
            account.signed_in_at = self._clock.now()
            await self._log(session, account, "staff.signed_in")
        return token

    async def _log(self, session: AsyncSession, account: AccountRow, action: str) -> None:
        await record(session, account.name, Deed(action, f"staff/{account.login}"), self._clock.now())

    async def _renewed(self, stored: str | None, password: str) -> str | None:
        is_old = stored is not None and self._passwords.is_outdated(stored)
        return await self._passwords.hash(password) if is_old else None

    async def _forgive(self, session: AsyncSession, limits: tuple[Limit, Limit, Limit]) -> None:
        of_pair, of_name, of_address = limits
        await tries.clear(session, of_pair.key)
        await tries.clear(session, of_name.key)
        # Wrong tries of the address stay: one known password must not buy guesses at others.
        await tries.uncount(session, of_address)

    def _limits(self, login: str, address: str) -> tuple[Limit, Limit, Limit]:
        key = self._vault.digest
        return (
            Limit(key(f"staff_tries:pair:{login}:{address}"), _OF_PAIR),
            Limit(key(f"staff_tries:name:{login}"), _OF_NAME),
            Limit(key(f"staff_tries:address:{address}"), _OF_ADDRESS),
        )

    def _code_key(self, account_id: int) -> str:
        return self._vault.digest(f"staff_tries:code:{account_id}")


def _is_open(account: AccountRow, now: datetime) -> bool:
    is_current = account.password_expires_at is None or account.password_expires_at > now
    return account.disabled_at is None and is_current
