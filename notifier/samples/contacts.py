"""Where a person of the staff gets samples: given once, kept sealed, shown masked."""

import re
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.crypto import AddressVault
from notifier.samples.errors import ContactRefusedError
from notifier.samples.models import StaffContactRow
from notifier.subscriptions.addresses import AddressRefusedError, masked, normalise

EMAIL = "email"
MAX_ADDRESS = 200

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-z]{2,63}", re.IGNORECASE | re.ASCII)
_CHAT = re.compile(r"[1-9][0-9]{3,15}")


def in_one_form(channel: str, address: str) -> str:
    """Return a contact as it is kept.

    Raises:
        ContactRefusedError: it is no Polish mobile number, no number of a chat, no e-mail address.
    """
    stripped = address.strip()
    pattern = {EMAIL: _EMAIL, "telegram": _CHAT}.get(channel)
    if pattern:
        if len(stripped) > MAX_ADDRESS or not pattern.fullmatch(stripped):
            raise ContactRefusedError(channel)
        return stripped
    try:
        return normalise(channel, stripped)
    except AddressRefusedError as error:
        raise ContactRefusedError(channel) from error


def shown(channel: str, address: str) -> str:
    """Return a contact as its owner recognises it, and nobody else can use it."""
    if channel != EMAIL:
        return masked(channel, address)
    name, _, domain = address.partition("@")
    return f"{name[:1]}***@{domain}"


async def contacts_of(session: AsyncSession, vault: AddressVault, account_id: int) -> Mapping[str, str]:
    """Return somebody's contacts in clear, by channel."""
    query = select(StaffContactRow).where(StaffContactRow.account_id == account_id)
    rows = await session.scalars(query)
    return {row.channel: vault.open(row.address_sealed, staff_contact_place(account_id, row.channel)) for row in rows}


async def keep(session: AsyncSession, vault: AddressVault, account_id: int, channel: str, address: str) -> None:
    """Keep a contact in the place of the one before."""
    sealed = vault.seal(address, staff_contact_place(account_id, channel))
    await session.merge(StaffContactRow(account_id=account_id, channel=channel, address_sealed=sealed))
    await session.flush()


def staff_contact_place(account_id: int, channel: str) -> str:
    """Return the context that ties a sealed contact to its own row."""
    return f"staff_contacts.address_sealed:{account_id}:{channel}"
