"""The queue's statements, built once: SQLAlchemy takes longer to build one than a database to run it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    SmallInteger,
    String,
    TableValuedAlias,
    Update,
    bindparam,
    case,
    column,
    exists,
    func,
    null,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from core.database import UtcDateTime
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import IS_OPEN, DeliveryState
from notifier.subscriptions.models import ContactRow, SubscriptionRow

_TOKEN = bindparam("token", type_=String)
_HELD = DeliveryRow.lease_token == _TOKEN, DeliveryRow.state == DeliveryState.LEASED.value
_MAY_GO_OUT = DeliveryRow.broadcast_id.not_in(select(BroadcastRow.id).where(BroadcastRow.state != "sending"))

_DUE = (
    select(DeliveryRow.id)
    .where(DeliveryRow.channel == bindparam("lane"), text(IS_OPEN), DeliveryRow.due_at <= bindparam("now"), _MAY_GO_OUT)
    .order_by(DeliveryRow.priority, DeliveryRow.due_at)
    .limit(bindparam("most", type_=Integer))
    # Other workers pass over rows that are being claimed; SQLite has one writer at a time and ignores this.
    .with_for_update(skip_locked=True)
    .cte("due")
)
CLAIM = (
    update(DeliveryRow)
    .where(DeliveryRow.id.in_(select(_DUE.c.id)))
    .values(state=DeliveryState.LEASED.value, lease_token=_TOKEN, due_at=bindparam("ends"))
)
LOAD = (
    select(
        DeliveryRow.id,
        DeliveryRow.broadcast_id,
        DeliveryRow.attempts,
        DeliveryRow.sending_at,
        DeliveryRow.error,
        exists()
        .where(
            SubscriptionRow.contact_id == ContactRow.id,
            SubscriptionRow.topic == BroadcastRow.topic,
            SubscriptionRow.ended_at.is_(None),
        )
        .label("is_subscribed"),
        ContactRow,
    )
    .join(BroadcastRow, BroadcastRow.id == DeliveryRow.broadcast_id)
    .join(ContactRow, ContactRow.id == DeliveryRow.contact_id)
    .where(DeliveryRow.lease_token == _TOKEN)
    .order_by(DeliveryRow.priority, DeliveryRow.id)
)
STAMP = (
    update(DeliveryRow)
    .where(DeliveryRow.id.in_(bindparam("ids", expanding=True)), *_HELD, _MAY_GO_OUT)
    # Counted here and not when claimed: a delivery that only waited in a killed worker has lost no attempt.
    .values(sending_at=bindparam("now"), attempts=DeliveryRow.attempts + 1)
    .returning(DeliveryRow.id, DeliveryRow.due_at)
)
EXTEND = update(DeliveryRow).where(*_HELD).values(due_at=bindparam("ends"))

CELLS: Mapping[str, TypeEngine[Any]] = {
    "delivery": BigInteger(),
    "to": String(),
    "at": UtcDateTime(),
    "sid": String(),
    "why": String(),
    "due": UtcDateTime(),
    "tried": Integer(),
    "paid": SmallInteger(),
    "again": Boolean(),
    "ask": UtcDateTime(),
    "started": Boolean(),
}


def _finish(cell: Callable[[str], ColumnElement[Any]]) -> Update:
    row = DeliveryRow
    values = {
        "state": cell("to"),
        "lease_token": null(),
        "finished_at": cell("at"),
        "provider_id": cell("sid"),
        "error": cell("why"),
        "due_at": func.coalesce(cell("due"), row.due_at),
        "attempts": func.coalesce(cell("tried"), row.attempts),
        "parts": func.coalesce(cell("paid"), row.parts),
        "can_repeat": cell("again"),
        "check_at": cell("ask"),
        "sending_at": case((cell("started"), row.sending_at), else_=null()),
    }
    return update(row).where(row.id == cell("delivery"), *_HELD).values(values)


def _rows() -> TableValuedAlias:
    """Return the settlements as a table of PostgreSQL, made of one array a column."""
    arrays = (bindparam(name, type_=postgresql.ARRAY(type_)) for name, type_ in CELLS.items())
    columns = (column(name, type_) for name, type_ in CELLS.items())
    return func.unnest(*arrays).table_valued(*columns).render_derived(name="settled")


# One statement for all rows where each would be a round trip; SQLite runs them one by one as fast.
FINISH_EACH = _finish(lambda name: bindparam(name, type_=CELLS[name]))
FINISH_ALL = _finish(_rows().c.__getitem__)
