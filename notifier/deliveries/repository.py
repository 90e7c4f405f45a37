"""The queue's queries: claim under a lease, stamp before the call, finish only while the lease is ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.statements import CELLS, CLAIM, EXTEND, FINISH_ALL, FINISH_EACH, LOAD, STAMP
from notifier.deliveries.states import DeliveryState
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.suppression import end_gone, end_stopped


@dataclass(frozen=True)
class Claimed:
    """A delivery that is ours until the lease of `token` ends; `attempts` counts the calls made before."""

    id: int
    token: str
    attempts: int
    sending_at: datetime | None
    """When an earlier owner started a call of which no answer is recorded."""
    error: str | None
    is_wanted: bool
    """Whether the contact is active and still subscribes to the topic."""
    broadcast: BroadcastRow
    contact: ContactRow

    @property
    def was_started(self) -> bool:
        """Whether an earlier owner started a call and never recorded an answer."""
        return self.sending_at is not None

    def is_expired_at(self, moment: datetime) -> bool:
        """Whether the message is worth nothing any more at that moment."""
        return self.broadcast.expires_at is not None and self.broadcast.expires_at <= moment


@dataclass(frozen=True)
class Settlement:
    """How a delivery leaves its lease: to a state without a lease, or back to pending and due after `wait`."""

    delivery_id: int
    state: DeliveryState
    provider_id: str | None = None
    error: str | None = None
    wait: timedelta = timedelta(0)
    attempts: int = 0
    is_doubtful: bool = False
    """Whether the call of a pending one may have reached the provider, which is asked before it is sent again."""
    check_after: timedelta | None = None
    """When the provider is to be asked what became of it, counted from now."""
    can_repeat: bool = False
    """Whether a failed one may get through another time."""
    parts: int = 0
    """Messages that were paid for."""
    gone_contact: int | None = None
    """The contact whom the provider can no longer reach."""
    stopped_contact: int | None = None
    """The contact who told the provider STOP."""


async def claim(
    session: AsyncSession, channel: str, limit: int, now: datetime, lease: timedelta
) -> tuple[str, list[Claimed]]:
    """Lease up to `limit` due deliveries of a channel, most urgent first; return the lease's token and them.

    What is paused or cancelled is passed over by the same statement that claims.
    """
    token = uuid4().hex
    connection = await session.connection()
    taken = {"lane": channel, "now": now, "most": limit, "token": token, "ends": now + lease}
    await connection.execute(CLAIM, taken)
    return token, await _load(session, token)


async def _load(session: AsyncSession, token: str) -> list[Claimed]:
    rows = (await session.execute(LOAD, {"token": token})).all()
    ids = {row.broadcast_id for row in rows}
    broadcasts = {row.id: row for row in await session.scalars(select(BroadcastRow).where(BroadcastRow.id.in_(ids)))}
    return [
        Claimed(
            row.id,
            token,
            row.attempts,
            row.sending_at,
            row.error,
            row.ContactRow.state == "active" and row.is_subscribed,
            broadcasts[row.broadcast_id],
            row.ContactRow,
        )
        for row in rows
    ]


async def mark_sending(
    session: AsyncSession, token: str, ids: Iterable[int], now: datetime, lease: timedelta
) -> set[int]:
    """Stamp the calls about to be made and extend the lease under `token` where it ends soon; return which may be made.

    Left out is what another worker has claimed since, and what was paused or cancelled since.
    """
    connection = await session.connection()
    ours = (await connection.execute(STAMP, {"ids": list(ids), "token": token, "now": now})).all()
    # Not each time, because it rewrites the whole batch.
    if any(row.due_at < now + lease / 2 for row in ours):
        await connection.execute(EXTEND, {"token": token, "ends": now + lease})
    return {row.id for row in ours}


async def finish(session: AsyncSession, token: str, settlements: Sequence[Settlement], now: datetime) -> int:
    """Record what became of deliveries; those that another worker has claimed since are left to it.

    Returns how many were still ours. Contacts found to be gone end here, with all their subscriptions, and so do those
    who told the provider STOP.
    """
    if not settlements:
        return 0
    connection = await session.connection()
    rows = [_cells(settlement, now) for settlement in settlements]
    if connection.dialect.name == "sqlite":
        recorded = (await connection.execute(FINISH_EACH, [{**row, "token": token} for row in rows])).rowcount
    else:
        columns = {name: [row[name] for row in rows] for name in CELLS}
        recorded = (await connection.execute(FINISH_ALL, {**columns, "token": token})).rowcount
    gone = [settlement.gone_contact for settlement in settlements if settlement.gone_contact is not None]
    if gone:
        await end_gone(session, gone, now)
    if stopped := [settlement.stopped_contact for settlement in settlements if settlement.stopped_contact is not None]:
        await end_stopped(session, stopped, now)
    return recorded


def _cells(settlement: Settlement, now: datetime) -> dict[str, object]:
    """Return what a settlement writes; None leaves `due_at`, `attempts` and `parts` as they are."""
    is_over = settlement.state is not DeliveryState.PENDING
    return {
        "delivery": settlement.delivery_id,
        "to": settlement.state.value,
        "at": now if is_over else None,
        "sid": settlement.provider_id,
        "why": settlement.error,
        "due": None if is_over else now + settlement.wait,
        "tried": None if is_over else settlement.attempts,
        "paid": settlement.parts if is_over else None,
        "again": settlement.can_repeat,
        "ask": settlement.check_after and now + settlement.check_after,
        # Where no call is open any more, the next owner need not fear a repetition.
        "started": is_over or settlement.is_doubtful,
    }


async def counts(session: AsyncSession, broadcast_id: int) -> dict[DeliveryState, int]:
    """Return how many deliveries of a broadcast are in each state; states without any are left out."""
    rows = await session.execute(
        select(DeliveryRow.state, func.count())
        .where(DeliveryRow.broadcast_id == broadcast_id)
        .group_by(DeliveryRow.state)
    )
    return {DeliveryState(state): count for state, count in rows}


async def of_contact(session: AsyncSession, contact_id: int) -> Sequence[DeliveryRow]:
    """Return what was sent to a contact, or waits to be, oldest first."""
    query = select(DeliveryRow).where(DeliveryRow.contact_id == contact_id).order_by(DeliveryRow.id)
    return (await session.scalars(query)).all()
