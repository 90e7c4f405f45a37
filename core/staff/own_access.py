"""What people change about their own access: password, second factor, recovery codes, open sessions."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, record
from core.clock import Clock
from core.crypto import AddressVault
from core.database import Database
from core.staff import repository
from core.staff.account import Session, Stage
from core.staff.errors import PasswordRefusedError, SignInRefusedError, UnknownAccountError
from core.staff.models import AccountRow, SessionRow
from core.staff.passwords import Passwords, check_password
from core.staff.second_factor import account_place, recovery_digest, session_place
from core.staff.sessions import Sessions
from core.staff.totp import matching_step, new_recovery_codes, new_secret


@dataclass(frozen=True)
class NewFactor:
    """A second factor just set up: the token of the session that goes on, and codes to be kept on paper."""

    token: str
    recovery_codes: tuple[str, ...]


class OwnAccess:
    """Each step is one unit of work; whatever changes how one signs in ends the other sessions."""

    def __init__(
        self, database: Database, clock: Clock, vault: AddressVault, passwords: Passwords, sessions: Sessions
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._passwords = passwords
        self._sessions = sessions

    async def change_password(self, own: Session, password: str, repeated: str) -> str:
        """Set a password of one's own, end every session and return the token of a new one.

        Raises:
            PasswordRefusedError: it breaks a rule, was not typed twice alike, or is the present one.
        """
        if password != repeated:
            raise PasswordRefusedError("unlike")
        check_password(password, own.account.name)
        async with self._database.read() as session:
            present = await repository.account(session, own.account.id)
        if present and await self._passwords.matches(present.password_hash, password):
            raise PasswordRefusedError("same")
        hashed = await self._passwords.hash(password)
        async with self._database.write() as session:
            account = await self._row(session, own)
            account.password_hash, account.password_expires_at = hashed, None
            return await self._go_on(session, own, account, "staff.password_changed")

    async def begin_second_factor(self, own: Session) -> str:
        """Return a new secret for the authenticator app; it counts when the first code of it was typed."""
        secret = new_secret()
        async with self._database.write() as session:
            if row := await session.get(SessionRow, own.id):
                row.totp_sealed = self._vault.seal(secret, session_place(row.id))
        return secret

    async def pending_secret(self, own: Session) -> str | None:
        """Return the secret that is being set up in this session."""
        async with self._database.read() as session:
            row = await session.get(SessionRow, own.id)
        return self._vault.open(row.totp_sealed, session_place(row.id)) if row and row.totp_sealed else None

    async def finish_second_factor(self, own: Session, code: str) -> NewFactor:
        """Take over the new second factor with its first code.

        Raises:
            SignInRefusedError: the code is wrong, or no second factor is being set up.
        """
        secret = await self.pending_secret(own)
        step = matching_step(secret, code, self._clock.now(), 0) if secret else None
        if secret is None or step is None:
            raise SignInRefusedError("The code is wrong.")
        async with self._database.write() as session:
            account = await self._row(session, own)
            account.totp_sealed, account.totp_step = self._vault.seal(secret, account_place(account.id)), step
            codes = await self._new_codes(session, account)
            token = await self._go_on(session, own, account, "staff.second_factor_set", is_verified=True)
        return NewFactor(token, codes)

    async def new_recovery_codes(self, own: Session) -> tuple[str, ...]:
        """Return fresh recovery codes; the earlier ones no longer count."""
        async with self._database.write() as session:
            account = await self._row(session, own)
            await self._log(session, account, "staff.recovery_codes_made")
            return await self._new_codes(session, account)

    async def recovery_codes_left(self, own: Session) -> int:
        """Return how many recovery codes have not been used."""
        async with self._database.read() as session:
            return await repository.count_recovery_codes(session, own.account.id)

    async def sessions(self, own: Session) -> tuple[Session, ...]:
        """Return one's open sessions, the latest first."""
        async with self._database.read() as session:
            return await self._sessions.of(session, own.account.id)

    async def end_session(self, own: Session, session_id: int) -> None:
        """End one of one's own sessions."""
        async with self._database.write() as session:
            await repository.end_session(session, own.account.id, session_id)
            await self._log(session, await self._row(session, own), "staff.session_ended")

    async def _go_on(
        self, session: AsyncSession, own: Session, account: AccountRow, action: str, *, is_verified: bool | None = None
    ) -> str:
        """End every session of an account and open a new one in the place of the own one."""
        row = await session.get(SessionRow, own.id)
        if row is None:
            raise SignInRefusedError("The session is over.")
        verified = row.is_verified if is_verified is None else is_verified
        await repository.end_sessions(session, account.id)
        token, started = await self._sessions.start(session, account, own.device, is_verified=verified)
        await self._log(session, account, action)
        if started.stage is Stage.IN and own.stage is not Stage.IN:
            account.signed_in_at = self._clock.now()
            await self._log(session, account, "staff.signed_in")
        return token

    async def _new_codes(self, session: AsyncSession, account: AccountRow) -> tuple[str, ...]:
        codes = new_recovery_codes()
        digests = [recovery_digest(self._vault, account.id, code) for code in codes]
        await repository.replace_recovery_codes(session, account.id, digests)
        return codes

    async def _row(self, session: AsyncSession, own: Session) -> AccountRow:
        row = await repository.locked(session, own.account.id)
        if row is None:
            raise UnknownAccountError(own.account.name)
        return row

    async def _log(self, session: AsyncSession, account: AccountRow, action: str) -> None:
        await record(session, account.name, Deed(action, f"staff/{account.login}"), self._clock.now())
