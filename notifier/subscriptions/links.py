"""The resident's own page: its address holds a token that nobody can guess, and of which only a digest is stored."""

from sqlalchemy.ext.asyncio import AsyncSession

from core.crypto import AddressVault
from core.secrets import new_token
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.repository import find_by_link

# What is longer is no token of ours.
_LONGEST_TOKEN = 64


class Links:
    """Gives out tokens and finds whose they are."""

    def __init__(self, vault: AddressVault) -> None:
        self._vault = vault

    async def issue(self, session: AsyncSession, contact: ContactRow) -> str:
        """Return a new token for a contact; the one before stops working."""
        token = new_token()
        contact.link_digest = self._digest(token)
        await session.flush()
        return token

    async def owner(self, session: AsyncSession, token: str, *, lock: bool = False) -> ContactRow | None:
        """Return the contact of a token, None when it was never given out or has been replaced."""
        if not 0 < len(token) <= _LONGEST_TOKEN:
            return None
        return await find_by_link(session, self._digest(token), lock=lock)

    def _digest(self, token: str) -> str:
        return self._vault.digest(f"link:{token}")
