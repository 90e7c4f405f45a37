"""What becomes of a delivery: decided before the call and from the channel's outcome, without any input or output."""

from collections.abc import Callable
from datetime import datetime, timedelta

from notifier.broadcasts.service import BroadcastKind
from notifier.channels.base import (
    Misconfigured,
    Outcome,
    Receipt,
    RecipientGone,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)
from notifier.deliveries.repository import Claimed, Settlement
from notifier.deliveries.states import DeliveryState

MAX_ATTEMPTS = 5
_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(minutes=10)


def without_call(claimed: Claimed, now: datetime) -> Settlement | None:
    """Return how a delivery ends that must not be sent, None when it may go out."""
    reason = _reason_not_to_send(claimed, now)
    if claimed.was_started and (reason or not _may_repeat(claimed)):
        return Settlement(claimed.id, DeliveryState.UNKNOWN, error="no_answer_recorded")
    return Settlement(claimed.id, reason[0], error=reason[1]) if reason else None


def _reason_not_to_send(claimed: Claimed, now: datetime) -> tuple[DeliveryState, str | None] | None:
    expires_at = claimed.broadcast.expires_at
    if expires_at is not None and expires_at <= now:
        return DeliveryState.EXPIRED, None
    if not claimed.is_wanted:
        return DeliveryState.GONE, "unsubscribed"
    if claimed.attempts >= MAX_ATTEMPTS:
        return DeliveryState.FAILED, "too_many_attempts"
    return None


def after_call(claimed: Claimed, outcome: Outcome, now: datetime, jitter: Callable[[], float]) -> Settlement:
    """Translate a channel's outcome; `jitter` returns a fraction from 0 to 1, `now` is the clock of `Throttled`."""
    match outcome:
        case Retryable(code, after):
            return _try_again(claimed, code, after, jitter)
        case Unanswered(code) if _may_repeat(claimed):
            return _try_again(claimed, code, timedelta(0), jitter)
        case Throttled(until):
            return given_back(claimed, wait=until - now, error="throttled")
        case Misconfigured(code):
            return given_back(claimed, error=code)
        case _:
            return _final(claimed, outcome)


def _final(claimed: Claimed, outcome: Receipt | Rejected | RecipientGone | Unanswered) -> Settlement:
    match outcome:
        case Receipt(provider_id):
            return Settlement(claimed.id, DeliveryState.SENT, provider_id=provider_id)
        case Rejected(code):
            return Settlement(claimed.id, DeliveryState.FAILED, error=code)
        case RecipientGone(code):
            return Settlement(claimed.id, DeliveryState.GONE, error=code, gone_contact=claimed.contact.id)
        case Unanswered(code):
            return Settlement(claimed.id, DeliveryState.UNKNOWN, error=code)


def given_back(claimed: Claimed, wait: timedelta = timedelta(0), error: str | None = None) -> Settlement:
    """Return a delivery to the queue as if this attempt had not been."""
    return Settlement(claimed.id, DeliveryState.PENDING, error=error, wait=wait, attempts=claimed.attempts)


def _try_again(claimed: Claimed, code: str, after: timedelta, jitter: Callable[[], float]) -> Settlement:
    attempts = claimed.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return Settlement(claimed.id, DeliveryState.FAILED, error=code)
    longest = min(_FIRST_WAIT * 2**claimed.attempts, _LONGEST_WAIT)
    wait = after + longest * jitter()
    return Settlement(claimed.id, DeliveryState.PENDING, error=code, wait=wait, attempts=attempts)


def _may_repeat(claimed: Claimed) -> bool:
    return claimed.broadcast.kind == BroadcastKind.ALERT
