"""The conditions of an audience as SQL: each says why a contact is left out, so nothing is decided twice."""

from collections.abc import Set
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, exists, false, func, literal, not_, null, or_, select, true
from sqlalchemy.orm import aliased

from notifier.audience.filters import Audience, Exclusion
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState
from notifier.subscriptions.models import ContactRow, SubscriptionDistrictRow, SubscriptionRow

_REACHED = (
    DeliveryState.PENDING,
    DeliveryState.LEASED,
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.UNKNOWN,
)
"""States of a delivery whose contact was told, may have been told, or will be."""


def considered(audience: Audience) -> ColumnElement[bool]:
    """Return the condition that a contact is looked at: its channel is among those chosen."""
    return ContactRow.channel.in_(sorted(audience.channels)) if audience.channels else true()


def exclusions(audience: Audience, now: datetime) -> dict[Exclusion, ColumnElement[bool]]:
    """Return the condition of each reason in their order; none is ever NULL."""
    moment = literal(now, ContactRow.created_at.type)
    paused = func.coalesce(ContactRow.paused_until, literal(datetime.min.replace(tzinfo=now.tzinfo), moment.type))
    return {
        Exclusion.STOPPED: ContactRow.state == "stopped",
        Exclusion.GONE: ContactRow.state == "gone",
        Exclusion.PAUSED: paused > moment,
        Exclusion.NO_CONSENT: not_(_subscribes(audience)),
        Exclusion.OTHER_DISTRICT: not_(_subscribes(audience, _is_local(audience))) if audience.districts else false(),
        Exclusion.HIGHER_THRESHOLD: _wants_worse(audience.level),
        Exclusion.NOT_FOLLOWED: not_(_was_sent(audience.follows)) if audience.follows else false(),
    }


def verdict(audience: Audience, now: datetime) -> ColumnElement[str | None]:
    """Return the first reason against a contact as a column, NULL for a recipient."""
    reasons = exclusions(audience, now)
    return case(*((condition, reason.value) for reason, condition in reasons.items()), else_=null())


def recipients(audience: Audience, now: datetime) -> Select[int, str]:
    """Return the query of the contacts that get the message: id and channel."""
    against = exclusions(audience, now).values()
    return select(ContactRow.id, ContactRow.channel).where(considered(audience), *(not_(reason) for reason in against))


def in_quiet_hours(minute: int) -> ColumnElement[bool]:
    """Return the condition that a contact's quiet hours hold at a minute of the Polish day; never NULL."""
    start, end = func.coalesce(ContactRow.quiet_from, -1), func.coalesce(ContactRow.quiet_until, -1)
    same_day = (start < end) & (start <= minute) & (end > minute)
    over_midnight = (start > end) & or_(start <= minute, end > minute)
    return or_(same_day, over_midnight)


def _subscribes(audience: Audience, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        SubscriptionRow.contact_id == ContactRow.id,
        SubscriptionRow.topic.in_(sorted(audience.topics)),
        SubscriptionRow.ended_at.is_(None),
        *more,
    )


def _is_local(audience: Audience) -> ColumnElement[bool]:
    """Return the condition that a subscription is for the whole city or for one of the districts."""
    limited = exists().where(SubscriptionDistrictRow.subscription_id == SubscriptionRow.id)
    district = SubscriptionDistrictRow.district.in_(sorted(audience.districts))
    return or_(not_(limited), exists().where(SubscriptionDistrictRow.subscription_id == SubscriptionRow.id, district))


def _wants_worse(level: int | None) -> ColumnElement[bool]:
    return false() if level is None else func.coalesce(ContactRow.smog_level, 0) > level


def _was_sent(broadcasts: Set[int]) -> ColumnElement[bool]:
    earlier = aliased(DeliveryRow)
    return exists().where(
        earlier.broadcast_id.in_(sorted(broadcasts)),
        earlier.contact_id == ContactRow.id,
        earlier.state.in_([state.value for state in _REACHED]),
    )
