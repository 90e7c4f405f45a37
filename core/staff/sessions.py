"""Sessions on the server: opened with a fresh random token each time, over after a while, ended when access changes."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from core.secrets import new_token
from core.staff import repository
from core.staff.account import Session, Stage
from core.staff.models import MAX_DEVICE, AccountRow, SessionRow

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
"""A session is over after so long without a request, and after so long in any case."""

_HALF_OPEN = timedelta(minutes=15)
_SEEN_EVERY = timedelta(minutes=1)


class Sessions:
    """Opens and finds sessions; `second_factor_needed` says that nobody is let in without one."""

    def __init__(self, database: Database, clock: Clock, *, second_factor_needed: bool) -> None:
        self._database = database
        self._clock = clock
        self._second_factor_needed = second_factor_needed

    async def start(
        self, session: AsyncSession, account: AccountRow, device: str, *, is_verified: bool
    ) -> tuple[str, Session]:
        """Open a session in the caller's unit of work; return its token, which is told to the browser only."""
        token, now = new_token(), self._clock.now()
        row = SessionRow(
            account_id=account.id,
            digest=digest(token),
            is_verified=is_verified,
            device=device[:MAX_DEVICE],
            created_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
            confirmed_at=now,
        )
        started = self._seen(row, account)
        if started.stage is not Stage.IN:
            row.expires_at = now + _HALF_OPEN
        session.add(row)
        await session.flush()
        return token, self._seen(row, account)

    async def find(self, token: str) -> Session | None:
        """Return the open session of a token, None when there is none or its account is closed."""
        now = self._clock.now()
        async with self._database.read() as session:
            found = await self._open(session, token, now)
        if found and now - found.seen_at >= _SEEN_EVERY:
            async with self._database.write() as session:
                await repository.touch(session, found.id, now)
        return found

    async def of(self, session: AsyncSession, account_id: int) -> tuple[Session, ...]:
        """Return the open sessions of an account, the latest first."""
        now = self._clock.now()
        account = await repository.account(session, account_id)
        rows = await repository.sessions_of(session, account_id, now, now - IDLE)
        return tuple(self._seen(row, account) for row in rows) if account else ()

    async def end(self, token: str) -> None:
        """End the session of a token, if there is one."""
        async with self._database.write() as session:
            await repository.end_by_digest(session, digest(token))

    async def _open(self, session: AsyncSession, token: str, now: datetime) -> Session | None:
        row = await repository.open_session(session, digest(token), now, now - IDLE)
        account = await repository.account(session, row.account_id) if row else None
        return self._seen(row, account) if row and account and account.disabled_at is None else None

    def _seen(self, row: SessionRow, account: AccountRow) -> Session:
        return Session.of(row, account, second_factor_needed=self._second_factor_needed)


def digest(token: str) -> str:
    """Return the SHA-256 under which a random token is stored; being random, it needs no key and no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
