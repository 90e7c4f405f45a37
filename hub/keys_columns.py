"""Every column that holds sealed values, and the place to which each value is tied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, Select, Table, func, literal_column, select, type_coerce
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.sql import ColumnElement

from bot.handoffs.models import HandoffRow, HandoffStepRow
from core.crypto import KEY_ID_BYTES
from core.staff.models import AccountRow, SessionRow
from notifier.samples.models import StaffContactRow
from notifier.subscriptions.models import ContactRow, LinkCodeRow, LinkedAddressesRow, SignUpRow


@dataclass(frozen=True)
class SealedColumn:
    """A column; a value's place is named by `prefix` and by what `parts` hold in its row, or in its `owner`'s."""

    column: InstrumentedAttribute[Any]
    prefix: str
    parts: tuple[InstrumentedAttribute[Any], ...]
    owner: type[DeclarativeBase] | None = None

    @property
    def table(self) -> Table:
        """Return the table of the column."""
        table = self.column.property.columns[0].table
        assert isinstance(table, Table)  # noqa: S101 - a column of a model always has one
        return table

    @property
    def name(self) -> str:
        """Return table and column."""
        return f"{self.table.name}.{self.column.key}"

    @property
    def keys(self) -> Sequence[ColumnElement[Any]]:
        """Return the columns that tell the rows apart."""
        return tuple(self.table.primary_key.columns)

    @property
    def key_id(self) -> ColumnElement[bytes]:
        """Return the name of the key that sealed a value, as the value begins with it."""
        # Written out, because PostgreSQL takes two parameters of one value for two things to group by.
        bounds: list[ColumnElement[int]] = [literal_column("1"), literal_column(str(KEY_ID_BYTES))]
        return type_coerce(func.substr(self.column, *bounds), LargeBinary)

    def rows(self) -> Select[Any]:
        """Return the query of what is sealed: the keys of the row, the value, the parts of its place; by the keys."""
        query = select(*self.keys, self.column, *self.parts).where(self.column.is_not(None)).order_by(*self.keys)
        return query.join(self.owner) if self.owner else query

    def place(self, parts: Sequence[object]) -> str:
        """Return the context to which a value is tied."""
        return ":".join((self.prefix, *map(str, parts)))


CONTACT = SealedColumn(
    ContactRow.address_sealed, "contacts.address_sealed", (ContactRow.channel, ContactRow.address_digest)
)
LINKED_PHONE = SealedColumn(
    LinkedAddressesRow.phone_sealed, "linked_addresses.phone", (LinkedAddressesRow.phone_digest,)
)
LINKED_CHAT = SealedColumn(LinkedAddressesRow.chat_sealed, "linked_addresses.chat", (LinkedAddressesRow.chat_digest,))

SEALED = (
    CONTACT,
    LINKED_PHONE,
    LINKED_CHAT,
    SealedColumn(LinkCodeRow.chat_sealed, "link_codes", (LinkCodeRow.chat_digest,)),
    SealedColumn(SignUpRow.address_sealed, "sign_ups.address_sealed", (SignUpRow.ticket_digest,)),
    SealedColumn(HandoffRow.text_sealed, "handoffs.text_sealed", (HandoffRow.reference,)),
    SealedColumn(HandoffRow.contact_sealed, "handoffs.contact_sealed", (HandoffRow.reference,)),
    SealedColumn(HandoffStepRow.text_sealed, "handoff_steps.text_sealed", (HandoffRow.reference,), HandoffRow),
    SealedColumn(AccountRow.totp_sealed, "staff_accounts.totp_sealed", (AccountRow.id,)),
    SealedColumn(SessionRow.totp_sealed, "staff_sessions.totp_sealed", (SessionRow.id,)),
    SealedColumn(
        StaffContactRow.address_sealed,
        "staff_contacts.address_sealed",
        (StaffContactRow.account_id, StaffContactRow.channel),
    ),
)
