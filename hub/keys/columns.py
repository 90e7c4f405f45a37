"""Every column that holds sealed values, and the place to which each value is tied."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, Select, Table, func, literal_column, select, type_coerce
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.sql import ColumnElement

from bot.handoffs.letters.service import contact_place as handoff_contact_place
from bot.handoffs.letters.service import text_place as step_place
from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.handoffs.opening import message_place
from core.crypto import KEY_ID_BYTES
from core.staff.models import AccountRow, SessionRow
from core.staff.second_factor import account_place, session_place
from notifier.samples.contacts import staff_contact_place
from notifier.samples.models import StaffContactRow
from notifier.subscriptions.models import ContactRow, LinkCodeRow, LinkedAddressesRow, SignUpRow
from notifier.subscriptions.one_person import link_code_place, linked_chat_place, linked_phone_place
from notifier.subscriptions.service import contact_place
from notifier.subscriptions.sign_up import sign_up_place


@dataclass(frozen=True)
class SealedColumn:
    """A column; `place` names a value's place by what `parts` hold in its row, or in its `owner`'s."""

    column: InstrumentedAttribute[Any]
    place: Callable[..., str]
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


CONTACT = SealedColumn(ContactRow.address_sealed, contact_place, (ContactRow.channel, ContactRow.address_digest))

SEALED = (
    CONTACT,
    SealedColumn(LinkedAddressesRow.phone_sealed, linked_phone_place, (LinkedAddressesRow.phone_digest,)),
    SealedColumn(LinkedAddressesRow.chat_sealed, linked_chat_place, (LinkedAddressesRow.chat_digest,)),
    SealedColumn(LinkCodeRow.chat_sealed, link_code_place, (LinkCodeRow.chat_digest,)),
    SealedColumn(SignUpRow.address_sealed, sign_up_place, (SignUpRow.ticket_digest,)),
    SealedColumn(HandoffRow.text_sealed, message_place, (HandoffRow.reference,)),
    SealedColumn(HandoffRow.contact_sealed, handoff_contact_place, (HandoffRow.reference,)),
    SealedColumn(HandoffStepRow.text_sealed, step_place, (HandoffRow.reference,), HandoffRow),
    SealedColumn(AccountRow.totp_sealed, account_place, (AccountRow.id,)),
    SealedColumn(SessionRow.totp_sealed, session_place, (SessionRow.id,)),
    SealedColumn(
        StaffContactRow.address_sealed, staff_contact_place, (StaffContactRow.account_id, StaffContactRow.channel)
    ),
)
