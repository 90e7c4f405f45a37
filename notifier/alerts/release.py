"""How a message about smog goes out, or does not: by itself, by a person's decision, or by its deadline."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from notifier.alerts.models import AlertMessageRow
from notifier.alerts.repository import held_messages, sent_messages
from notifier.alerts.states import MessageState
from notifier.audience.filters import Audience
from notifier.broadcasts.service import Broadcast, BroadcastKind, BroadcastState, publish, set_state

_SEVERE = frozenset({"severe", "extreme"})
TOPIC = "smog"


async def send(session: AsyncSession, row: AlertMessageRow, now: datetime) -> None:
    """Publish a message and give it the place in the chain that CAP knows: Alert, then Updates, at last Cancel.

    What still waits of the episode's earlier messages is not sent any more: it was true of other air.
    """
    earlier = await sent_messages(session, row.episode_id)
    for broadcast_id in _broadcasts(earlier):
        await set_state(session, broadcast_id, BroadcastState.CANCELLED, now)
    row.state, row.sent_at = MessageState.SENT.value, now.replace(microsecond=0)
    row.identifier = f"{TOPIC}-{row.episode_id}-{row.id}-{row.sent_at:%Y%m%d}"
    row.msg_type = _message_type(row, is_first=not earlier)
    row.references = [[str(each.identifier), each.sent_at.isoformat()] for each in earlier if each.sent_at]
    broadcast = Broadcast(
        row.key,
        BroadcastKind.ALERT,
        TOPIC,
        row.title,
        row.body,
        now,
        row.expires_at,
        variants={"sms": row.sms},
        is_severe=is_severe(row),
        audience=audience(row, earlier),
    )
    row.broadcast_id = await publish(session, broadcast)
    await session.flush()


def audience(row: AlertMessageRow, earlier: Sequence[AlertMessageRow]) -> Audience:
    """Return whom a message is for; an all-clear goes to those who got one of the `earlier` alerts of its episode."""
    if row.level is None:
        return Audience(frozenset({TOPIC}), follows=_broadcasts(earlier))
    return Audience(frozenset({TOPIC}), level=row.level)


def is_severe(row: AlertMessageRow) -> bool:
    """Whether a message is sent in quiet hours, too."""
    return row.severity in _SEVERE


async def withdraw(session: AsyncSession, episode_id: int, now: datetime) -> None:
    """End the waiting of an episode's held messages, because something newer is known."""
    for row in await held_messages(session):
        if row.episode_id == episode_id:
            row.state, row.decided_at = MessageState.WITHDRAWN.value, now
    await session.flush()


async def settle_overdue(session: AsyncSession, now: datetime) -> tuple[AlertMessageRow, ...]:
    """Do with overdue messages what their rules say, and return those that were sent; what is stale lapses."""
    sent = []
    for row in await held_messages(session):
        if row.decide_by > now:
            continue
        row.decided_at = now
        if row.at_deadline == "send" and now < row.expires_at:
            await send(session, row, now)
            sent.append(row)
        else:
            row.state = MessageState.LAPSED.value
    await session.flush()
    return tuple(sent)


def _broadcasts(messages: Sequence[AlertMessageRow]) -> frozenset[int]:
    return frozenset(row.broadcast_id for row in messages if row.broadcast_id is not None)


def _message_type(row: AlertMessageRow, *, is_first: bool) -> str:
    if row.level is None:
        return "Cancel"
    return "Alert" if is_first else "Update"
