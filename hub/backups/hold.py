"""After a restore nothing of the past goes out by itself: what was sent since the backup, the database does not know.

An announcement waits until a person lets it go on. What would be stale by then is ended: alerts, reminders, replies on
their way, answers to Telegram messages. Whoever was signed in to the panel signs in again.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Update, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoffs.letters.letter import LetterState, Trouble
from bot.handoffs.letters.models import LetterRow
from bot.telegram.models import State as UpdateState
from bot.telegram.models import UpdateRow
from content.format import polish_moment
from core.audit.service import Deed, State, record
from core.processes.models import ProcessRow
from core.staff.actor import CONSOLE
from core.staff.models import SessionRow
from notifier.alerts.models import AlertMessageRow
from notifier.alerts.states import MessageState
from notifier.announcements.models import AnnouncementRow, ReminderRow
from notifier.announcements.moves import SYSTEM, Actor, move
from notifier.announcements.states import Action, AnnouncementState
from notifier.broadcasts.models import BroadcastRow
from notifier.broadcasts.service import BroadcastState, set_state
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState
from notifier.staff_notices.models import StaffNoticeRow
from notifier.subscriptions.models import LinkCodeRow, SignUpRow

_WHO = Actor(f"kopia zapasowa ({CONSOLE.name})")
_RESTORED = "kopia_zapasowa"
_WAITING = (DeliveryState.PENDING.value, DeliveryState.LEASED.value)


@dataclass(frozen=True)
class Held:
    """What waits for a person (numbers of announcements), and how much was ended."""

    paused: tuple[int, ...]
    returned: tuple[int, ...]
    approved: tuple[int, ...]
    broadcasts: int
    alerts: int
    replies: int


async def hold(session: AsyncSession, now: datetime, made_at: datetime) -> Held:
    """Hold everything unsent of a backup that was made at `made_at`, and write that down."""
    paused = await _pause_announcements(session, now, made_at)
    returned = await _return_scheduled(session, now, made_at)
    held = Held(
        paused,
        returned,
        approved=await _approved(session),
        broadcasts=await _cancel_broadcasts(session, now),
        alerts=await _changed(session, _lapsed_alerts(now)),
        replies=await _changed(session, _failed_replies(now)),
    )
    for statement in (_missed_reminders(now), _told_notices(now), _unanswered_updates()):
        await session.execute(statement)
    for table in (SessionRow, SignUpRow, LinkCodeRow, ProcessRow):
        await session.execute(delete(table))
    after: State = {
        "made_at": polish_moment(made_at),
        "paused": [str(number) for number in held.paused],
        "returned": [str(number) for number in held.returned],
    }
    await record(session, CONSOLE.name, Deed("backup.restored", "database", after=after), now)
    return held


async def _pause_announcements(session: AsyncSession, now: datetime, made_at: datetime) -> tuple[int, ...]:
    sending = select(AnnouncementRow).where(AnnouncementRow.state == AnnouncementState.SENDING.value, _has_waiting())
    rows = (await session.scalars(sending.order_by(AnnouncementRow.id))).all()
    for row in rows:
        await move(session, row, Action.PAUSE, _WHO, now, _reason(made_at))
        if row.broadcast_id is not None:
            await set_state(session, row.broadcast_id, BroadcastState.PAUSED, now)
    return tuple(row.id for row in rows)


async def _return_scheduled(session: AsyncSession, now: datetime, made_at: datetime) -> tuple[int, ...]:
    scheduled = select(AnnouncementRow).where(AnnouncementRow.state == AnnouncementState.SCHEDULED.value)
    rows = (await session.scalars(scheduled.order_by(AnnouncementRow.id))).all()
    for row in rows:
        await move(session, row, Action.RETURN, SYSTEM, now, _reason(made_at))
        row.approved_hash = row.approved_at = row.approved_by = row.scheduled_at = None
    await session.flush()
    return tuple(row.id for row in rows)


async def _approved(session: AsyncSession) -> tuple[int, ...]:
    approved = select(AnnouncementRow.id).where(AnnouncementRow.state == AnnouncementState.APPROVED.value)
    return tuple(await session.scalars(approved.order_by(AnnouncementRow.id)))


async def _cancel_broadcasts(session: AsyncSession, now: datetime) -> int:
    """Cancel what still goes out, which is alerts and reminders now; return how many."""
    waits = exists().where(DeliveryRow.broadcast_id == BroadcastRow.id, DeliveryRow.state.in_(_WAITING))
    sending = select(BroadcastRow.id).where(BroadcastRow.state == BroadcastState.SENDING.value, waits)
    numbers = (await session.scalars(sending)).all()
    for number in numbers:
        await set_state(session, number, BroadcastState.CANCELLED, now)
    return len(numbers)


def _lapsed_alerts(now: datetime) -> Update:
    held = update(AlertMessageRow).where(AlertMessageRow.state == MessageState.HELD.value)
    return held.values(state=MessageState.LAPSED.value, decided_at=now)


def _failed_replies(now: datetime) -> Update:
    """The office sees that they did not go out by themselves, and sends them again or not."""
    over = {"due_at": None, "sending_at": None, "finished_at": now}
    waiting = update(LetterRow).where(LetterRow.state == LetterState.WAITING.value)
    return waiting.values(state=LetterState.FAILED.value, trouble=Trouble.TOO_LATE.value, code=_RESTORED, **over)


def _missed_reminders(now: datetime) -> Update:
    past = update(ReminderRow).where(ReminderRow.state == "waiting", ReminderRow.due_at <= now)
    return past.values(state="skipped", reason="missed")


def _told_notices(now: datetime) -> Update:
    return update(StaffNoticeRow).where(StaffNoticeRow.sent_at.is_(None)).values(sent_at=now)


def _unanswered_updates() -> Update:
    on_the_way = UpdateRow.state.in_((UpdateState.RECEIVED.value, UpdateState.ANSWERING.value))
    return (
        update(UpdateRow).where(on_the_way).values(state=UpdateState.FAILED.value, raw=None, answer=None, chat_id=None)
    )


async def _changed(session: AsyncSession, statement: Update) -> int:
    table = statement.entity_description["entity"]
    changed = await session.scalars(statement.returning(table.id).execution_options(synchronize_session=False))
    return len(changed.all())


def _has_waiting() -> ColumnElement[bool]:
    return exists().where(DeliveryRow.broadcast_id == AnnouncementRow.broadcast_id, DeliveryRow.state.in_(_WAITING))


def _reason(made_at: datetime) -> str:
    return (
        f"Przywrócono kopię zapasową z {polish_moment(made_at)}. Proszę sprawdzić, czy ten komunikat nie został już "
        "wysłany później."
    )
