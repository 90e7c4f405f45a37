"""Finding addresses again after SECRET_KEY has changed: their digests are made anew from what is sealed."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.crypto import AddressVault, UnsealError
from core.database import Database
from core.errors import ConfigurationError
from core.processes.heartbeat import SILENT_AFTER, processes
from notifier.subscriptions.models import ContactRow, LinkedAddressesRow, SuppressionRow
from notifier.subscriptions.one_person import CHAT, PHONE, linked_chat_place, linked_phone_place
from notifier.subscriptions.repository import find_contact
from notifier.subscriptions.service import contact_place

_AT_ONCE = 500


@dataclass
class Reindexed:
    """Contacts that are found again, and those left as they are, because they signed up a second time meanwhile.

    `lost` are stops that no longer count: of their addresses only the old digests are left.
    """

    found: int = 0
    doubled: int = 0
    lost: int = 0


async def reindex(database: Database, vault: AddressVault, clock: Clock) -> Reindexed:
    """Make every digest of an address anew that is not of the present SECRET_KEY.

    Raises:
        ConfigurationError: there are some, and processes are running that may look for addresses meanwhile.
    """
    done, nameless, after = Reindexed(), 0, 0
    while True:
        async with database.write() as session:
            some = select(ContactRow).where(ContactRow.id > after).order_by(ContactRow.id).limit(_AT_ONCE)
            rows = (await session.scalars(some.with_for_update())).all()
            for row in rows:
                digest = _digest_now(vault, row)
                if digest is None:
                    nameless += 1
                elif digest != row.address_digest:
                    await _require_silence(session, clock)
                    await _find_again(session, vault, row, digest, done)
        if not rows:
            break
        after = rows[-1].id
    if done.found:
        async with database.write() as session:
            for pair in (await session.scalars(select(LinkedAddressesRow))).all():
                _link_again(vault, pair)
            done.lost = nameless + await _without_contact(session)
    return done


def _digest_now(vault: AddressVault, row: ContactRow) -> str | None:
    """Return the digest under which a contact is to be found, None for one that is erased or cannot be opened."""
    try:
        plain = vault.open(row.address_sealed, contact_place(row.channel, row.address_digest))
    except UnsealError:
        return None
    return vault.digest(f"{row.channel}:{plain}") if plain else None


async def _require_silence(session: AsyncSession, clock: Clock) -> None:
    now = clock.now()
    running = [row for row in await processes(session) if now - row.seen_at <= SILENT_AFTER]
    if running:
        message = (
            f"SECRET_KEY is a new one, and {len(running)} processes are running: stop them, wait a minute if one was "
            "killed, and run `hub keys rotate` again."
        )
        raise ConfigurationError(message)


async def _find_again(
    session: AsyncSession, vault: AddressVault, row: ContactRow, digest: str, done: Reindexed
) -> None:
    if await find_contact(session, row.channel, digest):
        done.doubled += 1
        return
    stop = await session.get(SuppressionRow, (row.channel, row.address_digest))
    places = (contact_place(row.channel, each) for each in (row.address_digest, digest))
    row.address_sealed, row.address_digest = vault.reseal(row.address_sealed, *places), digest
    if stop:
        if await session.get(SuppressionRow, (row.channel, digest)):
            await session.delete(stop)
        else:
            stop.address_digest = digest
    await session.flush()
    done.found += 1


def _link_again(vault: AddressVault, pair: LinkedAddressesRow) -> None:
    try:
        phone = vault.open(pair.phone_sealed, linked_phone_place(pair.phone_digest))
        chat = vault.open(pair.chat_sealed, linked_chat_place(pair.chat_digest))
    except UnsealError:
        return
    pair.phone_digest, pair.chat_digest = vault.digest(f"{PHONE}:{phone}"), vault.digest(f"{CHAT}:{chat}")
    pair.phone_sealed = vault.seal(phone, linked_phone_place(pair.phone_digest))
    pair.chat_sealed = vault.seal(chat, linked_chat_place(pair.chat_digest))


async def _without_contact(session: AsyncSession) -> int:
    of_contact = exists().where(
        ContactRow.channel == SuppressionRow.channel, ContactRow.address_digest == SuppressionRow.address_digest
    )
    return await session.scalar(select(func.count()).select_from(SuppressionRow).where(~of_contact)) or 0
