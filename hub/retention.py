"""Every kind of data that the product keeps for a while, with its bounds, and what deletes it when the time is over.

Why these bounds: a consent that was withdrawn is the city's proof for a year; the audit log is proof of who did what
for as long, which the database itself enforces. Nothing that residents wrote is kept for more than two years.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, select
from sqlalchemy.orm import aliased

from bot.conversations.models import ConversationRow
from bot.handoffs.models import HandoffRow
from bot.handoffs.states import HandoffState
from bot.sms.inbound import KEPT
from bot.sms.models import SmsReplyRow
from bot.telegram.models import PayloadRow, State, UpdateRow
from core.audit.models import AuditRow
from core.clock import Clock
from core.database import Database
from core.retention.kind import Kind
from core.retention.service import Retention
from core.settings import Settings
from notifier.channels.log.models import OutboxRow
from notifier.deliveries.models import DeliveryRow
from notifier.staff_notices.models import StaffNoticeRow
from notifier.subscriptions.models import (
    ConsentRow,
    ContactRow,
    LinkedAddressesRow,
    SubscriberExportRow,
    SubscriptionRow,
    SuppressionRow,
)

_YEAR = 365
_REPETITION = aliased(DeliveryRow)


def retention(settings: Settings, database: Database, clock: Clock) -> Retention:
    """Return the periods of this installation; HANDOFF_DAYS and TRANSCRIPT_DAYS count until somebody sets others."""
    return Retention(database, clock, kinds(settings))


def kinds(settings: Settings) -> tuple[Kind, ...]:
    """Return every kind of data, with the periods that count until somebody sets others."""
    return (*_of_talks(settings), *_of_notifications(), *_of_records())


def _of_talks(settings: Settings) -> tuple[Kind, ...]:
    return (
        Kind(
            "conversations",
            ConversationRow.id,
            ConversationRow.last_turn_at,
            settings.transcript_days,
            least=1,
            most=2 * _YEAR,
        ),
        Kind(
            "handoffs",
            HandoffRow.id,
            HandoffRow.changed_at,
            settings.handoff_days,
            least=1,
            most=2 * _YEAR,
            is_over=(HandoffRow.state == HandoffState.CLOSED.value,),
        ),
    )


def _of_notifications() -> tuple[Kind, ...]:
    return (
        Kind(
            "contacts",
            ContactRow.id,
            _last_of_contact(),
            _YEAR,
            least=_YEAR,
            most=6 * _YEAR,
            is_over=(~exists().where(SubscriptionRow.contact_id == ContactRow.id, SubscriptionRow.ended_at.is_(None)),),
        ),
        Kind(
            "deliveries",
            DeliveryRow.id,
            DeliveryRow.finished_at,
            _YEAR,
            least=30,
            most=6 * _YEAR,
            # With a delivery its repetition would go, too: that one first.
            is_over=(~exists().where(_REPETITION.repeats_id == DeliveryRow.id),),
        ),
        Kind(
            "links",
            LinkedAddressesRow.id,
            LinkedAddressesRow.linked_at,
            _YEAR,
            least=_YEAR,
            most=_YEAR,
            # They go with the last contact of the two.
            is_over=(
                ~exists().where(
                    ContactRow.address_digest.in_([LinkedAddressesRow.phone_digest, LinkedAddressesRow.chat_digest])
                ),
            ),
        ),
    )


def _of_records() -> tuple[Kind, ...]:
    return (
        Kind(
            "suppressions",
            SuppressionRow.address_digest,
            SuppressionRow.at,
            6 * _YEAR,
            least=_YEAR,
            most=6 * _YEAR,
            # They go after the proof of consent, never before.
            is_over=(~exists().where(ContactRow.address_digest == SuppressionRow.address_digest),),
        ),
        Kind("exports", SubscriberExportRow.id, SubscriberExportRow.at, 5 * _YEAR, least=_YEAR, most=10 * _YEAR),
        Kind("buttons", PayloadRow.key, PayloadRow.offered_at, 90, least=7, most=_YEAR),
        Kind(
            "updates",
            UpdateRow.update_id,
            UpdateRow.received_at,
            3,
            least=2,
            most=30,
            is_over=(UpdateRow.state.in_((State.ANSWERED, State.FAILED)),),
        ),
        Kind("sms_answers", SmsReplyRow.message, SmsReplyRow.received_at, KEPT.days, least=KEPT.days, most=KEPT.days),
        Kind("notices", StaffNoticeRow.id, StaffNoticeRow.sent_at, _YEAR, least=7, most=2 * _YEAR),
        Kind("outbox", OutboxRow.id, OutboxRow.at, 30, least=1, most=_YEAR),
        Kind("audit", AuditRow.id, AuditRow.at, 5 * _YEAR, least=_YEAR, most=10 * _YEAR),
    )


def _last_of_contact() -> ColumnElement[datetime]:
    """Return when a contact last agreed, withdrew or was given up."""

    def last(moment: ScalarSelect[datetime | None] | ScalarSelect[datetime]) -> ColumnElement[datetime]:
        return func.coalesce(moment, ContactRow.created_at)

    agreed = last(select(func.max(ConsentRow.at)).where(ConsentRow.contact_id == ContactRow.id).scalar_subquery())
    ended = last(
        select(func.max(SubscriptionRow.ended_at)).where(SubscriptionRow.contact_id == ContactRow.id).scalar_subquery()
    )
    return case((agreed > ended, agreed), else_=ended)
