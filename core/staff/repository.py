"""Queries on accounts, sessions, recovery codes and keys."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.staff.models import AccountRow, ApiKeyRow, RecoveryCodeRow, SessionRow
from core.staff.permissions import Role


async def by_login(session: AsyncSession, login: str) -> AccountRow | None:
    """Return the account of a folded name."""
    return await session.scalar(select(AccountRow).where(AccountRow.login == login))


async def account(session: AsyncSession, account_id: int) -> AccountRow | None:
    """Return an account."""
    return await session.get(AccountRow, account_id)


async def locked(session: AsyncSession, account_id: int) -> AccountRow | None:
    """Return an account; others who change it wait until the unit of work ends."""
    query = select(AccountRow).where(AccountRow.id == account_id).with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def accounts(session: AsyncSession) -> Sequence[AccountRow]:
    """Return every account by name."""
    return (await session.scalars(select(AccountRow).order_by(AccountRow.login))).all()


async def lock_administrators(session: AsyncSession) -> Sequence[AccountRow]:
    """Return the administrators who are let in; others who change one of them wait."""
    query = select(AccountRow).where(AccountRow.role == Role.ADMINISTRATOR.value, AccountRow.disabled_at.is_(None))
    return (await session.scalars(query.order_by(AccountRow.id).with_for_update())).all()


async def open_session(session: AsyncSession, digest: str, now: datetime, idle_since: datetime) -> SessionRow | None:
    """Return the session of a token's digest, unless it is over or was last used before `idle_since`."""
    query = select(SessionRow).where(
        SessionRow.digest == digest, SessionRow.expires_at > now, SessionRow.seen_at > idle_since
    )
    return await session.scalar(query)


async def sessions_of(
    session: AsyncSession, account_id: int, now: datetime, idle_since: datetime
) -> Sequence[SessionRow]:
    """Return the open sessions of an account, the latest first."""
    query = select(SessionRow).where(
        SessionRow.account_id == account_id, SessionRow.expires_at > now, SessionRow.seen_at > idle_since
    )
    return (await session.scalars(query.order_by(SessionRow.id.desc()))).all()


async def touch(session: AsyncSession, session_id: int, now: datetime) -> None:
    """Note that a session was used."""
    await session.execute(update(SessionRow).where(SessionRow.id == session_id).values(seen_at=now))


async def end_by_digest(session: AsyncSession, digest: str) -> None:
    """End the session of a token's digest."""
    await session.execute(delete(SessionRow).where(SessionRow.digest == digest))


async def end_sessions(session: AsyncSession, account_id: int) -> None:
    """End every session of an account."""
    await session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))


async def end_session(session: AsyncSession, account_id: int, session_id: int) -> None:
    """End one session of an account."""
    own = SessionRow.account_id == account_id
    await session.execute(delete(SessionRow).where(own, SessionRow.id == session_id))


async def purge_sessions(session: AsyncSession, now: datetime, idle_since: datetime) -> None:
    """Delete the sessions that are over."""
    over = or_(SessionRow.expires_at <= now, SessionRow.seen_at <= idle_since)
    await session.execute(delete(SessionRow).where(over))


async def replace_recovery_codes(session: AsyncSession, account_id: int, digests: Iterable[str]) -> None:
    """Let these codes count from now on, and no others."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    session.add_all([RecoveryCodeRow(account_id=account_id, digest=digest) for digest in digests])
    await session.flush()


async def take_recovery_code(session: AsyncSession, account_id: int, digest: str) -> bool:
    """Use up a recovery code; False when there is no such code."""
    code = select(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id, RecoveryCodeRow.digest == digest)
    row = await session.scalar(code.with_for_update())
    if row is None:
        return False
    await session.delete(row)
    await session.flush()
    return True


async def count_recovery_codes(session: AsyncSession, account_id: int) -> int:
    """Return how many recovery codes are left."""
    return await session.scalar(select(func.count()).where(RecoveryCodeRow.account_id == account_id)) or 0


async def api_keys(session: AsyncSession) -> Sequence[ApiKeyRow]:
    """Return every key, the newest first."""
    return (await session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.id.desc()))).all()


async def key_by_digest(session: AsyncSession, digest: str) -> ApiKeyRow | None:
    """Return the key of a digest, also one that no longer counts."""
    return await session.scalar(select(ApiKeyRow).where(ApiKeyRow.digest == digest))


async def locked_key(session: AsyncSession, key_id: int) -> ApiKeyRow | None:
    """Return a key; others who change it wait until the unit of work ends."""
    return await session.scalar(select(ApiKeyRow).where(ApiKeyRow.id == key_id).with_for_update())
