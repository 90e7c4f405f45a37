"""Sealing everything again under the newest key, and finding addresses again under another SECRET_KEY.

Every step may be interrupted and run again: each value says by itself which key sealed it, and each address, opened,
whether it is found under the present SECRET_KEY.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, record
from core.clock import Clock
from core.crypto import AddressVault, UnsealError
from core.database import Database
from core.errors import ConfigurationError
from core.staff.actor import CONSOLE
from hub.keys.columns import CONTACT, SEALED, SealedColumn
from hub.keys.index import Reindexed, reindex
from notifier.subscriptions.models import ContactRow

_AT_ONCE = 500


@dataclass(frozen=True)
class Sealed:
    """How many values of a column each key sealed, by the key's name."""

    column: str
    by_key: dict[str, int]


@dataclass
class Rotated:
    """What was sealed again and what cannot be opened, by column, and what became of the digests."""

    indexed: Reindexed
    sealed: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)


async def sealed_values(database: Database) -> Sequence[Sealed]:
    """Count the sealed values of every column by the key that opens them."""
    async with database.read() as session:
        return [Sealed(each.name, await _by_key(session, each)) for each in SEALED]


async def require_fitting_keys(database: Database, vault: AddressVault) -> None:
    """Make sure that the newest address opens and is found: with other keys, nobody who is subscribed would be known.

    Raises:
        ConfigurationError: the keys are not those of the database.
    """
    newest = CONTACT.rows().where(ContactRow.state == "active").order_by(None).order_by(ContactRow.id.desc()).limit(1)
    async with database.read() as session:
        row = (await session.execute(newest)).first()
    if row is None:
        return
    _id, sealed, channel, digest = row
    try:
        plain = vault.open(sealed, CONTACT.place(channel, digest))
    except UnsealError as error:
        message = "ENCRYPTION_KEYS do not open the addresses in the database: add the keys that sealed them."
        raise ConfigurationError(message) from error
    if vault.digest(f"{channel}:{plain}") != digest:
        message = (
            "SECRET_KEY is not the one under which addresses are found in the database: set the one before, "
            "or stop every process and run `hub keys rotate`."
        )
        raise ConfigurationError(message)


async def rotate_keys(database: Database, vault: AddressVault, clock: Clock) -> Rotated:
    """Seal everything under the newest key, also beside running processes; find addresses again under SECRET_KEY.

    Raises:
        ConfigurationError: SECRET_KEY is another one, and processes are running.
    """
    rotated = Rotated(await reindex(database, vault, clock))
    for column in SEALED:
        await _seal_again(database, vault, column, rotated)
    if rotated.sealed or rotated.indexed.found:
        after = {"sealed": rotated.sealed.total(), "indexed": rotated.indexed.found}
        async with database.write() as session:
            await record(session, CONSOLE.name, Deed("keys.rotated", "keys", after=after), clock.now())
    return rotated


async def _by_key(session: AsyncSession, column: SealedColumn) -> dict[str, int]:
    counted = select(column.key_id, func.count()).where(column.column.is_not(None)).group_by(column.key_id)
    return {key_id.hex(): count for key_id, count in (await session.execute(counted)).all()}


async def _seal_again(database: Database, vault: AddressVault, column: SealedColumn, rotated: Rotated) -> None:
    async for rows in _sealed_otherwise(database, column, bytes.fromhex(vault.key_ids[0])):
        width = len(column.keys)
        async with database.write() as session:
            for row in rows:
                keys, sealed, parts = row[:width], row[width], row[width + 1 :]
                try:
                    anew = vault.reseal(sealed, column.place(*parts))
                except UnsealError:
                    rotated.unreadable[column.name] += 1
                    continue
                # What a running process wrote meanwhile stays: it is sealed with the newest key.
                same = (tuple_(*column.keys) == keys, column.column == sealed)
                await session.execute(update(column.table).where(*same).values({column.column.key: anew}))
                rotated.sealed[column.name] += 1


async def _sealed_otherwise(
    database: Database, column: SealedColumn, newest: bytes
) -> AsyncIterator[Sequence[Sequence[Any]]]:
    """Yield the rows whose value another key sealed, some at a time."""
    query = column.rows().where(column.key_id != newest).limit(_AT_ONCE)
    after: Sequence[Any] = ()
    while True:
        async with database.read() as session:
            later = (tuple_(*column.keys) > after,) if after else ()
            rows = (await session.execute(query.where(*later))).all()
        if not rows:
            return
        after = rows[-1][: len(column.keys)]
        yield rows
