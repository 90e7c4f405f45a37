"""Taking a code of the second factor once, and the sealed places of its secret."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.crypto import AddressVault
from core.staff import repository
from core.staff.models import AccountRow
from core.staff.totp import matching_step, normal_recovery_code


async def takes_code(session: AsyncSession, vault: AddressVault, account: AccountRow, code: str, now: datetime) -> bool:
    """Whether a code of the app or a recovery code is right; it is used up. The account must be locked."""
    if account.totp_sealed is None:
        return False
    step = matching_step(vault.open(account.totp_sealed, account_place(account.id)), code, now, account.totp_step)
    if step is not None:
        account.totp_step = step
        return True
    return await repository.take_recovery_code(session, account.id, recovery_digest(vault, account.id, code))


def recovery_digest(vault: AddressVault, account_id: int, code: str) -> str:
    """Return the keyed digest under which a recovery code of an account is stored."""
    return vault.digest(f"staff_recovery:{account_id}:{normal_recovery_code(code)}")


def account_place(account_id: int) -> str:
    """Return the context that ties a sealed secret to its account."""
    return f"staff_accounts.totp_sealed:{account_id}"


def session_place(session_id: int) -> str:
    """Return the context that ties a secret that is being set up to its session."""
    return f"staff_sessions.totp_sealed:{session_id}"
