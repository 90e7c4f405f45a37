"""What becomes of a delivery: decided before the call and from the channel's outcome, without any input or output."""

from collections.abc import Callable
from datetime import datetime, timedelta

from notifier.broadcasts.service import BroadcastKind
from notifier.channels.base import (
    Fate,
    Found,
    Misconfigured,
    Outcome,
    Receipt,
    RecipientGone,
    RecipientStopped,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)
from notifier.deliveries.repository import Claimed, Settlement
from notifier.deliveries.states import DeliveryState
from notifier.subscriptions.quiet import QuietHours

MAX_ATTEMPTS = 5
"""Calls that may have reached the resident: each one more may be a repetition."""
PATIENCE = timedelta(days=1)
"""Age of a broadcast up to which a message is tried that the provider does not take: outages last for hours."""
SURE_AFTER = timedelta(minutes=2)
"""Age of a call from which the provider's "I have no such message" counts."""
FIRST_CHECK = timedelta(hours=1)
"""Age of an accepted message without a report at which the provider is asked for the first time."""
STATES = {
    Fate.ACCEPTED: DeliveryState.SENT,
    Fate.DELIVERED: DeliveryState.DELIVERED,
    Fate.FAILED: DeliveryState.FAILED,
}
_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(minutes=10)
_QUIET_AT_LEAST = timedelta(minutes=1)


def without_call(claimed: Claimed, now: datetime) -> Settlement | None:
    """Return how a delivery ends that must not be sent, None when it may go out."""
    reason = _reason_not_to_send(claimed, now)
    if claimed.was_started and (reason or not is_alert(claimed)):
        return Settlement(claimed.id, DeliveryState.UNKNOWN, error="no_answer_recorded", check_after=SURE_AFTER)
    if reason:
        return reason
    return None if claimed.was_started else _held_by_quiet_hours(claimed, now)


def _reason_not_to_send(claimed: Claimed, now: datetime) -> Settlement | None:
    if claimed.is_expired_at(now):
        return Settlement(claimed.id, DeliveryState.EXPIRED, error=claimed.error)
    if not claimed.is_wanted:
        return Settlement(claimed.id, DeliveryState.GONE, error="unsubscribed")
    if claimed.attempts >= MAX_ATTEMPTS:
        return Settlement(claimed.id, DeliveryState.FAILED, error="too_many_attempts", can_repeat=True)
    return None


def _held_by_quiet_hours(claimed: Claimed, now: datetime) -> Settlement | None:
    """Hold a delivery until the resident's quiet hours end, or end it where it would be worth nothing by then."""
    hours = QuietHours.of(claimed.contact)
    if hours is None or claimed.broadcast.is_severe or not hours.hold(now):
        return None
    end = max(hours.end_after(now), now + _QUIET_AT_LEAST)
    if claimed.is_expired_at(end):
        return Settlement(claimed.id, DeliveryState.EXPIRED, error="quiet_hours")
    return given_back(claimed, wait=end - now, error="quiet_hours")


def after_call(
    claimed: Claimed, outcome: Outcome, now: datetime, jitter: Callable[[], float], *, can_look_up: bool = False
) -> Settlement:
    """Translate a channel's outcome; `jitter` returns a fraction from 0 to 1, `now` is the clock of `Throttled`."""
    match outcome:
        case Retryable(code, after):
            return _not_taken(claimed, code, after, now, jitter)
        case Unanswered(code) if is_alert(claimed) and can_look_up:
            # The next owner asks the provider first.
            return _doubtful(claimed, code)
        case Unanswered(code) if is_alert(claimed):
            return _perhaps_taken(claimed, code, jitter)
        case Throttled(until):
            return given_back(claimed, wait=until - now, error="throttled")
        case Misconfigured(code):
            return given_back(claimed, error=code)
        case _:
            return _final(claimed, outcome, can_look_up=can_look_up)


def _final(
    claimed: Claimed, outcome: Receipt | Rejected | RecipientGone | Unanswered, *, can_look_up: bool
) -> Settlement:
    match outcome:
        case Receipt(provider_id):
            check_after = FIRST_CHECK if can_look_up else None
            return Settlement(claimed.id, DeliveryState.SENT, provider_id=provider_id, check_after=check_after)
        case Rejected(code):
            return Settlement(claimed.id, DeliveryState.FAILED, error=code)
        case RecipientStopped(code):
            return Settlement(claimed.id, DeliveryState.GONE, error=code, stopped_contact=claimed.contact.id)
        case RecipientGone(code):
            return Settlement(claimed.id, DeliveryState.GONE, error=code, gone_contact=claimed.contact.id)
        case Unanswered(code):
            check_after = SURE_AFTER if can_look_up else None
            return Settlement(claimed.id, DeliveryState.UNKNOWN, error=code, check_after=check_after)


def given_back(claimed: Claimed, wait: timedelta = timedelta(0), error: str | None = None) -> Settlement:
    """Return a delivery to the queue as if this attempt had not been."""
    return Settlement(claimed.id, DeliveryState.PENDING, error=error, wait=wait, attempts=claimed.attempts)


def still_doubtful(claimed: Claimed, code: str, now: datetime) -> Settlement:
    """Return an alert to the queue whose fate the provider could not tell yet; when it has expired it ends unknown."""
    age = now - claimed.sending_at if claimed.sending_at else timedelta(0)
    wait = max(SURE_AFTER - age, _FIRST_WAIT)
    return Settlement(
        claimed.id, DeliveryState.PENDING, error=code, wait=wait, attempts=claimed.attempts, is_doubtful=True
    )


def after_look_up(claimed: Claimed, found: Found, parts: int) -> Settlement:
    """Return how a doubtful delivery ends that the provider turned out to have."""
    state = STATES[found.fate]
    check_after = FIRST_CHECK if state is DeliveryState.SENT else None
    return Settlement(
        claimed.id,
        state,
        provider_id=found.provider_id,
        error=found.code,
        check_after=check_after,
        can_repeat=found.retry_after is not None,
        parts=parts,
    )


def capped(claimed: Claimed, code: str, wait: timedelta, now: datetime) -> Settlement:
    """Let a delivery wait for a cap to end, or fail where it would come too late."""
    if claimed.is_expired_at(now + wait):
        return Settlement(claimed.id, DeliveryState.FAILED, error=code, can_repeat=True)
    return given_back(claimed, wait, code)


def is_alert(claimed: Claimed) -> bool:
    """Whether a delivery rather goes out twice than never."""
    return claimed.broadcast.kind == BroadcastKind.ALERT


def _doubtful(claimed: Claimed, code: str) -> Settlement:
    attempts = claimed.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return Settlement(claimed.id, DeliveryState.UNKNOWN, error=code, check_after=SURE_AFTER)
    # Two minutes at first, and the last call more than an hour after the first one.
    wait = SURE_AFTER * 3**claimed.attempts
    return Settlement(claimed.id, DeliveryState.PENDING, error=code, wait=wait, attempts=attempts, is_doubtful=True)


def _not_taken(claimed: Claimed, code: str, after: timedelta, now: datetime, jitter: Callable[[], float]) -> Settlement:
    """Try again, ever more rarely, and never as if it had been sent."""
    age = now - claimed.broadcast.created_at
    if age >= PATIENCE:
        return Settlement(claimed.id, DeliveryState.FAILED, error=code, can_repeat=True)
    wait = after + min(max(age, _FIRST_WAIT), _LONGEST_WAIT) * jitter()
    return given_back(claimed, wait, code)


def _perhaps_taken(claimed: Claimed, code: str, jitter: Callable[[], float]) -> Settlement:
    attempts = claimed.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return Settlement(claimed.id, DeliveryState.FAILED, error=code, can_repeat=True)
    # Ten seconds at first, half an hour before the last call: each of them may be one message more.
    wait = _FIRST_WAIT * 6**claimed.attempts * jitter()
    return Settlement(claimed.id, DeliveryState.PENDING, error=code, wait=wait, attempts=attempts)
